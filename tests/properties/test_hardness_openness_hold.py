"""Hardness and openness whatever the design: a slow twin, and that to know more never widens an interval."""

from __future__ import annotations

from datetime import date
from statistics import mean

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chaikhana.core.vocabulary import attribute_values
from chaikhana.measures.hardness import TURNED, WEIGHTINGS, hardness
from chaikhana.measures.openness import openness

DAY = date(1995, 6, 30)
SCALES = {
    "delegation": ["none", "low", "medium", "high"],
    "pooling": ["none", "low", "medium", "high"],
    "precision": ["low", "medium", "high"],
    "dispute-settlement": ["none", "political", "arbitration", "court"],
}
ATTRIBUTES = (
    *SCALES, "charter", "secretariat", "binding-decisions", "sanctions", "expulsion-or-suspension-clause",
    "consensus-rule", "open-accession", "geographic-limit", "free-trade-area", "excludes-outside-bases",
    "single-lead", "common-external-tariff",
)  # fmt: skip
designs = st.dictionaries(st.sampled_from(ATTRIBUTES), st.integers(0, 10), max_size=len(ATTRIBUTES)).map(
    lambda picked: {
        attribute: attribute_values(attribute)[place % len(attribute_values(attribute))]
        for attribute, place in picked.items()
    }
)
few = settings(max_examples=25, phases=(Phase.explicit, Phase.generate))  # each example makes a study


def study_of(tiny, design: dict[str, str]):
    rows = "\n".join(f"org,{attribute},{value},1990-01-01,.." for attribute, value in design.items())
    return tiny(
        check=False,
        bodies="id,name,form,from,to\norg,Org,formal-organisation,1990-01-01,..",
        design=f"body,attribute,value,from,to\n{rows}" if rows else "body,attribute,value,from,to",
    )


def slow_bounds(value: str | None, attribute: str) -> tuple[float, float] | None:
    if value == "not-applicable":
        return None
    if value is None or value == "unknown":
        return 0.0, 1.0
    scale = SCALES.get(attribute, ["no", "yes"])
    place = scale.index(value) / (len(scale) - 1)
    return place, place


def slow_hardness(design: dict[str, str], weighting: str) -> tuple[float, float] | None:
    """Attribute by attribute, dimension by dimension."""
    lows, highs = [], []
    for several in WEIGHTINGS[weighting].values():
        found = []
        for one in several:
            attribute = TURNED.get(one, one)
            bounds = slow_bounds(design.get(attribute), attribute)
            if bounds:
                found.append((1 - bounds[1], 1 - bounds[0]) if one in TURNED else bounds)
        if found:
            lows.append(mean(low for low, _ in found))
            highs.append(mean(high for _, high in found))
    return (mean(lows), mean(highs)) if lows else None


@few
@given(designs, st.sampled_from(list(WEIGHTINGS)))
def test_hardness_agrees_with_its_slow_twin(tiny, design: dict[str, str], weighting: str) -> None:
    frame = hardness(study_of(tiny, design), DAY, weighting).frame
    expected = slow_hardness(design, weighting)
    assert frame.height == (expected is not None)
    if expected:
        row = frame.row(0, named=True)
        assert abs(row["hardness_low"] - expected[0]) < 1e-4
        assert abs(row["hardness_high"] - expected[1]) < 1e-4
        assert row["varied_low"] <= row["hardness_low"] <= row["hardness_high"] <= row["varied_high"]


@few
@given(designs, st.sampled_from(ATTRIBUTES), st.integers(0, 3))
def test_to_know_more_never_widens(tiny, design: dict[str, str], attribute: str, place: int) -> None:
    """An attribute that was unknown, and now has a value."""
    scale = SCALES.get(attribute, ["no", "yes"])
    unknown = {**design, attribute: "unknown"}
    known = {**design, attribute: scale[place % len(scale)]}
    before, after = study_of(tiny, unknown), study_of(tiny, known)
    for measure, name in ((hardness, "hardness"), (openness, "openness")):
        wide, narrow = (measure(study, DAY).frame for study in (before, after))
        assert wide.height == narrow.height
        for one, other in zip(wide.iter_rows(named=True), narrow.iter_rows(named=True), strict=True):
            assert 0 <= one[f"{name}_low"] <= other[f"{name}_low"] + 1e-4
            assert other[f"{name}_high"] - 1e-4 <= one[f"{name}_high"] <= 1
            assert one["known"] <= other["known"]
            assert one["of"] == other["of"]


@few
@given(designs)
def test_a_harder_attribute_never_makes_a_body_softer_nor_more_open(tiny, design: dict[str, str]) -> None:
    lower = study_of(tiny, {**design, "delegation": "low", "binding-decisions": "no"})
    higher = study_of(tiny, {**design, "delegation": "high", "binding-decisions": "yes"})
    for measure, name, sign in ((hardness, "hardness", 1), (openness, "openness", -1)):
        one, other = (measure(study, DAY).frame.row(0, named=True) for study in (lower, higher))
        for end in ("low", "high"):
            assert sign * (other[f"{name}_{end}"] - one[f"{name}_{end}"]) > 0
