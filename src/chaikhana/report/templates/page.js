"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  // a column is its cells, or each value once and which stands where
  const unpack = (column) => (column.of ? column.at.map((place) => column.of[place]) : column);
  const across = (cells) => { const columns = cells.map(unpack); return columns.length ? columns[0].map((_, i) => columns.map((column) => column[i])) : []; };
  const data = read("data"), study = read("study-rows");
  // of row ids in a line, each table is named once for all that follow
  const spelt = (line) => { let table = ""; return line.split(" ").map((id) => { if (id.includes(":")) table = id.split(":")[0]; return id.includes(":") || !id ? id : `${table}:${id}`; }).join(" "); };
  for (const table of Object.values(data)) {
    table.values = across(table.cells);
    if (table.rows) table.rows = typeof table.rows === "string" ? spelt(table.rows) : unpack(table.rows.of ? { of: table.rows.of.map(spelt), at: table.rows.at } : table.rows.map(spelt));
  }
  for (const table of Object.values(study)) table.rows = across(table.cells);
  // rows that are the same for every value are written once
  const traced = ({ columns, values, rows }) => ({ columns, values, rows: typeof rows === "string" ? values.map(() => rows) : rows });
  const make = (tag, text, attributes = {}) => {
    const node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  // CSV from what is in the page
  const quote = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const save = (name, columns, values) => {
    const text = [columns, ...values].map((line) => line.map(quote).join(",")).join("\n") + "\n";
    const link = make("a", "", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: `${name}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000); // a busy machine begins the download late
  };
  const saveData = (id) => {
    const { columns, values, rows } = traced(data[id]);
    save(id, rows ? [...columns, "rows"] : columns, rows ? values.map((line, i) => [...line, rows[i]]) : values);
  };

  // A row of the study, and the drawer that shows some
  const places = new Map(Object.entries(study).map(([table, { lines }]) => [table, new Map(lines.map((line, i) => [line, i]))]));
  const cites = (text) => {
    const node = make("span");
    text.split(";").forEach((part, i) => {
      const key = part.trim().split(",")[0].trim();
      if (i) node.append("; ");
      node.append(make("a", part.trim(), { href: `#ref-${key}` }));
    });
    return node;
  };
  const rowNode = (id) => {
    const [table, line] = id.split(":");
    const at = places.get(table)?.get(Number(line));
    const node = make("div", null, { class: "row" });
    if (at === undefined) { node.append(make("p", table === "derived" ? `Series ${line}: its origin stands under its figure.` : `There is no row ${id}.`)); return node; }
    const { columns, rows } = study[table];
    const record = Object.fromEntries(columns.map((name, i) => [name, rows[at][i]]));
    const head = make("h4", `${table}, row ${line} `);
    head.append(make("span", record.basis, { class: `basis ${record.basis}` }));
    node.append(head);
    const list = make("dl");
    for (const name of columns) {
      const value = record[name];
      if (value === "" || value === null || name === "basis") continue;
      list.append(make("dt", name));
      const cell = make("dd");
      cell.append(name === "cite" ? cites(String(value)) : String(value));
      list.append(cell);
    }
    node.append(list);
    return node;
  };
  const drawer = document.getElementById("drawer"), body = document.getElementById("drawer-body");
  let opener = null;
  const open = (ids, from) => {
    opener = from || null;
    body.replaceChildren(...ids.slice(0, 150).map(rowNode));
    if (ids.length > 150) body.append(make("p", `… and ${ids.length - 150} more: the CSV lists them all.`));
    document.getElementById("drawer-title").textContent = ids.length === 1 ? "1 row" : `${ids.length} rows`;
    drawer.hidden = false;
    drawer.scrollTop = 0;
    document.getElementById("drawer-title").focus({ preventScroll: true });
  };
  const close = () => { drawer.hidden = true; if (opener) opener.focus(); };
  document.getElementById("drawer-close").addEventListener("click", close);
  drawer.addEventListener("click", (event) => { if (event.target.closest("a") && window.innerWidth < 640) drawer.hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !drawer.hidden) close(); });

  // Numbers behind a figure
  const numbers = (id) => {
    const { columns, values, rows } = traced(data[id]);
    const table = make("table"), head = make("tr"), tbody = make("tbody");
    for (const name of columns) head.append(make("th", name, { scope: "col" }));
    if (rows) head.append(make("th", "rows", { scope: "col" }));
    values.forEach((line, i) => {
      const tr = make("tr");
      for (const value of line) tr.append(make("td", value === null ? "·" : value, typeof value === "number" ? { class: "n" } : {}));
      if (rows) {
        const td = make("td");
        if (rows[i]) td.append(make("button", rows[i].split(" ").length, { type: "button", "data-rows": rows[i] }));
        tr.append(td);
      }
      tbody.append(tr);
    });
    const thead = make("thead"); thead.append(head); table.append(thead, tbody);
    const scroll = make("div", null, { class: "scroll", tabindex: "0", role: "region", "aria-label": `Numbers of ${id}` }); scroll.append(table);
    return scroll;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.rows) open(button.dataset.rows.split(" "), button);
    else if (button.dataset.csv) saveData(button.dataset.csv);
    else if (button.dataset.table) {
      const place = document.getElementById(`numbers-${button.dataset.table}`);
      if (!place.firstChild) place.append(numbers(button.dataset.table));
      place.hidden = !place.hidden;
      button.setAttribute("aria-expanded", String(!place.hidden));
    }
  });

  // The matrix on a date
  const matrix = document.getElementById("matrix");
  if (matrix) {
    const { cells, statuses, signs } = read("matrix-cells");
    const classes = { "founder-member": "m", member: "m", associate: "a", observer: "o", partner: "o", candidate: "c", signatory: "c", suspended: "x", withdrawn: "x" };
    const slider = document.getElementById("matrix-day"), field = document.getElementById("matrix-date"), shown = document.getElementById("matrix-shown");
    const nodes = [...matrix.querySelectorAll("td[data-cell]")];
    const names = Object.fromEntries([...matrix.querySelectorAll("th[data-actor]")].map((node) => [node.dataset.actor, node.textContent]));
    const bodyOf = (node) => node.parentNode.querySelector("button.name").title;
    const epoch = 719163; // the ordinal of 1970-01-01
    const toDate = (ordinal) => new Date((ordinal - epoch) * 86400000);
    const draw = (day) => {
      const date = toDate(day);
      shown.textContent = date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
      slider.setAttribute("aria-valuetext", shown.textContent);
      field.value = date.toISOString().slice(0, 10);
      const alive = new Map();
      for (const node of nodes) {
        const spells = cells[node.dataset.cell] || [];
        const holding = spells.filter(([fromFirst, , , toLast]) => fromFirst <= day && toLast > day)
          .map((spell) => ({ status: spell[4], row: spell[5], certain: spell[1] <= day && spell[2] > day }))
          .sort((a, b) => b.certain - a.certain || a.status - b.status);
        node.replaceChildren();
        if (!holding.length) continue;
        const { status, certain } = holding[0], word = statuses[status];
        const text = certain ? signs[status] : "?";
        const told = certain ? word : `perhaps ${word}`, who = names[node.dataset.cell.split(" ")[1]];
        const button = make("button", text, { type: "button", class: certain ? classes[word] : "u", "data-rows": holding.map((one) => one.row).join(" "), title: `${who}: ${told}`, "aria-label": `${who} in ${bodyOf(node)}: ${told}` });
        node.append(button);
        if (word !== "withdrawn") alive.set(node.parentNode, true);
      }
      for (const line of matrix.querySelectorAll("tr[data-body]")) line.classList.toggle("gone", !alive.get(line));
    };
    const move = (day) => { slider.value = day; draw(Number(slider.value)); };
    slider.addEventListener("input", () => draw(Number(slider.value)));
    field.addEventListener("change", () => { const time = Date.parse(field.value); if (!Number.isNaN(time)) move(Math.round(time / 86400000) + epoch); });
    draw(Number(slider.value));
  }

  // All rows
  const tables = document.getElementById("finder-table"), text = document.getElementById("finder-text"), list = document.getElementById("finder-rows"), count = document.getElementById("finder-count");
  for (const [table, { rows }] of Object.entries(study)) if (rows.length) tables.append(make("option", `${table} (${rows.length})`, { value: table }));
  const find = () => {
    const table = tables.value, wanted = text.value.trim().toLowerCase().split(/\s+/).filter(Boolean), { lines, rows } = study[table];
    const hits = lines.filter((_, i) => wanted.every((word) => rows[i].some((cell) => String(cell ?? "").toLowerCase().includes(word))));
    count.textContent = `${hits.length} of ${rows.length} rows${hits.length > 50 ? ", the first 50 shown" : ""}.`;
    list.replaceChildren(...hits.slice(0, 50).map((line) => { const item = make("li"); item.append(rowNode(`${table}:${line}`)); return item; }));
  };
  tables.addEventListener("change", find);
  text.addEventListener("input", find);
  document.getElementById("finder-csv").addEventListener("click", () => save(tables.value, study[tables.value].columns, study[tables.value].rows));
  find();

  // An address names a row; paper has everything open
  const byAddress = () => { if (/^#[a-z]+:\d+$/.test(location.hash)) open([location.hash.slice(1)]); };
  window.addEventListener("hashchange", byAddress);
  byAddress();
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
})();
