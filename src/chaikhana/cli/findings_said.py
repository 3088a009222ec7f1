"""How findings are said on the command line: a table, a trace, JSON, and the curve of their specifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from chaikhana.cli.output import Form, show_frame, show_json

if TYPE_CHECKING:
    from chaikhana.core.findings import Finding, Framework
    from chaikhana.frameworks.robustness import Robustness

SHOWN_CURVE = 200  # points of a curve in JSON; --csv gives every one
MOST_ROWS = 6
BARS = "▁▂▃▄▅▆▇█"


def show(found: list[Finding], framework: Framework, form: Form, trace: bool) -> None:
    """Print findings in the form asked for."""
    import polars as pl

    if form is Form.JSON:
        show_json([_as_json(finding, None) for finding in found])
        return
    if trace and form is Form.TABLE:
        for finding in found:
            typer.echo(_traced(finding, framework))
        return
    show_frame(
        pl.DataFrame([_line(finding, None) for finding in found]),
        form,
        title=framework.title,
        notes=(framework.asks, f"After {framework.reference}."),
    )


def show_robust(found: list[Robustness], framework: Framework, form: Form, trace: bool) -> None:
    """Print findings with how often they survive; one alone with what moves it."""
    import polars as pl

    if form is Form.JSON:
        show_json([_as_json(one.finding, one.share) | {"robustness": _robustness_json(one)} for one in found])
        return
    if form is Form.CSV:
        show_frame(
            pl.DataFrame([line for one in found for line in _curve(one)], infer_schema_length=None), form
        )
        return
    if not trace and len(found) > 1:
        show_frame(
            pl.DataFrame([_line(one.finding, one.share) for one in found]),
            form,
            title=framework.title,
            notes=(
                framework.asks,
                "Share: of specifications with the same verdict and label. --trace shows what moves it.",
            ),
        )
        return
    for one in found:
        typer.echo(_traced(one.finding, framework))
        _show_moves(one)


def _show_moves(one: Robustness) -> None:
    import polars as pl

    whole = "the whole grid" if one.complete else f"drawn from a grid of {one.grid:,}"
    typer.echo(f"Holds in {one.share:.0%} of {one.specifications:,} specifications ({whole}).")
    typer.echo(f"Specification curve ({one.finding.scored or 'score'}): {_drawn(one)}")
    outcomes = [
        {"verdict": verdict.value, "label": label, "share": round(number / one.specifications, 3)}
        for verdict, label, number in one.outcomes[:8]
    ]
    show_frame(pl.DataFrame(outcomes), Form.TABLE, title="What else is found")
    spread = one.spread()
    moves = [
        {
            "choice": choice,
            "moves": round(width, 3),
            "share at each value": ", ".join(
                f"{move.value}: {move.share:.0%}" for move in one.moves if move.choice == choice
            ),
        }
        for choice, width in spread.items()
    ]
    show_frame(pl.DataFrame(moves), Form.TABLE, title="Which choices move it")
    if one.left_out:
        typer.echo(f"Not read, since there were too many: {', '.join(one.left_out)}.")


def _drawn(one: Robustness, width: int = 60) -> str:
    """The curve in one line: scores from lowest to highest, at even places."""
    scores = [(p.score.low + p.score.high) / 2 for p in one.curve if p.score is not None]
    if not scores:
        return "no number to draw"
    places = [scores[round(place * (len(scores) - 1) / (width - 1))] for place in range(width)]
    low, high = places[0], places[-1]
    if low == high:
        return f"{low:g} throughout"
    marks = "".join(BARS[min(7, int((value - low) / (high - low) * 8))] for value in places)
    return f"{low:.3g} {marks} {high:.3g}"


def _line(finding: Finding, share: float | None) -> dict[str, Any]:
    score = finding.score
    line: dict[str, Any] = {
        "subject": finding.subject,
        "on": finding.on.isoformat(),
        "verdict": finding.verdict.value,
        "label": finding.label,
    }
    if share is not None:
        line["share"] = round(share, 3)
    return line | {
        "low": round(score.low, 3) if score else None,
        "high": round(score.high, 3) if score else None,
        "missing": "; ".join(finding.missing),
    }


def _as_json(finding: Finding, share: float | None) -> dict[str, Any]:
    return {
        "framework": finding.framework,
        "subject": finding.subject,
        "on": finding.on.isoformat(),
        "verdict": finding.verdict.value,
        "label": finding.label,
        "share": share,
        "score": {"low": finding.score.low, "high": finding.score.high, "of": finding.scored}
        if finding.score
        else None,
        "steps": [
            {
                "rule": step.rule,
                "locator": step.locator,
                "value": step.value,
                "outcome": step.outcome.value,
                "sentence": step.sentence,
                "evidence": {
                    "rows": list(step.evidence.rows),
                    "citations": [str(citation) for citation in step.evidence.citations],
                    "unverified": list(step.evidence.unverified),
                },
            }
            for step in finding.steps
        ],
        "missing": list(finding.missing),
        "assumptions": list(finding.assumptions),
        "choices": dict(finding.chosen),
    }


def _robustness_json(one: Robustness) -> dict[str, Any]:
    every = max(1, -(-len(one.curve) // SHOWN_CURVE))
    return {
        "specifications": one.specifications,
        "grid": one.grid,
        "complete": one.complete,
        "share": one.share,
        "outcomes": [
            {"verdict": verdict.value, "label": label, "specifications": number}
            for verdict, label, number in one.outcomes
        ],
        "moves": [
            {"choice": m.choice, "value": m.value, "specifications": m.specifications, "share": m.share}
            for m in one.moves
        ],
        "curve": list(_curve(one))[::every],
        "left_out": list(one.left_out),
    }


def _curve(one: Robustness) -> list[dict[str, Any]]:
    return [
        {
            "subject": one.finding.subject,
            "on": one.finding.on.isoformat(),
            "verdict": point.verdict.value,
            "label": point.label,
            "held": point.held,
            "low": point.score.low if point.score else None,
            "high": point.score.high if point.score else None,
            **{name: str(value) for name, value in point.chosen.items()},
        }
        for point in one.curve
    ]


def _traced(finding: Finding, framework: Framework) -> str:
    """A finding in full, as text."""
    from chaikhana.core.findings import NOT_PUT

    lines = [
        f"{framework.title}: {finding.subject} on {finding.on}",
        f"  {finding.verdict.value.upper()}" + (f": {finding.label}" if finding.label else ""),
        f"  {_meaning(finding, framework)}",
        "",
    ]
    for step in finding.steps:
        if step.sentence == NOT_PUT:  # JSON has it; for eyes it is noise
            continue
        lines.append(f"  [{step.outcome.value}] {step.rule}: {step.sentence}")
        lines.append(f"      {step.locator}")
        lines += _evidence(
            step.evidence.rows, [str(c) for c in step.evidence.citations], step.evidence.unverified
        )
    if finding.missing:
        lines += ["", "  Missing: " + "; ".join(finding.missing)]
    if finding.assumptions:
        lines += ["", "  Assumptions:", *(f"    {one}" for one in finding.assumptions)]
    return "\n".join([*lines, f"  After {framework.reference}.", ""])


def _meaning(finding: Finding, framework: Framework) -> str:
    """What the label means, where the authors' word in it is known; else the question that was put."""
    inside = [word for word in framework.levels if word in finding.label]
    if not inside:
        return framework.asks
    word = max(inside, key=len)
    return f"{word}: {framework.levels[word]}"


def _evidence(rows: tuple[str, ...], cites: list[str], unverified: tuple[str, ...]) -> list[str]:
    if not rows:
        return []
    more = f" and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else ""
    lines = [f"      rows {', '.join(rows[:MOST_ROWS])}{more}"]
    if cites:
        also = f"; and {len(cites) - MOST_ROWS} more" if len(cites) > MOST_ROWS else ""
        lines.append(f"      {'; '.join(cites[:MOST_ROWS])}{also}")
    if unverified:
        lines.append(f"      unverified: {', '.join(unverified[:MOST_ROWS])}")
    return lines
