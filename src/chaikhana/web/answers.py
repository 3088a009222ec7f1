"""Answers that take a while: asked for once, waited for briefly, fetched when they are there.

What it is: a page whose answer is not there yet says so and asks again by itself; whoever asks the same meanwhile waits for
the same answer. The last few are remembered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any

from chaikhana.web.beside import BusyError

PATIENCE = 1.2  # seconds that a page waits before it says that it waits
REMEMBERED = 24
MOST_WAITING = 12


class Answers:
    """The answers of one server."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="answers")
        self._lock = threading.Lock()
        self._known: OrderedDict[Any, Future[Any]] = OrderedDict()

    def to(self, key: Any, find: Callable[[], Any], patience: float = PATIENCE) -> tuple[bool, Any]:
        """Whether the answer is there, and the answer.

        Raises
        ------
        BusyError
            If too many are waiting.
        ChaikhanaError
            What was raised in its place; it is asked for anew the next time.
        """
        with self._lock:
            future = self._known.get(key)
            if future is None:
                if sum(not one.done() for one in self._known.values()) >= MOST_WAITING:
                    raise BusyError("Too many questions are waiting. Ask again in a few seconds.")
                future = self._known[key] = self._pool.submit(find)
            self._known.move_to_end(key)
            for old in [one for one in self._known if self._known[one].done() and one != key][
                : -REMEMBERED or None
            ]:
                del self._known[old]
        try:
            return True, future.result(patience)
        except NotYet:
            return False, None
        except Exception:
            with self._lock:
                self._known.pop(key, None)
            raise

    def close(self) -> None:
        """Wait for nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
