"""Every rule that holds rows against one another.

Each speaks as far as the tables that it needs could be read, so that all faults come in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chaikhana.errors import Fault
from chaikhana.study import rules_of_identity as identity
from chaikhana.study import rules_of_time as time
from chaikhana.study.about import About
from chaikhana.study.rows import Tables

Rule = Callable[[Tables, About | None], Iterator[Fault]]
RULES: tuple[Rule, ...] = (
    identity.double_rows,
    identity.lineage_circle,
    identity.rivals,
    identity.members_are_actors,
    identity.state_codes,
    time.ends_before_starts,
    time.after_the_study,
    time.contradicting_spells,
    time.outside_the_body,
    time.before_the_actor,
    time.meeting_outside_body,
    time.signed_before_opened,
)
