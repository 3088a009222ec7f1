"""Computing in the background what pages show and what takes long: facts of frameworks, and the verdicts on claims.

What it is: threads that have processes do one thing after the other, the newest day first, and leave out what is kept from
the last time. Pages whose part is not there yet say so.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from chaikhana.errors import ChaikhanaError
from chaikhana.web.beside import Beside
from chaikhana.web.findings import key_of
from chaikhana.web.indexes import key_of_indexes
from chaikhana.web.site import CLAIMS, Site

SECONDS = 300.0
Task = tuple[str, str, str, tuple[Any, ...]]
LOG = logging.getLogger(__name__)


class Compiling:
    """The threads, one a process.

    Parameters
    ----------
    besides : sequence of Beside
        Each does one thing at a time; they are closed when there is nothing more to do.
    changed : callable
        Called whenever something more is there.
    """

    def __init__(self, site: Site, besides: Sequence[Beside], changed: Callable[[], None]) -> None:
        self.site, self.besides, self._changed = site, besides, changed
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._done, self._of, self._now = 0, 0, ""
        self._waiting: deque[Task] = deque()
        self._first = threading.Thread(target=self._begin, daemon=True, name="compiling")
        site.progress = self.progress

    def start(self) -> None:
        """Begin."""
        self._first.start()

    def progress(self) -> str:
        """How far it has come, as a sentence after a sentence."""
        return f" {self._done} of {self._of} parts are read; now: {self._now}." if self._now else ""

    @property
    def counted(self) -> tuple[int, int]:
        """How many parts of how many are done."""
        return self._done, self._of

    def wait(self, seconds: float | None = None) -> bool:
        """Wait, and tell whether there is nothing more to do."""
        self._first.join(seconds)
        return not self._first.is_alive()

    def close(self) -> None:
        """Stop after the part at hand."""
        self._stop.set()
        for one in self.besides:
            one.close()

    def _begin(self) -> None:
        there = self.site.kept.keys()
        self._waiting.extend(one for one in _tasks(self.site) if one[0] not in there)
        self._of = len(self._waiting)
        others = [threading.Thread(target=self._run, args=(one,), daemon=True) for one in self.besides[1:]]
        for other in others:
            other.start()
        self._run(self.besides[0])
        for other in others:
            other.join()
        self._now = ""

    def _run(self, beside: Beside) -> None:
        while not self._stop.is_set():
            with self._lock:
                if not self._waiting:
                    break
                _, told, job, given = self._waiting.popleft()
                self._now = told
            try:
                beside.ask(job, *given, limit=SECONDS, patience=SECONDS)
            except ChaikhanaError as error:
                if not self._stop.is_set():
                    LOG.warning("%s: %s", told, error)
            else:
                self._changed()
            with self._lock:
                self._done += 1
        beside.close()


def _tasks(site: Site) -> Iterator[Task]:
    """Everything to compute, what is asked for first, first: a key, what it is, the job and what it is given."""
    # A quarter of a second, for which the first page does not wait.
    from chaikhana.frameworks.catalogue import FRAMEWORKS

    def facts(day: date) -> Iterator[Task]:
        for one in FRAMEWORKS:
            yield key_of(one.name, day), f"{one.title}, {day.year}", "gather", (one.name, day)

    yield from facts(site.last)
    yield CLAIMS, "the claims of papers", "claims", ()
    for day in reversed(site.years):
        yield key_of_indexes(day), f"the design of bodies, {day.year}", "indexes", (day,)
    for day in reversed(site.years[:-1]):
        yield from facts(day)
