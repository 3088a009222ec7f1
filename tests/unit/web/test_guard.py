"""The layer before the pages: who may ask, and how."""

from __future__ import annotations

from typing import Any

import pytest

from chaikhana.web.guard import Guard


def ask(*, host: str, numbers: bool = False, method: str = "GET", **headers: str) -> int:
    """The status that a request is answered with; 200 where it passes."""
    sent: list[dict[str, Any]] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    every = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in every.items()],
    }
    guard = Guard(
        app,
        ("localhost", "127.0.0.1", "[::1]"),
        lambda _, told: ("text/plain", told.encode()),
        numbers=numbers,
    )
    # Nothing here waits, so that no loop is needed: another test of this process may have one running.
    with pytest.raises(StopIteration):
        guard(scope, receive, send).send(None)
    assert any(name == b"content-security-policy" for name, _ in sent[0]["headers"])
    return int(sent[0]["status"])


@pytest.mark.parametrize("host", ["localhost", "localhost:8484", "127.0.0.1:1", "[::1]:8484", "LOCALHOST"])
def test_it_answers_to_its_names(host: str) -> None:
    assert ask(host=host) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "", "127.0.0.1.nip.example", "192.168.0.9", "@localhost"],
)
def test_it_answers_to_no_other_name(host: str) -> None:
    assert ask(host=host) == 403


def test_bound_beyond_this_machine_it_answers_to_numbers_and_still_to_no_foreign_name() -> None:
    assert ask(host="192.168.0.9:8484", numbers=True) == 200
    assert ask(host="[fe80::1]:8484", numbers=True) == 200
    assert ask(host="evil.example", numbers=True) == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://localhost:8484"}, 200),
        ({"origin": "http://localhost:9999"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}, 403),
        ({"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}, 200),
        ({"content_length": "3"}, 413),
        ({"transfer_encoding": "chunked"}, 413),
        ({"x_long": "x" * 40_000}, 431),
    ],
)
def test_another_site_may_link_here_and_do_nothing_else(headers: dict[str, str], status: int) -> None:
    assert ask(host="localhost:8484", **headers) == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_it_is_only_read(method: str) -> None:
    assert ask(host="localhost", method=method) == 405
    assert ask(host="localhost", method="HEAD") == 200
