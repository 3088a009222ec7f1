"""Uvicorn's HTTP, with patience for a request that never ends.

What it is: a connection that has not sent a whole request within some seconds is closed, so that slow clients cannot hold the
server's connections (slow loris); uvicorn itself bounds the time between requests alone.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 10.0  # in which the head of a request must have come


class Careful(H11Protocol):
    """HTTP/1.1 by h11, with a deadline for each request."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(SECONDS, self._too_slow)

    def handle_events(self) -> None:
        """Read what has come; a whole request is waited for no longer."""
        super().handle_events()
        if self.cycle is not None and not self.cycle.response_complete:
            self._no_deadline()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._no_deadline()
        self._deadline = self.loop.call_later(SECONDS, self._too_slow)
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._no_deadline()
        super().connection_lost(exc)

    def _no_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
