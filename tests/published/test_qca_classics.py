"""The classical data sets of Qualitative Comparative Analysis and what was published of them, each with its citation.

The data are those of the R package QCA (Duşa 2019); they stay outside the project, and the tests skip without them.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chaikhana.compare.scores_file import read_scores
from chaikhana.errors import BadValueError, ComparisonError
from chaikhana.methods import qca

LIPSET = ("DEV", "URB", "LIT", "IND", "STB")


def solved(
    data: Path, file: str, outcome: str, conditions: tuple[str, ...], kind: str, **options: object
) -> qca.Solution:
    frame = read_scores(data / "qca_examples" / f"{file}.csv")
    given = qca.cases(frame, outcome, conditions, case=frame.columns[0])
    cut = options.pop("inclusion_cut", 0.8)
    return qca.solve(qca.truth_table(given, inclusion_cut=cut), kind, **options)


def said(found: qca.Solution) -> list[set[str]]:
    return [{term.term for term in model.terms} for model in found.models]


@pytest.mark.parametrize(
    ("kind", "expect", "terms", "fit"),
    [
        (
            "conservative",
            {},
            {"DEV*~URB*LIT*~IND*STB", "DEV*URB*LIT*IND*STB"},
            (0.870, 0.843, 0.658),
        ),
        ("parsimonious", {}, {"DEV*~IND", "URB*STB"}, (0.850, 0.819, 0.714)),
        (
            "intermediate",
            dict.fromkeys(LIPSET, 1),
            {"DEV*URB*LIT*STB", "DEV*LIT*~IND*STB"},
            (0.866, 0.839, 0.660),
        ),
    ],
)
def test_lipset_fuzzy(
    data: Path, kind: str, expect: dict[str, int], terms: set[str], fit: tuple[float, ...]
) -> None:
    """Duşa (2019), *QCA with R*, chapter 8, on the fuzzy Lipset data at 0.8: consistency, PRI, coverage."""
    found = solved(data, "LF", "SURV", LIPSET, kind, expect=expect)
    assert said(found) == [terms]
    assert found.enumerated
    model = found.models[0]
    assert (round(model.inclusion, 3), round(model.pri, 3), round(model.coverage, 3)) == fit


def test_lipset_fuzzy_truth_table(data: Path) -> None:
    """Ragin (2009), in Rihoux and Ragin, *Configurational comparative methods*, chapter 5: France and Sweden contradict."""
    table = solved(data, "LF", "SURV", LIPSET, "conservative").table
    assert table.remainders == 23
    row = next(row for row in table.rows if row.values == (1, 0, 1, 1, 1))
    assert (row.outcome, set(row.deviant)) == ("0", {"FR", "SE"})


def test_lipset_crisp(data: Path) -> None:
    """Rihoux and De Meur (2009), in the same book, chapter 3: with remainders, wealth and stable government."""
    assert said(solved(data, "LC", "SURV", LIPSET, "parsimonious", inclusion_cut=1.0)) == [{"DEV*STB"}]
    assert said(solved(data, "LC", "SURV", LIPSET, "conservative", inclusion_cut=1.0)) == [
        {"DEV*LIT*IND*STB", "DEV*~URB*LIT*STB"}
    ]
    assert said(solved(data, "LC", "~SURV", LIPSET, "parsimonious", inclusion_cut=1.0)) == [{"~DEV", "~STB"}]


def test_lipset_multi_value(data: Path) -> None:
    """Cronqvist and Berg-Schlosser (2009), in the same book, chapter 4: the wealthiest, or wealthy and stable."""
    found = solved(data, "LM", "SURV", LIPSET, "parsimonious", inclusion_cut=1.0)
    assert {"DEV{2}", "DEV{1}*STB{1}"} in said(found)
    assert found.enumerated


def test_krook(data: Path) -> None:
    """Krook (2010), doi:10.1111/j.1467-9248.2009.00833.x; Thiem and Duşa (2013), doi:10.32614/RJ-2013-009."""
    conditions = ("ES", "QU", "WS", "WM", "LP")
    strict = solved(data, "Krook", "WNP", conditions, "conservative", inclusion_cut=1.0)
    assert said(strict) == [{"ES*QU*~WS*LP", "ES*QU*~WS*WM", "~ES*~WS*WM*LP", "ES*WS*~WM*~LP", "ES*WS*WM*LP"}]
    free = solved(data, "Krook", "WNP", conditions, "parsimonious", inclusion_cut=1.0)
    assert {"WS", "ES*WM", "QU*LP", "WM*LP"} in said(free)
    assert [round(model.coverage, 3) for model in free.models] == [1.0] * free.count


def test_rokkan(data: Path) -> None:
    """Ragin (1987), *The comparative method*, 126–133, on Rokkan's working-class movements: all is covered."""
    found = solved(data, "Rokkan", "S", ("C", "R", "L", "E"), "conservative", inclusion_cut=1.0)
    assert said(found) == [{"C*R*L*~E", "~C*~R*E", "~R*~L*~E"}]
    assert (found.models[0].inclusion, found.models[0].coverage) == (1.0, 1.0)


def test_ragin_and_strand(data: Path) -> None:
    """Ragin and Strand (2008), doi:10.1177/0049124107309461: order in time as a condition, `dc` where there is no order."""
    found = solved(data, "RagStr", "REC", ("P", "E", "A", "S", "EBA"), "conservative", inclusion_cut=1.0)
    assert said(found) == [{"P*E*S", "P*E*A*EBA", "E*A*S*~EBA"}]


def test_cebotari_and_vink(data: Path) -> None:
    """Cebotari and Vink (2013), doi:10.1177/0020715213508567: ethnic protest; lack of pride is in every model."""
    conditions = ("DEMOC", "ETHFRACT", "GEOCON", "POLDIS", "NATPRIDE")
    found = solved(data, "CVF", "PROTEST", conditions, "parsimonious")
    assert found.enumerated
    assert all("~NATPRIDE" in terms for terms in said(found))
    needed = qca.necessity(found.table.cases)
    assert not any(one.passes for one in needed if "+" not in one.expression)


def test_lipset_calibrated_from_its_raw_values(data: Path) -> None:
    """The direct method on the raw Lipset data gives the published fuzzy scores (Duşa 2019), but for rounding."""
    raw = pl.read_csv(data / "qca_examples" / "LR.csv")
    fuzzy = pl.read_csv(data / "qca_examples" / "LF.csv")
    for column, points in (("DEV", (400, 550, 900)), ("LIT", (50, 75, 90)), ("IND", (20, 30, 40))):
        anchors = qca.Anchors(out=points[0], crossover=points[1], full=points[2], reason="as published")
        found = qca.direct(raw[column].to_numpy(), anchors).scores
        assert abs(found - fuzzy[column].to_numpy()).max() < 0.01, column


def test_every_classical_set_runs_or_says_why_not(data: Path) -> None:
    """All files of the folder, the last column explained by those before: a solution that covers, or a message."""
    solutions, told = 0, []
    for path in sorted((data / "qca_examples").glob("*.csv")):
        frame = read_scores(path)
        case = "case" if "case" in frame.columns else None
        columns = [name for name in frame.columns if name != case]
        try:
            given = qca.cases(frame, columns[-1], columns[:-1], case=case, drop_missing=True)
            found = qca.solve(qca.truth_table(given), seconds=5)
        except (ComparisonError, BadValueError) as error:
            told.append(f"{path.stem}: {error}")
            continue
        solutions += 1
        assert found.models and all(0 < model.coverage <= 1 for model in found.models), path.stem
    assert solutions >= 35
    assert all(len(text) > 40 for text in told)
