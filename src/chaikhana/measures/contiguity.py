"""Contiguity: which members of a region border one another by land, and whether the region hangs together, by year.

Reference: Stinnett and others (2002), Conflict Management and Peace Science 19(2), 59–67, doi:10.1177/073889420201900203.
Computes from the directed dyad-years that the reader supplies and reads the derived series of a study. A river border is a
land border in the data; pairs across water do not count (ours).
"""

from __future__ import annotations

import networkx as nx
import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.study import Study

SERIES, DATASET = "contiguity", "cow-contiguity"
COLUMNS = ("year", "members", "pairs", "joined", "connected", "apart")
LAND = "land"


def region(study: Study, contiguity: pl.DataFrame) -> pl.DataFrame:
    """How the members border one another, every year of the study that the data reach.

    Parameters
    ----------
    contiguity : polars.DataFrame
        Columns state1, state2, year, kind; each pair in both directions.

    Returns
    -------
    polars.DataFrame
        Columns year, members (of which the data speak in that year), pairs (of these), joined (pairs with a land border),
        connected (whether every member of the study can be reached from every other over land borders), apart (members that
        border no other, separated by semicolons). Sorted by year.
    """
    about = study.about
    ours = set(about.members)
    years = contiguity.filter(pl.col("year").is_between(about.first_day.year, about.last_day.year))
    rows = []
    for (year,), own in years.group_by(["year"]):
        spoken = {*own["state1"], *own["state2"]} & ours
        graph = nx.Graph()
        graph.add_nodes_from(ours)
        graph.add_edges_from(
            pair
            for pair in own.filter(pl.col("kind") == LAND).select("state1", "state2").iter_rows()
            if ours.issuperset(pair)
        )
        rows.append(
            {
                "year": year,
                "members": len(spoken),
                "pairs": len(spoken) * (len(spoken) - 1) // 2,
                "joined": graph.number_of_edges(),
                "connected": nx.is_connected(graph),
                "apart": "; ".join(sorted(nx.isolates(graph))),
            }
        )
    schema = {**dict.fromkeys(COLUMNS, pl.Int64), "connected": pl.Boolean, "apart": pl.String}
    return pl.DataFrame(rows, schema=schema).sort("year")


def contiguity(study: Study) -> Measured:
    """The derived series.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="contiguity",
        title="Which members border one another",
        definition="Pairs of members with a land border, and whether every member can be reached from every other over them.",
        reference=series.origin["citation"],
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=("A river is a land border, as in the data; pairs across water do not count (ours).",),
    )
