"""Comparisons that ship, run: cases with traceable scores, robustness, explanations, and paragraphs that follow the numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chaikhana.compare import paragraphs
from chaikhana.compare.definition import Comparison, comparison, read, shipped
from chaikhana.compare.indicators import carried, origins
from chaikhana.compare.running import TOGETHER, Ran, related, run, verdict
from chaikhana.compare.scoring import scored, span
from chaikhana.errors import BadValueError
from chaikhana.methods import qca
from chaikhana.study.study import Study


@pytest.fixture(scope="module")
def security() -> Ran:
    return run(comparison("security-regionalism"), robust=True)


def test_at_least_three_comparisons_ship_with_places_and_reasons(central_asia: Study) -> None:
    assert len(shipped()) >= 3
    for name in shipped():
        asked = comparison(name)
        assert asked.paper in central_asia.bibliography
        assert len(asked.locator) > 5 and len(asked.why_periods) > 5
        for one in asked.sets:
            assert len(one.reason) > 20, (name, one.id)
            assert one.other_anchors or one.other_indicators or one.thresholds, (name, one.id)
        for explanation in asked.explanation:
            assert len(explanation.locator) > 5


def test_twelve_regions_and_thirty_six_region_periods_each_score_traceable(security: Ran) -> None:
    names = security.found.cases.names
    assert len(names) >= 36 and len({name.rpartition(" ")[0] for name in names}) >= 12
    versions = {
        f"{dataset} {version}" for dataset, version in origins().select("dataset", "version").iter_rows()
    }
    for score in security.found.scores:
        assert set(score.source.split("; ")) <= versions
        assert score.method.startswith(("direct: out at", "from "))
        assert len(score.reason) > 20 and score.detail
        if score.score is not None:
            assert score.raw is not None and 0 <= score.score <= 1


def test_a_score_is_its_raw_value_through_its_anchors(security: Ran) -> None:
    """By hand for one case: the mean of the carried years, through the logistic curve."""
    one = next(s for s in security.found.scores if s.case == "eu 2008–2014" and s.set == "OWN")
    years = carried().filter((carried()["indicator"] == "own-security") & (carried()["region"] == "eu"))
    raw = years.filter(years["year"].is_between(2008, 2014))["value"].mean()
    assert one.raw == pytest.approx(raw)
    assert one.score == pytest.approx(1 / (1 + np.exp(-np.log(19) * (raw - 0.33) / (0.8 - 0.33))))


def test_what_a_dataset_knows_too_little_of_is_left_out_and_named(security: Ran) -> None:
    assert security.found.left_out["pacific 1992–1999"] == ("AUT", "LIKE")
    missing = next(s for s in security.found.scores if s.case == "pacific 1992–1999" and s.set == "AUT")
    assert missing.score is None and "fewer than half" in missing.detail
    assert "pacific 1992–1999" not in security.found.cases.names


def test_every_kind_of_change_was_run(security: Ran) -> None:
    for side in security.sides:
        assert side.robust is not None
        assert {run.changed for run in side.robust.runs} == {
            "cut-offs", "a case left out", "a condition left out", "other anchors", "other indicators",
            "other spans", "several at once",
        }  # fmt: skip


def test_explanations_are_relations_computed_from_the_scores(security: Ran) -> None:
    given = security.found.cases
    out, own = given.scores[:, given.conditions.index("OUT")], given.result
    one = next(r for r in security.relations if r.explanation.id == "cooperative-gains")
    assert one.inclusion == pytest.approx(np.minimum(out, 1 - own).sum() / out.sum())
    assert one.coverage == pytest.approx(np.minimum(out, 1 - own).sum() / (1 - own).sum())
    assert len(one.agree) + len(one.against) == int((out > 0.5).sum())
    assert one.held + len(one.not_in) == 14 + TOGETHER


def test_the_relation_that_is_partly_by_definition_is_told_to_hang_on_it(security: Ran) -> None:
    """Pacts under whatever roof instead of the members' own: cooperative gains no longer holds, and the reader is warned."""
    one = next(r for r in security.relations if r.explanation.id == "cooperative-gains")
    assert [how for how in one.not_in if not how.startswith("draw")] == ["OWN by security"]
    drawn = [how for how in one.not_in if how.startswith("draw")]
    assert 0 < len(drawn) < TOGETHER / 2  # the draws that take the indicator security are among them
    assert "under one roof" in security.asked.caution


def test_paragraphs_say_what_the_numbers_say(security: Ran) -> None:
    told, missed = " ".join(paragraphs.found(security)), " ".join(paragraphs.not_found(security))
    for one in security.relations:
        where = told if one.verdict == "holds" else missed
        assert f"{one.explanation.when} → {one.explanation.then}: inclusion {one.inclusion:.2f}" in where
    for side in security.sides:
        assert side.solution is not None
        for term in side.solution.models[0].terms:
            assert (
                f"{term.term} ({paragraphs.in_words(security, term.values)}; inclusion {term.inclusion:.2f}"
                in told
            )
    assert "caribbean" in missed and "unknown in AUT, LIKE" in missed


def test_paragraphs_change_with_the_cases() -> None:
    """Half of the regions left out: another text, from other numbers."""
    few = run(
        comparison("security-regionalism"), only=("central-asia", "gcc", "eu", "nordic", "ecowas", "asean")
    )
    assert paragraphs.found(few)[1].startswith("18 cases have every score.")
    assert "stands" not in " ".join(paragraphs.found(few))  # robustness was not asked for


def test_what_a_region_has_in_common_and_alone(security: Ran) -> None:
    told = paragraphs.peers(security, "central-asia")
    assert told and all(text.startswith("central-asia ") for text in told)
    assert paragraphs.peers(security, "atlantis") == []


def test_the_cross_table_of_the_thesis_as_a_set_relation(central_asia: Study) -> None:
    ran = run(comparison("openness-and-commitment"), central_asia)
    assert len(ran.found.cases.names) == 20
    assert all(score.source for score in ran.found.scores)
    by_id = {one.explanation.id: one for one in ran.relations}
    assert by_id["open-and-kept"].verdict == "holds"
    assert by_id["open-and-not-kept"].verdict == "fails"


def test_cases_of_a_study_want_one() -> None:
    with pytest.raises(BadValueError, match="name one"):
        run(comparison("openness-and-commitment"))


def test_a_relation_with_no_case_in_it_is_undetermined() -> None:
    given = qca.cases({"A": [0, 0, 0], "B": [1, 0, 1], "Y": [1, 0, 1]}, "Y", ["A", "B"])
    assert np.isnan(related(given, "A", "Y")[0])
    assert verdict(float("nan"), float("nan")) == "undetermined"
    assert verdict(0.85, 0.7) == "holds" and verdict(0.85, 0.3) == "mixed" and verdict(0.5, 0.9) == "fails"


def test_other_spans_and_other_indicators_change_the_scores() -> None:
    asked = comparison("security-regionalism")
    base = scored(asked, None)
    other = scored(asked, None, periods=("2000-2004",))
    assert all(name.endswith("2000–2004") for name in other.cases.names)
    swapped = scored(asked, None, indicators={"OWN": "security"})
    assert (swapped.cases.result >= base.cases.result - 1e-12).all()  # a roof only takes away
    moved = scored(asked, None, anchors={"OWN": (0.05, 0.5, 0.95)})
    inside, still = (
        set(np.flatnonzero(base.cases.result > 0.5)),
        set(np.flatnonzero(moved.cases.result > 0.5)),
    )
    assert still < inside


def test_spans() -> None:
    assert span("1992-1999") == (1992, 1999) and span("2018") == (2018, 2018)


def test_a_comparison_of_ones_own_runs_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        shipped()["authority"].read_text("utf-8").replace("inclusion_cut = 0.8", "inclusion_cut = 0.75"),
        "utf-8",
    )
    asked = comparison(str(path))
    assert isinstance(asked, Comparison) and asked.id == "mine"
    ran = run(asked)
    assert ran.sides[0].solution is not None
    assert ran.sides[0].solution.table.inclusion_cut == 0.75
    assert read(path) == asked


def test_cases_left_out_change_nothing_of_the_others() -> None:
    asked = comparison("authority")
    whole, part = scored(asked, None), scored(asked, None, only=("eu", "gcc"))
    mine = {(s.case, s.set): s for s in whole.scores}
    assert all(replace(score) == mine[score.case, score.set] for score in part.scores)
