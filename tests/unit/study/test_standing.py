"""How a state stands to a platform: at common tables the rows come in the order of the tables, whatever the run."""

from __future__ import annotations

from datetime import date

from chaikhana.study.standing import BESIDE, Spell, Ties

ALWAYS = ((date.min, date.min), (date.max, date.max))


def spell(row):
    return (Spell(level=3, begins=ALWAYS[0], ends=ALWAYS[1], row=row),)


def test_rows_of_common_tables_come_in_order():
    tables = [f"body-{place}" for place in range(12)]
    spells = {who: {body: spell(f"{who}:{body}") for body in reversed(tables)} for who in ("state", "bloc")}
    found = Ties(spells=spells, same={}, bodies=frozenset(tables)).standing("state", "bloc", date(2000, 1, 1))
    assert found.low == found.high == BESIDE
    assert found.rows == tuple(f"{who}:{body}" for body in sorted(tables) for who in ("state", "bloc"))
