// The explorer without a script is complete: every view is an address. This makes its forms answer as they move: the page of the new
// address is fetched, what differs is put in its place, pictures keep their elements so that they move and fade, and the address follows.
"use strict";
const wait = { timer: 0, asked: 0 };

function addressOf(form) {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") given.append(name, value);
  const found = given.toString();
  return form.getAttribute("action") + (found ? "?" + found : "");
}

function join(old, now) {
  // Elements of a picture by their names: those that stay take the new attributes, the others come and go.
  const known = new Map([...old.querySelectorAll("[data-keep]")].map((one) => [one.dataset.keep, one]));
  const kept = new Set();
  for (const one of now.querySelectorAll("[data-keep]")) {
    const there = known.get(one.dataset.keep);
    kept.add(one.dataset.keep);
    if (there) copy(there, one);
    else {
      const fresh = document.importNode(one, true);
      fresh.classList.add("coming");
      (old.querySelector(`[data-joined="${one.parentNode.dataset.joined}"]`) || old).append(fresh);
      requestAnimationFrame(() => requestAnimationFrame(() => fresh.classList.remove("coming")));
    }
  }
  for (const [name, one] of known) if (!kept.has(name)) { one.removeAttribute("data-keep"); one.classList.add("going"); setTimeout(() => one.remove(), 500); }
  old.setAttribute("aria-label", now.getAttribute("aria-label"));
}

function copy(old, now) {
  for (const name of now.getAttributeNames()) if (old.getAttribute(name) !== now.getAttribute(name)) old.setAttribute(name, now.getAttribute(name));
  for (const name of old.getAttributeNames()) if (!now.hasAttribute(name)) old.removeAttribute(name);
  if (old.children.length !== now.children.length) { old.replaceChildren(...document.importNode(now, true).children); return; }
  [...now.children].forEach((one, place) => one.children.length || one.tagName !== "title" ? copy(old.children[place], one) : old.children[place].replaceChildren(one.textContent));
}

function put(page) {
  document.title = page.title;
  for (const id of ["says"]) { const one = document.getElementById(id), now = page.getElementById(id); if (one && now && one.textContent !== now.textContent) one.textContent = now.textContent; }
  const head = document.querySelector("h1"), title = page.querySelector("h1");
  if (head && title) head.textContent = title.textContent;
  const network = document.getElementById("network"), next = page.getElementById("network");
  if (network && next) join(network, next);
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = page.getElementById(old.id);
    if (!now || old.innerHTML === now.innerHTML) continue;
    const open = [...old.querySelectorAll("details")].map((one) => one.open), places = [...old.querySelectorAll(".scroll")].map((one) => [one.scrollTop, one.scrollLeft]);
    old.replaceChildren(...document.importNode(now, true).childNodes);
    old.querySelectorAll("details").forEach((one, place) => { one.open = open[place] || false; });
    old.querySelectorAll(".scroll").forEach((one, place) => { if (places[place]) [one.scrollTop, one.scrollLeft] = places[place]; });
  }
  const ways = document.querySelector("footer .ways"), others = page.querySelector("footer .ways");
  if (ways && others) ways.replaceChildren(...document.importNode(others, true).childNodes);
}

async function ask(form) {
  const number = ++wait.asked, at = addressOf(form);
  document.documentElement.classList.add("busy");
  try {
    const answer = await fetch(at, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number !== wait.asked) return;
    if (!answer.ok || page.querySelector(".waiting")) { location.assign(at); return; }
    put(page);
    history.replaceState(null, "", at);
    document.documentElement.dataset.answered = number;
  } catch { location.assign(at); } finally { if (number === wait.asked) document.documentElement.classList.remove("busy"); }
}

function soon(form, delay) { clearTimeout(wait.timer); wait.timer = setTimeout(() => ask(form), delay); }

for (const form of document.querySelectorAll("[data-live-form]")) {
  form.addEventListener("submit", (event) => { event.preventDefault(); soon(form, 0); });
  form.addEventListener("change", (event) => {
    if ("resets" in event.target.dataset) { for (const one of form.querySelectorAll("[name=a],[name=b]")) one.remove(); location.assign(addressOf(form)); return; }
    if (event.target.name) soon(form, 0);
  });
}

for (const range of document.querySelectorAll("[data-months]")) {
  // A month of the slider is its last day, within the study's first and last.
  range.hidden = false;
  const date = range.form.elements.on, first = range.dataset.first.split("-").map(Number);
  const dayOf = (month) => {
    const end = new Date(Date.UTC(first[0], first[1] + month, 0)).toISOString().slice(0, 10);
    return end > range.dataset.last ? range.dataset.last : end;
  };
  range.addEventListener("input", () => { date.value = dayOf(Number(range.value)); range.setAttribute("aria-valuetext", date.value); soon(range.form, 40); });
  date.addEventListener("change", () => {
    const [year, month] = date.value.split("-").map(Number);
    if (year) range.value = (year - first[0]) * 12 + month - first[1];
    range.setAttribute("aria-valuetext", date.value);
  });
}

for (const range of document.querySelectorAll("[data-values]")) {
  range.hidden = false;
  const values = range.dataset.values.split("|"), list = document.getElementById(range.dataset.for);
  range.addEventListener("input", () => { list.value = values[Number(range.value)]; range.setAttribute("aria-valuetext", list.value); soon(range.form, 20); });
  list.addEventListener("change", () => { range.value = values.indexOf(list.value); range.setAttribute("aria-valuetext", list.value); });
}

const seek = document.getElementById("static-search");
if (seek) {
  // In a site of files nobody answers: the words are sought in a list that comes with it.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const list = document.getElementById("static-found"), field = seek.elements.q;
  let entries = null;
  const show = async () => {
    entries ||= await (await fetch(document.documentElement.dataset.root + "search.json")).json();
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const found = words.length ? entries.filter(([text]) => words.every((word) => text.includes(word))).slice(0, 100) : [];
    list.replaceChildren(...found.map(([, kind, name, says, at]) => {
      const line = document.createElement("p"), link = document.createElement("a");
      link.href = document.documentElement.dataset.root + at; link.textContent = name;
      line.append(link, ` ${kind}${says ? " · " + says : ""}`);
      return line;
    }));
  };
  seek.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) show();
  seek.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  field.addEventListener("input", show);
}
