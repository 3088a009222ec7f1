"""Forty hostile requests: the explorer stays up, tells nothing that it should not, and says plainly what was wrong."""

from __future__ import annotations

import json
import os
import re
import socket
import time
from pathlib import Path
from shutil import copytree
from urllib.parse import quote, urlsplit

import pytest

from chaikhana.study.loading import load_study
from chaikhana.web import routes
from chaikhana.web.kept import Kept
from chaikhana.web.rendering import Renderer
from chaikhana.web.site import Site

SECRETS = ("root:x:0", "Traceback", 'File "', "site-packages", str(Path.home()), os.environ.get("PATH", "-"))
EVIL = "http://evil.example"
LONG = "x" * 20_000
Q = quote


def get(path: str, **headers: str) -> bytes:
    lines = {
        "Host": "HERE",
        "Connection": "close",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return f"GET {path} HTTP/1.1\r\n{_lines(lines)}\r\n".encode()


def _lines(headers: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())


def post(path: str, body: str, **headers: str) -> bytes:
    return get(path, Content_Length=str(len(body)), **headers).replace(b"GET", b"POST", 1) + body.encode()


# what it is, the bytes sent, the statuses allowed
REQUESTS: list[tuple[str, bytes, set[int]]] = [
    ("sql: drops a table", get("/sql.json?query=" + Q("DROP TABLE bodies")), {400}),
    ("sql: two statements", get("/sql.json?query=" + Q("SELECT 1; DELETE FROM bodies")), {400}),
    ("sql: reads a file", get("/sql.json?query=" + Q("SELECT * FROM read_csv('/etc/passwd')")), {400}),
    ("sql: reads a text", get("/sql.json?query=" + Q("SELECT * FROM read_text('/etc/passwd')")), {400}),
    ("sql: writes a file", get("/sql.json?query=" + Q("COPY bodies TO '/tmp/stolen.csv'")), {400}),
    ("sql: attaches", get("/sql.json?query=" + Q("ATTACH '/tmp/x.db'")), {400}),
    ("sql: loads an extension", get("/sql.json?query=" + Q("INSTALL httpfs")), {400}),
    ("sql: unlocks", get("/sql.json?query=" + Q("SET enable_external_access = true")), {400}),
    ("sql: a setting", get("/sql.json?query=" + Q("PRAGMA database_list")), {400}),
    ("sql: the environment", get("/sql.json?query=" + Q("SELECT getenv('PATH')")), {400}),
    ("sql: too many rows", get("/sql.json?query=" + Q("SELECT * FROM range(100000)")), {400}),
    ("sql: never ends", get("/sql.json?query=" + Q("SELECT count(*) FROM range(1000000000000)")), {400}),
    ("sql: a comment", get("/sql.json?query=" + Q("--")), {400}),
    ("sql: inside an id", get("/state/" + Q("kaz' OR '1'='1")), {404}),
    ("sql: inside a filter", get("/claims.json?paper=" + Q("x' UNION SELECT 1 --")), {202, 400}),
    ("traversal in static", get("/static/../../../../etc/passwd"), {404}),
    ("traversal, encoded", get("/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), {404}),
    ("traversal in a row", get("/row/..%2f..%2fetc%2fpasswd"), {404}),
    ("traversal in a scenario", get("/whatif?scenario=" + Q("../../study.toml")), {400}),
    ("traversal in an initiative", get("/formats?initiative=" + Q("/etc/passwd")), {400}),
    ("a null byte", get("/state/kaz%00.html"), {400}),
    ("a null byte in a value", get("/rows?q=%00"), {200}),
    ("an address too long", get("/rows?q=" + LONG), {413}),
    ("a value too long", get("/rows?q=" + LONG[:9_000]), {400}),
    ("too many parameters", get("/rows?" + "&".join(f"q={n}" for n in range(500))), {400}),
    ("a head too long", get("/region", X_Long=LONG * 4), {400, 431}),
    ("bad unicode in a path", get("/state/%ff%fe%c0%af"), {404}),
    ("bad unicode in a value", get("/rows?q=%ff%fe%c0%af"), {200}),
    ("bytes that are no text", b"GET /\xff\xfe HTTP/1.1\r\nHost: HERE\r\n\r\n", {400, 404}),
    ("surrogates", get("/rows?q=%ed%a0%80"), {200}),
    ("a wrong type", get("/region?within=NaN"), {400}),
    ("a number too large", get("/table/meetings?page=" + "9" * 400), {400}),
    ("a negative page", get("/table/meetings?page=-1"), {400}),
    ("an unknown id", get("/body/no-such-body"), {404}),
    ("an unknown parameter", get("/region?debug=true"), {400}),
    ("a script in a value", get("/rows?q=" + Q("<script>alert(1)</script>")), {200}),
    ("a script in an error", get("/state/" + Q("<img src=x onerror=alert(1)>", safe="")), {404}),
    ("another host", get("/", Host="evil.example"), {403}),
    ("a host that begins like ours", get("/", Host="127.0.0.1.evil.example"), {403}),
    ("no host", b"GET / HTTP/1.0\r\n\r\n", {403}),
    ("another origin", get("/sql.json?query=SELECT+1", Origin=EVIL), {403}),
    ("the origin null", get("/sql.json?query=SELECT+1", Origin="null"), {403}),
    (
        "an image of another site",
        get("/sql?query=SELECT+1", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="image"),
        {403},
    ),
    ("a cross-site post", post("/sql", "query=SELECT 1", Origin=EVIL), {403}),
    ("a post", post("/sql", "query=SELECT 1"), {405}),
    ("a get with a body", get("/sql", Content_Length="5") + b"hello", {413}),
    ("chunks without end", get("/sql", Transfer_Encoding="chunked"), {413}),
    ("a method of its own", b"BREW / HTTP/1.1\r\nHost: HERE\r\n\r\n", {405}),
    ("no HTTP at all", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", {400}),
    ("two lengths", b"GET / HTTP/1.1\r\nHost: HERE\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", {400}),
    ("a line in a header", b"GET / HTTP/1.1\r\nHost: HERE\r\nX: a\rSet-Cookie: b\r\n\r\n", {400}),
    ("a header split by a value", get("/region?on=%0d%0aSet-Cookie:%20a=b"), {400}),
]  # fmt: skip


def ask(address: str, request: bytes, seconds: float = 90) -> tuple[int, bytes, bytes]:
    """Status, head and body; an answer that is still computed is asked for again."""
    host = urlsplit(address).netloc
    until = time.monotonic() + seconds
    while True:
        with socket.create_connection(host.split(":"), timeout=20) as connection:  # type: ignore[arg-type]
            connection.sendall(request.replace(b"HERE", host.encode()))
            if b"\r\n\r\n" not in request:
                connection.shutdown(socket.SHUT_WR)
            received = b""
            while (head := received.partition(b"\r\n\r\n"))[1] == b"" or len(head[2]) < _length(head[0]):
                piece = connection.recv(65_536)
                if not piece:
                    break
                received += piece
        head, _, body = received.partition(b"\r\n\r\n")
        status = int(head.split()[1]) if head else 0
        if status != 202 or time.monotonic() > until:
            return status, head, body
        time.sleep(0.5)


def _length(head: bytes) -> int:
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return int(found[1]) if found else 1 << 40


@pytest.mark.parametrize(("told", "request_bytes", "statuses"), REQUESTS, ids=[one[0] for one in REQUESTS])
def test_a_hostile_request_gets_a_plain_answer(
    told: str, request_bytes: bytes, statuses: set[int], explorer: str
) -> None:
    status, head, body = ask(explorer, request_bytes)
    assert status in statuses, (told, head, body[:400])
    text = body.decode("utf-8", "replace")
    assert not any(
        secret in text or secret in head.decode("latin-1") for secret in SECRETS if len(secret) > 4
    )
    assert b"set-cookie" not in head.lower()
    assert "<script>alert" not in text and "<img src=x" not in text
    if status not in (200, 202):
        assert (len(text) > 10 and "<h1>" in text) or "error" in text or b"text/plain" in head
    assert ask(explorer, get("/region"))[0] == 200


def test_there_are_forty_and_more() -> None:
    assert len(REQUESTS) >= 40


def test_every_answer_carries_the_policy(explorer: str) -> None:
    for path in ("/", "/region.json", "/nowhere", "/static/explorer.js", "/static/explorer.css"):
        _, head, _ = ask(explorer, get(path))
        text = head.decode("latin-1").lower()
        assert "content-security-policy: default-src 'none'" in text and "unsafe" not in text
        assert "x-content-type-options: nosniff" in text and "frame-ancestors 'none'" in text


def test_a_slow_client_is_let_go_and_others_are_answered_meanwhile(explorer: str) -> None:
    host, _, port = urlsplit(explorer).netloc.partition(":")
    slow = [socket.create_connection((host, int(port)), timeout=30) for _ in range(60)]
    for one in slow:
        one.sendall(b"GET /region HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    began = time.monotonic()
    assert ask(explorer, get("/region"))[0] == 200
    assert time.monotonic() - began < 5
    for _ in range(4):
        time.sleep(3)
        for one in slow:
            try:
                one.sendall(b"X: y\r\n")
            except OSError:
                continue
    ended = 0
    for one in slow:
        one.settimeout(5)
        try:
            ended += one.recv(1) == b""
        except ConnectionError:
            ended += 1
        one.close()
    assert ended == len(slow)


def test_scripts_in_the_text_of_a_study_stay_text(tmp_path: Path) -> None:
    script = "<script>alert(1)</script>"
    folder = tmp_path / "study"
    copytree(Path(__file__).parents[1] / "studies" / "nordic", folder)
    bodies = folder / "bodies.csv"
    lines = bodies.read_text(encoding="utf-8").splitlines()
    names = lines[0].split(",")
    assert names[1] == "name"
    cells = lines[1].split(",")
    cells[1] = f'"{script}"' if not lines[1].startswith('"') else cells[1]
    lines[1] = ",".join(cells)
    bodies.write_text("\n".join(lines) + "\n", encoding="utf-8")
    study = load_study(folder)
    body = study.table("bodies")["id"][0]
    site = Site(study, Kept(tmp_path / "kept.sqlite"))
    renderer = Renderer(site)
    for path in (
        "/region",
        "/bodies",
        f"/body/{body}",
        "/row/bodies:2",
        "/table/bodies",
        "/rows",
        "/compare",
    ):
        text = routes.answer(site, renderer, path, []).body
        assert script not in text
    assert "&lt;script&gt;" in routes.answer(site, renderer, f"/body/{body}", []).body
    found = json.loads(routes.answer(site, renderer, f"/body/{body}.json", []).body)
    assert found["name"] == script
