"""Choices that remember what was found under them, so that thousands of specifications cost little more than dozens.

What it is: a mapping of choices that notes which of them a test reads. A test that reads two of seventeen choices has as many
answers as those two have values: each is computed once, and found again by walking from the choice read first to the one read
last. Exact for any test that depends on nothing but the facts gathered and the choices that it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from chaikhana.core.choices import Chosen, Value

Memory = dict[Hashable, Any]  # what was found of one gathering of facts, shared by its specifications


class _Fork:
    """A choice that is read next, and where each of its values leads."""

    __slots__ = ("choice", "leads")

    def __init__(self, choice: str) -> None:
        self.choice = choice
        self.leads: dict[Value, Any] = {}


class _Leaf:
    """What was found at the end of a path."""

    __slots__ = ("found",)

    def __init__(self, found: Any) -> None:
        self.found = found


class Remembering(Mapping[str, Value]):
    """Choices as a test reads them.

    Parameters
    ----------
    chosen : mapping
        Every choice with its value.
    memory : dict
        What was found before under other choices, of the same facts; added to.
    """

    __slots__ = ("_chosen", "_memory", "_reading")

    def __init__(self, chosen: Chosen, memory: Memory) -> None:
        self._chosen = chosen
        self._memory = memory
        self._reading: list[list[str]] = []

    def __getitem__(self, choice: str) -> Value:
        if self._reading:
            self._reading[-1].append(choice)
        return self._chosen[choice]

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def recall(self, name: Hashable, find: Callable[[], Any]) -> Any:
        """What `find` finds under these choices, from memory where it was found before; `find` reads the choices here."""
        here = self._memory.get(name)
        walked: list[str] = []
        while isinstance(here, _Fork):
            walked.append(here.choice)
            here = here.leads.get(self._chosen[here.choice])
        if here is None:
            read: list[str] = []
            self._reading.append(read)
            try:
                found = find()
            finally:
                self._reading.pop()
            walked = list(dict.fromkeys(read))
            self._keep(name, walked, found)
        else:
            found = here.found
        if self._reading:
            self._reading[-1].extend(walked)
        return found

    def _keep(self, name: Hashable, walked: list[str], found: Any) -> None:
        end: Any = _Leaf(found)
        if not walked:
            self._memory[name] = end
            return
        fork = self._memory.setdefault(name, _Fork(walked[0]))
        for choice, following in pairwise(walked):
            fork = fork.leads.setdefault(self._chosen[choice], _Fork(following))
        fork.leads[self._chosen[walked[-1]]] = end


def recalled(chosen: Chosen, name: Hashable, find: Callable[[], Any]) -> Any:
    """What `find` finds under the choices, from memory where these remember."""
    return chosen.recall(name, find) if isinstance(chosen, Remembering) else find()
