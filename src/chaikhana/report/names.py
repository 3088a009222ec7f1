"""How actors, bodies and words are called where they are read."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from chaikhana.study.study import Study

FORMS = {
    "formal-organisation": "formal organisations",
    "treaty-regime": "treaty regimes",
    "informal-platform": "informal platforms",
    "programme": "programmes",
    "exercise": "exercises",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Id to name, for one study."""

    actors: dict[str, str]
    bodies: dict[str, str]
    short_bodies: dict[str, str]

    def actor(self, name: str) -> str:
        """An actor's name; a bloc's median is called so."""
        if name.endswith("-median"):
            return f"{self.actors.get(name.removesuffix('-median'), name)} (median)"
        return self.actors.get(name, name)

    def body(self, name: str) -> str:
        """A body's full name."""
        return self.bodies.get(name, name)

    def short(self, name: str) -> str:
        """A body's acronym, or its name where it has none."""
        return self.short_bodies.get(name, name)


def names_of(study: Study) -> Names:
    """The names of a study's actors and bodies."""
    actors = study.table("actors")
    bodies = study.table("bodies")
    acronyms = {
        key: acronym or name for key, acronym, name in bodies.select("id", "acronym", "name").iter_rows()
    }
    taken: dict[str, list[str]] = {}
    for key, label in acronyms.items():
        taken.setdefault(label, []).append(key)
    full = dict(bodies.select("id", "name").iter_rows())
    short = {key: label if len(taken[label]) == 1 else full[key] for key, label in acronyms.items()}
    return Names(actors=dict(actors.select("id", "name").iter_rows()), bodies=full, short_bodies=short)


def plain(words: pl.Expr) -> pl.Expr:
    """Vocabulary words as they are read: hyphens as spaces."""
    return words.str.replace_all("-", " ", literal=True)


def listed(items: list[str], most: int = 8) -> str:
    """A list in running text."""
    if not items:
        return "none"
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most} more"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
