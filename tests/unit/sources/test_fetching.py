"""Fetching from a server of our own: whole, broken off, spoilt, slow, gone, and not there at all."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources import fetching, store, un_votes
from chaikhana.sources.catalogue import DATASETS

ROWS = 20_000
BODY = ("rcid,short_name,issue\n" + "".join(f"{n},me,Issue {n * n}\n" for n in range(ROWS))).encode()
Answer = Callable[["_Server", BaseHTTPRequestHandler, int], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    answers: list[Answer]
    asked: list[str]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        given = self.headers.get("Range", "")
        self.server.asked.append(given)
        start = int(given.removeprefix("bytes=").rstrip("-")) if given else 0
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self.server, self, start)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, length: int | None = None) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def whole(_: _Server, handler: BaseHTTPRequestHandler, start: int) -> None:
    send(handler, BODY[start:], 206 if start else 200)


def broken_off(_: _Server, handler: BaseHTTPRequestHandler, start: int) -> None:
    rest = BODY[start:]
    send(handler, rest[: len(rest) // 3], 206 if start else 200, length=len(rest))


def without_ranges(_: _Server, handler: BaseHTTPRequestHandler, _start: int) -> None:
    send(handler, BODY)


def spoilt(_: _Server, handler: BaseHTTPRequestHandler, start: int) -> None:
    send(handler, (BODY[:-20] + b"x" * 20)[start:], 206 if start else 200)


def slow(_: _Server, handler: BaseHTTPRequestHandler, start: int) -> None:
    handler.send_response(206 if start else 200)
    handler.send_header("Content-Length", str(len(BODY) - start))
    handler.end_headers()
    handler.wfile.write(BODY[start : start + 70_000])
    handler.wfile.flush()
    time.sleep(1.5)


def status(code: int) -> Answer:
    return lambda _server, handler, _start: send(handler, b"no", code)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    made = _Server(("127.0.0.1", 0), _Handler)
    made.answers, made.asked = [whole], []
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    known = _with_url(f"http://127.0.0.1:{made.server_port}/issues.csv")
    monkeypatch.setattr(fetching, "dataset", lambda _name: known)
    monkeypatch.setattr(store, "dataset", lambda _name: known)
    yield made
    made.shutdown()
    made.server_close()


def _with_url(url: str) -> un_votes.Dataset:
    part = next(part for part in un_votes.DATASET.parts if part.name == "issues")
    release = replace(part.releases[0], rows=ROWS, url=url, plain=hashlib.sha256(BODY).hexdigest())
    return replace(un_votes.DATASET, parts=(replace(part, releases=(release,)),))


def _get(patience: float = 5.0) -> tuple[list[tuple[str, int, int | None]], list[str]]:
    told: list[tuple[str, int, int | None]] = []
    added = fetching.get("un-votes", lambda *seen: told.append(seen), patience=patience, pause=0.01)
    return told, [read.part.name for read in added]


def _partial() -> list[Path]:
    return list(store.home().glob(".fetched/*/*.part"))


def test_a_whole_file_is_added_and_its_progress_told(server: _Server) -> None:
    told, parts = _get()
    assert parts == ["issues"]
    assert store.chosen("un-votes").table("issues").height == ROWS
    assert told[-1] == ("issues.csv", len(BODY), len(BODY))
    assert [seen[1] for seen in told] == sorted(seen[1] for seen in told)
    assert server.asked == [""]
    assert not list(store.home().glob(".fetched/*/*"))


def test_a_file_that_breaks_off_is_gone_on_with(server: _Server) -> None:
    server.answers = [broken_off, broken_off, whole]
    assert _get()[1] == ["issues"]
    third = len(BODY) // 3
    assert server.asked == ["", f"bytes={third}-", f"bytes={third + (len(BODY) - third) // 3}-"]


def test_a_server_that_knows_no_ranges_is_asked_for_the_whole(server: _Server) -> None:
    server.answers = [broken_off, without_ranges]
    assert _get()[1] == ["issues"]


def test_what_has_come_serves_the_next_call(server: _Server) -> None:
    server.answers = [broken_off, status(503)]
    with pytest.raises(SourceError, match=r"could not be fetched in 5 attempts.*goes on from there"):
        _get()
    assert [path.stat().st_size for path in _partial()] == [len(BODY) // 3]
    assert store.kept() == []
    server.answers, server.asked = [whole], []
    assert _get()[1] == ["issues"]
    assert server.asked == [f"bytes={len(BODY) // 3}-"]


def test_a_slow_server_is_not_waited_for_forever(server: _Server) -> None:
    server.answers = [slow, slow, whole]
    assert _get(patience=0.3)[1] == ["issues"]
    assert len(server.asked) == 3


@pytest.mark.parametrize("times", [1, 9])
def test_a_spoilt_file_is_fetched_anew_and_never_added(times: int, server: _Server) -> None:
    server.answers = [spoilt] * times + [whole]
    if times == 1:
        assert _get()[1] == ["issues"]
        assert server.asked == ["", ""]
    else:
        with pytest.raises(SourceError, match="not the file that was seen"):
            _get()
        assert store.kept() == []
        assert _partial() == []


def test_a_server_that_falters_is_asked_again(server: _Server) -> None:
    server.answers = [status(503), status(429), status(500), whole]
    assert _get()[1] == ["issues"]


def test_a_file_that_has_moved_is_told_at_once(server: _Server) -> None:
    server.answers = [status(404)]
    with pytest.raises(SourceError, match=r"answers 404.*may have moved"):
        _get()
    assert len(server.asked) == 1


def test_a_part_longer_than_the_file_is_thrown_away(server: _Server) -> None:
    folder = store.home() / ".fetched" / "un-votes"
    folder.mkdir(parents=True)
    (folder / "issues.csv.part").write_bytes(b"x" * (len(BODY) + 10))
    server.answers = [status(416), whole]
    assert _get()[1] == ["issues"]


def test_without_a_connection_it_says_so(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    known = _with_url("http://127.0.0.1:9/issues.csv")
    monkeypatch.setattr(fetching, "dataset", lambda _name: known)
    with pytest.raises(SourceError, match=r"Is this machine online\?.*chaikhana sources add"):
        _get()
    assert server.asked == []


@pytest.mark.parametrize("known", DATASETS, ids=lambda known: known.id)
def test_what_may_not_be_fetched_says_where_to_go_and_what_to_bring(known: un_votes.Dataset) -> None:
    if any(release.url for part in known.parts for release in part.releases):
        assert known.terms.name == "OPEN"
        return
    with pytest.raises(SourceError) as told:
        fetching.get(known.id, print)
    assert known.page in str(told.value)
    assert known.bring in str(told.value)
