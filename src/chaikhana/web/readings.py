"""What two readings of the facts make of the same measures: the values that hang on whose word is taken."""

from __future__ import annotations

from datetime import date
from typing import Any

from chaikhana.measures.commitment import commitment
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.hardness import hardness
from chaikhana.measures.membership import membership
from chaikhana.measures.openness import openness
from chaikhana.measures.state_overlap import state_overlap
from chaikhana.web.site import Site

READ = (membership, exclusivity, state_overlap, hardness, openness, commitment)


def what_moves(site: Site, dispute: str, a: str, b: str, on: date) -> list[dict[str, Any]]:
    """Every value of the measures on a day that is another under the other side of a dispute."""
    # A quarter of a second, for which the first page does not wait.
    from chaikhana.scenario.moves import differences
    from chaikhana.scenario.telling import value

    first, second = site.study.under({dispute: a}), site.study.under({dispute: b})
    return [
        {
            "measure": one.measure,
            "of": ", ".join(_named(site, part) for part in one.key.values()),
            "what": one.what,
            "column": one.column,
            "a": value(one.before),
            "b": value(one.after),
            "rows": list(one.rows),
        }
        for measure in READ
        for one in differences(measure(first, on), measure(second, on))
    ]


def _named(site: Site, part: Any) -> str:
    """An id by its name, anything else as it is."""
    if part in site.names.actors:
        return site.names.actor(part)
    return site.names.short(part) if part in site.names.bodies else str(part)
