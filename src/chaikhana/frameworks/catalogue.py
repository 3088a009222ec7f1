"""The frameworks by name, in the order in which the design of the studies counts them."""

from __future__ import annotations

from chaikhana.core.findings import Framework
from chaikhana.errors import UnknownNameError
from chaikhana.frameworks import (
    cooley_2019_kinds_of_revisionism,
    costa_buranelli_2021_regional_order,
    goddard_2018_embedded_revisionism,
    hettne_2000_regionness,
    mayer_2021_absence_of_security_regionalism,
    mayer_2021_security_regionalism,
    moldashev_2018_soft_institutionalism,
    talka_2018_institutional_lenses,
    talka_2018_open_regionalism,
    tskhay_2020_balancing_regionalism,
    vanheukelom_2016_factors_of_integration,
)

FRAMEWORKS: tuple[Framework, ...] = tuple(
    module.FRAMEWORK
    for module in (
        goddard_2018_embedded_revisionism,
        cooley_2019_kinds_of_revisionism,
        tskhay_2020_balancing_regionalism,
        costa_buranelli_2021_regional_order,
        hettne_2000_regionness,
        vanheukelom_2016_factors_of_integration,
        talka_2018_institutional_lenses,
        talka_2018_open_regionalism,
        moldashev_2018_soft_institutionalism,
        mayer_2021_security_regionalism,
        mayer_2021_absence_of_security_regionalism,
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
