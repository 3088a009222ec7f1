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

from chaikhana.study.loading import Sources
from chaikhana.web.app import Explorer
from chaikhana.web.beside import Beside
from chaikhana.web.binding import EVERYWHERE, LOCAL
from chaikhana.web.compiling import Compiling
from chaikhana.web.guard import LOOPBACK
from chaikhana.web.kept import Kept
from chaikhana.web.opening import keep, opened
from chaikhana.web.protocol import Careful
from chaikhana.web.site import Site

SLOW = 10  # seconds that a client may keep a connection without asking
MOST_CONNECTIONS = 500
BACK = 5  # how far what is computed in advance stands back
PATIENCE = 5.0  # seconds that the work in the background waits for the first page to be asked for
Say = Callable[[str], object]


def serve(
    folder: Path, kept: Kept, sources: Sources, host: str, listening: socket.socket, *, show: bool, say: Say
) -> None:
    """Serve a study until it is stopped.

    Parameters
    ----------
    kept : Kept
        What is kept of it.
    sources : callable
        Reads its bibliography, or waits for whoever has begun to.
    host : str
        The address that was asked for.
    listening : socket
        Bound to it: see `binding.bound`.
    show : bool
        Whether to open the browser.

    Raises
    ------
    StudyError
        If the study cannot be used as it stands.
    """
    name, number = listening.getsockname()[:2]
    shown = "localhost" if name in EVERYWHERE else f"[{name}]" if ":" in name else name
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
        compiling.wait()
        explorer.warm()

    threading.Thread(target=begin, daemon=True).start()
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    finally:
        compiling.close()
        site.beside.close()
        site.answers.close()
        kept.close()
