"""Serving the explorer: a socket, the server, the second process, and what is said in the terminal."""

from __future__ import annotations

import logging
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from chaikhana.errors import BadValueError, OutputError
from chaikhana.study.loading import Sources
from chaikhana.web.app import Explorer
from chaikhana.web.beside import Beside
from chaikhana.web.compiling import Compiling
from chaikhana.web.guard import LOOPBACK
from chaikhana.web.kept import Kept
from chaikhana.web.opening import keep, opened
from chaikhana.web.protocol import Careful
from chaikhana.web.site import Site

PORT = 8484
LOCAL = ("127.0.0.1", "localhost", "::1")
SLOW = 10  # seconds that a client may keep a connection without asking
MOST_CONNECTIONS = 500
BACK = 5  # how far what is computed in advance stands back
PATIENCE = 5.0  # seconds that the work in the background waits for the first page to be asked for
Say = Callable[[str], object]


def serve(folder: Path, kept: Kept, sources: Sources, host: str, port: int, *, show: bool, say: Say) -> None:
    """Serve a study until it is stopped.

    Parameters
    ----------
    kept : Kept
        What is kept of it.
    sources : callable
        Reads its bibliography, or waits for whoever has begun to.
    host : str
        The address to bind to; loopback unless told otherwise.
    port : int
        0 for any that is free.
    show : bool
        Whether to open the browser.

    Raises
    ------
    OutputError
        If the address cannot be bound to.
    StudyError
        If the study cannot be used as it stands.
    """
    listening = bound(host, port)
    name, number = listening.getsockname()[:2]
    shown = f"[{name}]" if ":" in name else name
    address = f"http://{shown}:{number}/"
    site = Site(opened(folder, kept, sources), kept)
    site.beside = Beside(folder, kept.path)
    beyond = host not in LOCAL
    names = (*LOOPBACK, shown, *([host, socket.gethostname()] if beyond else []))
    explorer = Explorer(site, names, numbers=beyond)
    compiling = Compiling(site, [Beside(folder, kept.path, nice=BACK)], explorer.written.forget)
    say(f"{site.study.about.title}: {address}")
    if beyond:
        say(
            f"Bound to {host}: whoever reaches this machine on port {number} can read the study and ask its questions, with no "
            "password and no encryption. Leave --host out to serve this machine alone."
        )
    say("Stop with Ctrl+C.")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    config = uvicorn.Config(
        explorer,
        http=Careful,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_keep_alive=SLOW,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=32_768,
        ws="none",
        lifespan="on",
    )
    server = uvicorn.Server(config)

    def begin() -> None:
        if show:
            with suppress(webbrowser.Error):
                webbrowser.open(address)
        explorer.asked.wait(PATIENCE)  # the first page is not to share the machine with what can wait
        keep(kept, site.study)
        explorer.warm()
        compiling.start()

    threading.Thread(target=begin, daemon=True).start()
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    finally:
        compiling.close()
        site.beside.close()
        site.answers.close()
        kept.close()


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises
    ------
    OutputError
        If the port is taken, or the address is none of this machine's.
    """
    if not 0 <= port <= 65_535:
        raise BadValueError(f"--port {port}: a port is a number from 0 to 65535; 0 takes any that is free.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family[0], socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(family[4])
        listening.listen(128)
    except OSError as error:
        raise OutputError(
            f"{host}:{port} cannot be served on: {error.strerror or error}. Another program may use the port: name another with "
            "--port, or 0 for any that is free."
        ) from error
    listening.setblocking(False)
    return listening
