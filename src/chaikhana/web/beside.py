"""A second process for what takes long or comes from a stranger: it computes, and can be stopped.

What it is: one process with the study loaded, started when first asked and ended when nobody asks any more, so that the
server stays small and answers at once. A job that goes beyond its time ends the process, whatever it was doing.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from chaikhana.errors import BadValueError, ChaikhanaError

IDLE = 120.0  # seconds after which an idle process is ended
PATIENCE = 20.0  # seconds that one waits for another's job


class BusyError(ChaikhanaError):
    """Others are being answered."""


class TooLongError(BadValueError):
    """A job that went beyond its time, and was stopped."""


class Beside:
    """A process that computes for one study.

    Parameters
    ----------
    folder : Path
        The study's.
    kept : Path
        The file in which results are kept.
    idle : float
        Seconds after which it is ended.
    nice : int
        How far it stands back for others; nobody waits for what is computed in advance.
    """

    def __init__(self, folder: Path, kept: Path, idle: float = IDLE, nice: int = 0) -> None:
        self._folder, self._kept, self._idle, self._nice = folder, kept, idle, nice
        self._turn = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._watch: threading.Timer | None = None
        self._closed = False

    def ask(self, job: str, *given: Any, limit: float, patience: float = PATIENCE) -> Any:
        """Have a job done.

        Parameters
        ----------
        job : str
            One that `jobs.Desk` does.
        limit : float
            Seconds that it may take, once the process is there.

        Raises
        ------
        BusyError
            If another job does not end in time.
        TooLongError
            If it takes longer than `limit`.
        ChaikhanaError
            What the job raised.
        """
        if not self._turn.acquire(timeout=patience):
            raise BusyError("Others are being answered. Ask again in a few seconds.")
        try:
            if self._watch:
                self._watch.cancel()
            pipe = self._started()
            pipe.send((job, given))
            if not pipe.poll(limit):
                self._end()
                raise TooLongError(f"It was stopped after {limit:g} seconds. Ask for less at once.")
            kind, value = pipe.recv()
        except (EOFError, OSError) as error:
            self._end()
            raise BusyError(
                "The computation ended without an answer. Ask again, or for less at once."
            ) from error
        finally:
            if self._process is not None and not self._closed:
                self._watch = threading.Timer(self._idle, self._end_if_idle)
                self._watch.daemon = True
                self._watch.start()
            self._turn.release()
        if kind == "error":
            raise BadValueError(value)
        return value

    def _started(self) -> Connection:
        if self._closed:
            raise BusyError("The server is closing.")
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(
            target=_serve, args=(self._folder, self._kept, self._nice, there), daemon=True
        )
        process.start()
        there.close()
        self._process, self._pipe = process, here
        if not here.poll(60):
            self._end()
            raise BusyError("The second process does not start. See the terminal.")
        here.recv()
        return here

    def _end_if_idle(self) -> None:
        if self._turn.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._turn.release()

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        self._process = self._pipe = None

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """End it for good."""
        self._closed = True
        if self._watch:
            self._watch.cancel()
        self._end()


def _serve(folder: Path, kept: Path, nice: int, pipe: Connection) -> None:
    """What the process does: one job after the other, until nobody asks."""
    from chaikhana.web.jobs import Desk  # everything heavy is loaded here, and not in the server

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        os.nice(nice)
    desk = Desk(folder, kept)
    pipe.send("ready")
    while True:
        try:
            job, given = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[str, Any] = ("done", desk.do(job, *given))
        except ChaikhanaError as error:
            answer = ("error", str(error))
        except Exception as error:
            traceback.print_exc()
            answer = ("error", f"It could not be computed ({type(error).__name__}).")
        try:
            pipe.send(answer)
        except OSError:  # whoever asked is gone
            return
