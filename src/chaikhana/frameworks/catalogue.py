"""The frameworks by name, in the order in which the design of the studies counts them."""

from __future__ import annotations

from chaikhana.core.findings import Framework
from chaikhana.errors import UnknownNameError
from chaikhana.frameworks import (
    hettne_2000_regionness,
    tskhay_2020_balancing_regionalism,
)

FRAMEWORKS: tuple[Framework, ...] = tuple(
    module.FRAMEWORK
    for module in (
        tskhay_2020_balancing_regionalism,
        hettne_2000_regionness,
    )
)


def framework(name: str) -> Framework:
    """The framework of that name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    known = {entry.name: entry for entry in FRAMEWORKS}
    if name not in known:
        raise UnknownNameError("framework", name, known)
    return known[name]
