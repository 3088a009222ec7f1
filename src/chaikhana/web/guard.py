"""What stands between the network and the pages: who may ask, how much, and what a browser may do with the answer.

What it is: one ASGI layer. A request whose Host is not ours is refused (a page of another site cannot reach this one by a
name of its own), as is one from another site that is not a plain visit; only reading is allowed; bodies are refused;
everything that goes out says that nothing from elsewhere may be loaded or run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_ADDRESS = 16_000  # characters of path and parameters together
MOST_HEAD = 32_000  # bytes of all headers together
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
Refuse = Callable[[int, str], tuple[str, bytes]]


class Guard:
    """The layer.

    Parameters
    ----------
    app : ASGIApp
        What answers once a request has passed.
    hosts : sequence of str
        Names under which the site may be asked for, without a port.
    numbers : bool
        Whether any address in numbers will do too, where the site is bound to more than one: a page of another site can have
        a name point here, and not a number.
    refuse : callable
        Status and what was wrong to the kind and the bytes of a plain page.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], refuse: Refuse, *, numbers: bool = False) -> None:
        self._app = app
        self._hosts = {host.casefold() for host in hosts}
        self._refuse = refuse
        self._numbers = numbers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _guarded(send)
        fault = self._fault(scope)
        if fault is not None:
            await self._say(fault, scope["method"] == "HEAD", guarded)
            return
        await self._app(scope, receive, guarded)

    def _fault(self, scope: Scope) -> tuple[int, str] | None:
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").casefold(), value.decode("latin-1"))
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEAD:
            return 431, f"The headers of a request have at most {MOST_HEAD:,} bytes."
        host = headers.get("host", "")
        if _name(host) not in self._hosts and not (self._numbers and _is_number(_name(host))):
            return 403, (
                "This site does not answer to that name. Open it under the address that chaikhana explore printed."
            )
        origin = headers.get("origin")
        if origin is not None and urlsplit_safe(origin) != host.casefold():
            return 403, "Requests from other sites are not answered."
        visit = headers.get("sec-fetch-mode", "navigate") == "navigate" and headers.get(
            "sec-fetch-dest", "document"
        ) in ("document", "empty")
        if headers.get("sec-fetch-site", "none") == "cross-site" and not visit:
            return 403, "Another site may link to this one, and not load anything from it."
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "This site is only read: it takes GET and HEAD. Every question stands in an address."
        if headers.get("content-length", "0").strip() not in ("0", "") or "transfer-encoding" in headers:
            return 413, "A request to this site has no body: every question stands in its address."
        length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        if length > MOST_ADDRESS:
            return 413, f"The address has {length:,} characters. At most {MOST_ADDRESS:,} are read."
        return None

    async def _say(self, fault: tuple[int, str], head: bool, send: Send) -> None:
        status, told = fault
        kind, body = self._refuse(status, told)
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        if status == 405:
            headers.append((b"allow", b"GET, HEAD"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if head else body})


def _guarded(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
        await send(message)

    return sent


def _name(host: str) -> str:
    """A host without its port."""
    if host.startswith("["):
        return host.partition("]")[0].casefold() + "]"
    return host.partition(":")[0].casefold()


def _is_number(name: str) -> bool:
    """Whether a host is an address and no name."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def urlsplit_safe(origin: str) -> str:
    """The host and port of an origin; empty where it has none."""
    try:
        return urlsplit(origin).netloc.casefold()
    except ValueError:
        return ""
