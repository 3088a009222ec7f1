"""The comparisons that ship, the indicators and the regions, as a page that is read on its own."""

from __future__ import annotations

from chaikhana.compare.definition import Comparison, Set, comparison, shipped
from chaikhana.compare.indicators import INDICATORS, origins
from chaikhana.compare.regions import regions, spells
from chaikhana.compare.running import FAILS, HOLDS, HOLDS_PRI


def page() -> str:
    """The page in Markdown."""
    parts = [
        "# Comparisons",
        "Written by `chaikhana compare --describe`; run one with `chaikhana compare NAME --robust`. How to make your own is told "
        "in [comparing.md](comparing.md).",
        *(_comparison(comparison(name)) for name in shipped()),
        _indicators(),
        _regions(),
    ]
    return "\n\n".join(parts) + "\n"


def _comparison(asked: Comparison) -> str:
    lines = [
        f"## {asked.id}: {asked.title}",
        f"{asked.question} ({asked.paper}, {asked.locator})",
        *([f"**Beware.** {asked.caution}"] if asked.caution else []),
        f"Cases are {asked.cases}; spans {', '.join(asked.periods)}. {asked.why_periods} The {asked.solution} solution, "
        f"with a cut-off of inclusion of {asked.inclusion_cut:g}"
        + (f", of PRI of {asked.pri_cut:g}" if asked.pri_cut is not None else "")
        + f", and {asked.n_cut} {'case' if asked.n_cut == 1 else 'cases'} a row.",
        "| set | is | by | anchors | also tried | reason |\n| --- | --- | --- | --- | --- | --- |\n"
        + "\n".join(_set(one) for one in asked.sets),
    ]
    if asked.explanation:
        lines.append(
            f"An explanation holds from inclusion {HOLDS:g} and PRI {HOLDS_PRI:g} on and fails below inclusion {FAILS:g} (ours)."
        )
        lines.append(
            "| explanation | says | expects | place |\n| --- | --- | --- | --- |\n"
            + "\n".join(
                f"| {one.id} | {one.says} | `{one.when}` → `{one.then}` | {one.locator} |"
                for one in asked.explanation
            )
        )
    return "\n\n".join(lines)


def _set(one: Set) -> str:
    points = ", ".join(f"{point:g}" for point in one.anchors or one.thresholds)
    tried = "; ".join(
        [*(", ".join(f"{point:g}" for point in other) for other in one.other_anchors), *one.other_indicators]
    )
    return f"| {one.id} | {one.says} | {one.indicator} | {points} | {tried} | {one.reason} |"


def _indicators() -> str:
    by_name = {
        str(key[0]): "; ".join(
            f"{dataset} {version}" for dataset, version in part.select("dataset", "version").iter_rows()
        )
        for key, part in origins().group_by(["indicator"], maintain_order=True)
    }
    rows = "\n".join(f"| {one.id} | {one.says} | {by_name[one.id]} |" for one in INDICATORS.values())
    return "## Indicators of regions\n\n| indicator | is | from |\n| --- | --- | --- |\n" + rows


def _regions() -> str:
    frame = spells()
    rows = []
    for one in regions().values():
        mine = frame.filter(frame["region"] == one.id)
        told = ", ".join(
            f"{state} {first}–{last or ''}"
            for state, first, last in mine.select("state", "first", "last").iter_rows()
        )
        unverified = int((mine["cite"] == "unverified").sum())
        rows.append(f"| {one.id} | {one.name} | {one.reason} | {told} | {unverified or ''} |")
    head = "| region | name | drawn so because | members, from and to | unverified |\n| --- | --- | --- | --- | --- |\n"
    return "## Regions\n\n" + head + "\n".join(rows)
