"""Where the study and COW IGO differ on who was in what, and why.

Reads memberships (the reading in force), bodies (`cow_igo`), actors (`cow`), corrections, and the dataset's tidy tables. Compares
every actor, body and year that both know: COW says something of a year that is neither *missing* nor *not in
the system*; the study codes the pair, or the actor belongs to the region, of whose
members it means to know every body. A year in which a status
began or ended agrees with COW where COW has either side of the change.
"""

from __future__ import annotations

from itertools import groupby

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import SourceError
from chaikhana.study.study import Study

SERIES = "membership_differences"
SUMMARY = "membership_comparison"
GROUPS = {"founder-member": "member", "member": "member", "associate": "associate", "observer": "observer"}


def compare(
    study: Study, memberships: pl.DataFrame, body_years: pl.DataFrame, state_years: pl.DataFrame
) -> pl.DataFrame:
    """Every actor, body and year that both know, with what each says.

    Bodies of the study that the dataset holds under one name (a body and what it became) are read together: the status of a
    year is that in any of them, and the row names the last of them that lived in the year.

    Parameters
    ----------
    memberships : polars.DataFrame
        The dataset's ccode, year, body, status.
    body_years, state_years : polars.DataFrame
        The years in which the dataset records a body and a state, by which a missing row is a no.

    Returns
    -------
    polars.DataFrame
        Columns actor, body, year, study (its statuses of the year, *none* among them), cow, agree (bool), rows.
    """
    actors = (
        study.table("actors")
        .filter(pl.col("cow").is_not_null())
        .select(actor="id", ccode=pl.col("cow").cast(pl.Int32))
    )
    living = (
        study.table("bodies")
        .filter(pl.col("cow_igo") != "")
        .select(
            "id", code="cow_igo", begins=pl.col("from_earliest").dt.year(), ends=pl.col("to_latest").dt.year()
        )
    )
    years = body_years.rename({"body": "code"}).join(living, on="code")
    bodies = (
        years.filter((pl.col("begins") <= pl.col("year")) & (pl.col("ends") >= pl.col("year")))
        .sort("begins")
        .group_by("code", "year", maintain_order=True)
        .agg(body=pl.col("id").last())
    )
    known = (
        bodies.filter(pl.col("year") >= study.about.first_day.year)
        .join(state_years.select("ccode", "year").join(actors, on="ccode"), on="year")
        .join(
            memberships.select("ccode", "year", code="body", status=pl.col("status").cast(pl.String)),
            on=["ccode", "year", "code"],
            how="left",
        )
        .with_columns(cow=pl.col("status").fill_null("none"))
        .filter(pl.col("cow") != "missing")
        .select("actor", "body", "code", "year", "cow")
    )
    return _against(study, known, living.select("code", body="id"))


def _against(study: Study, known: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Join what the study says of each year: every status that holds on some day of it."""
    spells = (
        study.table("memberships")
        .filter(pl.col("status").is_in([*GROUPS, "suspended", "signatory"]))
        .join(codes, on="body")
        .with_columns(
            first=pl.col("from_earliest").dt.year(),
            last=(pl.col("to_latest") - pl.duration(days=1)).dt.year(),
            whole_from=pl.col("from_latest").dt.year() + 1,
            whole_until=pl.col("to_earliest").dt.year() - 1,
            said=pl.col("status").replace(GROUPS),
        )
        .select("actor", "code", "said", "first", "last", "whole_from", "whole_until", "row")
    )
    region = pl.DataFrame({"actor": list(study.about.members)}).join(
        codes.select("code").unique(), how="cross"
    )
    covered = pl.concat([spells.select("actor", "code"), region]).unique()
    met = (
        known.join(spells, on=["actor", "code"])
        .filter((pl.col("first") <= pl.col("year")) & (pl.col("last") >= pl.col("year")))
        .group_by("actor", "code", "year", maintain_order=True)
        .agg(
            said=pl.col("said").unique().sort(),
            whole=(
                (pl.col("whole_from") <= pl.col("year")) & (pl.col("whole_until") >= pl.col("year"))
            ).any(),
            rows=pl.col("row"),
        )
    )
    return (
        known.join(covered, on=["actor", "code"], how="semi")
        .join(met, on=["actor", "code", "year"], how="left")
        .with_columns(
            study=pl.when(pl.col("said").is_null())
            .then(pl.lit(["none"]))
            .when(pl.col("whole"))
            .then("said")
            .otherwise(pl.concat_list("said", pl.lit(["none"]))),
            rows=pl.col("rows").fill_null([]),
        )
        .with_columns(agree=pl.col("study").list.contains(pl.col("cow")))
        .select("actor", "body", "year", "study", "cow", "agree", "rows")
        .sort("actor", "body", "year")
    )


def spans(compared: pl.DataFrame, corrections: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Runs of years in which the two differ in the same way, each with its reason or *open*.

    Returns
    -------
    polars.DataFrame
        Columns actor, body, first, last, years, study, cow, status, explanation, rows.
    """
    reasons = {
        (key, column): (status, why)
        for key, column, status, why in corrections.filter(pl.col("dataset") == dataset)
        .select("key", "column", "status", "explanation")
        .iter_rows()
    }
    differing = compared.filter(~pl.col("agree")).sort("actor", "body", "year").rows(named=True)
    out = []
    for (actor, body, _, _, _), run in groupby(
        enumerate(differing),
        key=lambda item: (
            item[1]["actor"],
            item[1]["body"],
            tuple(item[1]["study"]),
            item[1]["cow"],
            item[1]["year"] - item[0],
        ),
    ):
        years = [row for _, row in run]
        status, why = reasons.get((actor, body)) or reasons.get(("*", body)) or ("open", "")
        out.append(
            {
                "actor": actor,
                "body": body,
                "first": years[0]["year"],
                "last": years[-1]["year"],
                "years": len(years),
                "study": " or ".join(years[0]["study"]),
                "cow": years[0]["cow"],
                "status": status,
                "explanation": why,
                "rows": " ".join(dict.fromkeys(row for year in years for row in year["rows"])),
            }
        )
    schema = {
        "actor": pl.String,
        "body": pl.String,
        "first": pl.Int64,
        "last": pl.Int64,
        "years": pl.Int64,
        "study": pl.String,
        "cow": pl.String,
        "status": pl.String,
        "explanation": pl.String,
        "rows": pl.String,
    }
    return pl.DataFrame(out, schema=schema)


def source_differences(study: Study) -> Measured:
    """The differences that the study carries as a derived series.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    if SERIES not in study.derived:
        raise SourceError(
            f"The study {study.about.id} was not set against COW IGO. Add the dataset: "
            "chaikhana sources add cow-igo-v3 FILE, then chaikhana study derive."
        )
    series = study.derived[SERIES]
    frame = series.frame
    return Measured(
        name="source-differences",
        title="Where the study and COW IGO differ on membership",
        definition="Runs of years in which, for an actor and body that both know, the dataset's status is "
        "none of those that "
        "the study has in that year.",
        reference=series.origin["citation"],
        frame=frame.with_columns(
            pl.col("rows")
            .cast(pl.String)
            .fill_null("")
            .str.split(" ")
            .list.eval(pl.element().filter(pl.element() != ""))
        ),
        assumptions=(
            "A year in which a status began or ended agrees with either side of the change (ours).",
            "Founding and later members count alike (ours).",
        ),
    )
