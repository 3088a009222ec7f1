"""The explorer as an ASGI application: an address in, a page out, from memory where it was made before.

What it is: thin. It decodes, asks `routes.answer` in a thread, and sends the answer compressed where the browser takes it.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.resources import files
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chaikhana.web import routes
from chaikhana.web.guard import Guard
from chaikhana.web.rendering import Renderer
from chaikhana.web.site import Site

THREADS = 4
MOST_KEPT = 24_000_000  # bytes of compressed answers that are remembered
MOST_PARAMETERS = 100
STATIC = {
    "explorer.css": "text/css; charset=utf-8",
    "explorer.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


class Written:
    """Answers that were made before, compressed; the ones longest not asked for are let go."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[routes.Answer, bytes, str]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> tuple[routes.Answer, bytes, str] | None:
        """An answer, its bytes, and its tag."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        return None

    def put(self, key: str, answer: routes.Answer) -> tuple[routes.Answer, bytes, str]:
        """Remember an answer that will be the same the next time."""
        data = answer.body.encode("utf-8", "replace")
        packed = gzip.compress(data, 1, mtime=0)
        tag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
        light = routes.Answer(status=answer.status, kind=answer.kind, body="", headers=answer.headers)
        if answer.status == 200 and not answer.headers:
            with self._lock:
                if key not in self._known:
                    self._known[key] = (light, packed, tag)
                    self._size += len(packed)
                while self._size > MOST_KEPT:
                    _, (_, gone, _) = self._known.popitem(last=False)
                    self._size -= len(gone)
        return light, packed, tag

    def forget(self) -> None:
        """Let everything go: something that pages show has been computed since."""
        with self._lock:
            self._known.clear()
            self._size = 0


class Explorer:
    """The application, guarded.

    Parameters
    ----------
    hosts : sequence of str
        Names under which it answers.
    numbers : bool
        Whether it answers to any address in numbers too.
    """

    def __init__(self, site: Site, hosts: Sequence[str], *, numbers: bool = False) -> None:
        self.site = site
        self.renderer = Renderer(site)
        self.written = Written()
        self._limit: CapacityLimiter | None = None
        self.asked = threading.Event()  # set once a first page has been answered
        self._static = {name: _static(name) for name in STATIC}
        self.asgi: ASGIApp = Guard(self._answer, hosts, self._refused, numbers=numbers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; nothing needs to be begun or ended."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.asgi(scope, receive, send)

    def warm(self) -> None:
        """Make a page of each kind, so that nobody waits for what every page of the kind needs."""
        study = self.site.study
        first = {name: frame["row"][0] for name, frame in study.frames.items() if frame.height}
        bodies = study.table("bodies")["id"].head(1).to_list()
        paths = [
            *("/region", "/states", "/bodies", "/rows", "/claims", "/frameworks", "/compare"),
            *(f"/state/{actor}" for actor in study.about.members),
            *(f"/body/{body}" for body in bodies),
            *(f"/row/{row}" for row in list(first.values())[:1]),
        ]
        for path in paths:
            self.written.put(f"{path}?", routes.answer(self.site, self.renderer, path, ()))
        routes.answer(self.site, self.renderer, "/rows", [("q", study.about.region)])
        # What is there now stays: the collector need not walk through it again and again while somebody waits.
        gc.collect()
        gc.freeze()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path = scope["path"]
        if path.startswith("/static/") and (name := path.removeprefix("/static/")) in STATIC:
            await _sent(request, self._static[name], STATIC[name], 200, {}, "max-age=300")(
                scope, receive, send
            )
            return
        key = f"{path}?{scope['query_string'].decode('latin-1')}"
        found = self.written.get(key)
        if found is None:
            if self._limit is None:
                self._limit = CapacityLimiter(THREADS)
            found = await to_thread.run_sync(
                self._made, key, path, scope["query_string"], limiter=self._limit
            )
        answer, packed, tag = found
        await _sent(request, (packed, tag), answer.kind, answer.status, dict(answer.headers), "no-cache")(
            scope, receive, send
        )

    def _made(self, key: str, path: str, query: bytes) -> tuple[routes.Answer, bytes, str]:
        try:
            given = parse_qsl(
                query.decode("ascii", "replace"),
                encoding="utf-8",
                errors="replace",
                max_num_fields=MOST_PARAMETERS,
            )
        except ValueError:
            told = f"An address has at most {MOST_PARAMETERS} parameters."
            return self.written.put("", routes.refused(self.renderer, 400, told))
        found = self.written.put(key, routes.answer(self.site, self.renderer, path, given))
        self.asked.set()
        return found

    def _refused(self, status: int, told: str) -> tuple[str, bytes]:
        answer = routes.refused(self.renderer, status, told)
        return answer.kind, answer.body.encode("utf-8", "replace")


def _static(name: str) -> tuple[bytes, str]:
    data = (files("chaikhana.web") / "static" / name).read_bytes()
    return gzip.compress(data, 9, mtime=0), f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'


def _sent(
    request: Request, body: tuple[bytes, str], kind: str, status: int, headers: dict[str, str], cache: str
) -> Response:
    packed, tag = body
    headers |= {"ETag": tag, "Cache-Control": cache, "Vary": "Accept-Encoding", "Content-Type": kind}
    if status == 200 and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, status, headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), status, headers)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return
