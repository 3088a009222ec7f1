"""What the second process does: gather facts, test claims, run SQL, lay scenarios, try initiatives.

What it is: a name to a function of the study. What is worth keeping is kept by the process itself, so that it never passes
through the server's memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from chaikhana.claims import telling as claims_told
from chaikhana.claims.database import Database
from chaikhana.claims.registry import Claim, corpora
from chaikhana.claims.testing import Examiner, results
from chaikhana.core.choices import Chosen, filled
from chaikhana.errors import ChaikhanaError, ScenarioError, UnknownNameError
from chaikhana.frameworks.catalogue import FRAMEWORKS, framework
from chaikhana.frameworks.robustness import robust
from chaikhana.frameworks.running import facts_of
from chaikhana.measures.catalogue import MEASURES, measure
from chaikhana.scenario import formats_told, telling, viability
from chaikhana.scenario.edits import Edit
from chaikhana.scenario.initiative import initiative
from chaikhana.scenario.laying import lay
from chaikhana.scenario.moves import Flip, moved
from chaikhana.scenario.obstacles import Obstacle
from chaikhana.scenario.scenario import Scenario, composed, edit_of, from_flag
from chaikhana.scenario.shelf import initiatives, scenarios
from chaikhana.web.asked import address
from chaikhana.web.findings import key_of, key_of_found
from chaikhana.web.indexes import indexes, key_of_indexes
from chaikhana.web.kept import Kept
from chaikhana.web.opening import keep, opened
from chaikhana.web.site import CLAIMS

SQL_SECONDS = 5.0


class Desk:
    """The study, and every job that can be done with it."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.kept = Kept(kept)
        self.study = opened(folder, self.kept)
        keep(self.kept, self.study)
        self._database: Database | None = None
        self._jobs: Mapping[str, Callable[..., Any]] = {
            "gather": self.gather,
            "indexes": self.indexes,
            "claims": self.claims,
            "robust": self.robust,
            "sql": self.sql,
            "try-claim": self.try_claim,
            "whatif": self.whatif,
            "formats": self.formats,
        }

    def do(self, job: str, *given: Any) -> Any:
        """Do a job.

        Raises
        ------
        ChaikhanaError
            What the job raises.
        """
        return self._jobs[job](*given)

    def gather(self, name: str, day: date) -> None:
        """Keep what a framework reads of all its subjects on a day, and what it finds under the default choices."""
        one = framework(name)
        try:
            facts = facts_of(one, self.study, day)
        except ChaikhanaError as error:  # the study lacks what it reads: said where it is asked for
            self.kept.put(key_of(name, day), str(error))
            return
        chosen = filled(one.choices)
        found = {}
        for subject, fact in facts.items():
            finding = one.judge(fact, chosen)
            ends = (finding.score.low, finding.score.high) if finding.score else None
            found[subject] = (finding.verdict.value, finding.label, ends)
        self.kept.put(key_of_found(name, day), found)
        self.kept.put(key_of(name, day), facts)

    def indexes(self, day: date) -> None:
        """Keep how hard and how open each body is on a day."""
        self.kept.put(key_of_indexes(day), indexes(self.study, day))

    def claims(self) -> None:
        """Keep the verdict on every registered claim."""
        found = corpora(self.study)
        tried = [claims_told.as_data(one) for one in results(self.study, found)]
        waiting = [
            claims_told.untested_as_data(claim)
            for corpus in found
            for claim in corpus.claims
            if not claim.testable
        ]
        self.kept.put(CLAIMS, [*tried, *waiting])

    def robust(self, name: str, subject: str, day: date, given: Chosen) -> dict[str, Any]:
        """How often a finding survives when every choice varies."""
        found = robust(framework(name), self.study, subject, day, given)
        return {
            "share": found.share,
            "specifications": found.specifications,
            "grid": found.grid,
            "outcomes": [(verdict.value, label, count) for verdict, label, count in found.outcomes],
            "spread": found.spread(),
        }

    @property
    def database(self) -> Database:
        """The study as a database that may only be read."""
        if self._database is None:
            self._database = Database(self.study)
        return self._database

    def sql(self, text: str, day: date) -> tuple[list[str], list[tuple[Any, ...]]]:
        """One SELECT."""
        return self.database.ask(text, day, limit=SQL_SECONDS)

    def try_claim(self, id: str, test: str, day: date) -> dict[str, Any]:
        """A claim with another test than its own."""
        for corpus in corpora(self.study):
            for claim in corpus.claims:
                if claim.id == id:
                    return self._tried(claim, test, corpus.written, day)
        raise UnknownNameError(
            "claim", id, [claim.id for corpus in corpora(self.study) for claim in corpus.claims]
        )

    def _tried(self, claim: Claim, test: str, written: date, day: date) -> dict[str, Any]:
        from dataclasses import replace

        examiner = Examiner(self.study)
        try:
            changed = replace(claim, test=test, python="", test_line=0, place="the query")
            return claims_told.as_data(examiner.result(changed, written, day, hangs=False))
        finally:
            examiner.close()

    def whatif(
        self, names: tuple[str, ...], edits: tuple[tuple[str, str], ...], on: date, show: str
    ) -> dict[str, Any]:
        """What a supposition moves: findings, measures, and every difference of one measure where it is asked for."""
        known = scenarios(self.study)
        parts = [known[name] for name in names]
        if edits:
            flags = tuple(_edit(kind, text) for kind, text in edits)
            parts.append(Scenario(title=f"What if: {'; '.join(one.told for one in flags)}", edits=flags))
        supposed = composed(parts) if len(parts) != 1 else parts[0]
        laid = lay(self.study, supposed)
        wanted = [measure(show)] if show else list(MEASURES)
        found = moved(laid, on, measures=wanted)
        here = [("scenario", one) for one in names] + [("edit", f"{kind} {text}") for kind, text in edits]
        return {
            "title": supposed.title,
            "why": supposed.why,
            "told": [edit.told for edit in supposed.edits],
            "notices": [*laid.notices, *telling.subjects_gone(found.flips), telling.UNTOUCHED],
            "silent": dict(found.silent),
            "asked": sum(found.compared.get(one.name, 0) for one in FRAMEWORKS),
            "flips": [_flip(flip) for flip in found.flips if flip.flipped and flip.before and flip.after],
            "measures": [
                one
                | {
                    "measure": {
                        "href": address("/whatif", [*here, ("on", on), ("show", one["measure"])]),
                        "text": one["measure"],
                    }
                }
                for one in telling.measures_frame(found).to_dicts()
            ],
            "changed_rows": telling.rows_frame(laid).to_dicts(),
            "show": show,
            "moves": telling.moves_frame(found.moves).to_dicts() if show else [],
        }

    def formats(self, name: str, given: Mapping[str, Any], who: tuple[str, ...]) -> dict[str, Any]:
        """Every format of an initiative in a line, and one of them in full: the one asked for, else the first."""
        asked = initiatives(self.study)[name] if name else initiative(self.study, **given)
        answered = viability.formats(self.study, asked)
        wanted = set(who)
        chosen = next((one for one in answered.formats if {*one.members, *one.outsiders} == wanted), None)
        if wanted and chosen is None:
            raise ScenarioError(
                f"No format has exactly {', '.join(who)}. It takes two of the region's states or more, and one outsider or "
                "those who are invited."
            )
        full = chosen or answered.formats[0]
        listed = formats_told.formats_frame(answered).to_dicts()
        for line, one in zip(listed, answered.formats, strict=True):
            line["who"] = [*one.members, *one.outsiders]
        return {
            "title": asked.title,
            "why": asked.why,
            "initiative": {
                "issue": asked.issue, "depth": asked.depth, "on": asked.on.isoformat(), "open": asked.open,
                "with": list(asked.invited), "lead": asked.lead,
            },
            "assumptions": list(answered.assumptions),
            "joining": formats_told.joining_frame(answered).to_dicts(),
            "formats": listed,
            "who": [*full.members, *full.outsiders],
            "in_the_way": [_obstacle(one) for one in full.in_the_way],
            "speaks_for": [_obstacle(one) for one in full.speaks_for],
            "shared": list(full.shared),
            "precedents": [
                {"what": formats_told.precedent(past), "rows": list(past.candidate.rows)}
                for past in answered.precedents[(*full.members, *full.outsiders)]
            ],
        }  # fmt: skip


def _flip(flip: Flip) -> dict[str, Any]:
    """A finding before and after, with the rules that flipped it and the rows that they read."""
    turned = [
        turn
        for turn in flip.turns
        if (turn.before and turn.before.outcome) != (turn.after and turn.after.outcome)
    ]
    return {
        "framework": flip.framework,
        "subject": flip.subject,
        "before": telling.finding(flip.before),
        "after": telling.finding(flip.after),
        "by": "; ".join(
            f"{turn.rule} ({turn.locator}): {turn.after.sentence}"
            if turn.after
            else f"{turn.rule} ({turn.locator})"
            for turn in turned
        ),
        "rows": list(
            dict.fromkeys(
                row
                for turn in turned
                for step in (turn.before, turn.after)
                if step
                for row in step.evidence.rows
            )
        ),
    }


def _edit(kind: str, text: str) -> Edit:
    """An edit as the form writes it; its faults without the dashes of the command line."""
    try:
        if kind == "remove-body":
            return edit_of({"do": "remove", "bodies": [text]})
        if kind in ("remove-led-by", "remove-form"):
            return edit_of({"do": "remove", kind.removeprefix("remove-"): text})
        return from_flag(kind, text)
    except ScenarioError as error:
        raise ScenarioError(str(error).replace("--", "")) from None


def _obstacle(one: Obstacle) -> dict[str, Any]:
    """What stands in the way, or speaks for it: who, of what kind, in a sentence, where from."""
    return {
        "actor": one.actor,
        "kind": one.kind,
        "says": formats_told.sentence(one.says),
        "locator": one.locator,
        "rows": list(one.rows),
    }
