"""Computing in the background what pages show and what takes long: facts of frameworks, and the verdicts on claims.

What it is: a thread that has a second process do one thing after the other, the newest day first, and leaves out what is kept
from the last time. Pages whose part is not there yet say so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from chaikhana.errors import ChaikhanaError
from chaikhana.web.beside import Beside
from chaikhana.web.findings import key_of
from chaikhana.web.indexes import key_of_indexes
from chaikhana.web.site import CLAIMS, Site

SECONDS = 300.0
LOG = logging.getLogger(__name__)


class Compiling:
    """The thread.

    Parameters
    ----------
    changed : callable
        Called whenever something more is there.
    """

    def __init__(self, site: Site, beside: Beside, changed: Callable[[], None]) -> None:
        self.site, self.beside, self._changed = site, beside, changed
        self._stop = threading.Event()
        self._done, self._of, self._now = 0, 0, ""
        self._thread = threading.Thread(target=self._run, daemon=True, name="compiling")
        site.progress = self.progress

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def progress(self) -> str:
        """How far it has come, as a sentence after a sentence."""
        return f" {self._done} of {self._of} parts are read; now: {self._now}." if self._now else ""

    @property
    def counted(self) -> tuple[int, int]:
        """How many parts of how many are done."""
        return self._done, self._of

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to do."""
        return not self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has finished."""
        self._thread.join(seconds)

    def close(self) -> None:
        """Stop after the part at hand."""
        self._stop.set()
        self.beside.close()

    def _run(self) -> None:
        there = self.site.kept.keys()
        tasks = [one for one in _tasks(self.site) if one[0] not in there]
        self._of = len(tasks)
        for number, (_, told, job, given) in enumerate(tasks):
            if self._stop.is_set():
                return
            self._done, self._now = number, told
            try:
                self.beside.ask(job, *given, limit=SECONDS, patience=SECONDS)
            except ChaikhanaError as error:
                if not self._stop.is_set():
                    LOG.warning("%s: %s", told, error)
                continue
            self._changed()
        self._now = ""
        self.beside.close()


def _tasks(site: Site) -> Iterator[tuple[str, str, str, tuple[Any, ...]]]:
    """Everything to compute, what is asked for first, first: a key, what it is, the job and what it is given."""
    from chaikhana.frameworks.catalogue import (
        FRAMEWORKS,  # a quarter of a second, for which the first page does not wait
    )

    def facts(day: date) -> Iterator[tuple[str, str, str, tuple[Any, ...]]]:
        for one in FRAMEWORKS:
            yield key_of(one.name, day), f"{one.title}, {day.year}", "gather", (one.name, day)

    yield from facts(site.last)
    yield CLAIMS, "the claims of papers", "claims", ()
    for day in reversed(site.years):
        yield key_of_indexes(day), f"the design of bodies, {day.year}", "indexes", (day,)
    for day in reversed(site.years[:-1]):
        yield from facts(day)
