"""Trade in plain words: what its share within the region did, who the largest partners are, and what the data lack.

What it is: sentences made from the derived series of trade alone. A movement of less than a hundredth of all trade is
said to be none, and a zero before a tenth of all trade to be a likely gap (both ours).
"""

from __future__ import annotations

import polars as pl

from chaikhana.measures.trade_within import REGION
from chaikhana.report.names import Names, listed

NOTEWORTHY = 0.01
ABRUPT = 0.1


def last_year(frame: pl.DataFrame) -> int:
    """The last year of a series that has rows."""
    return int(frame["year"].max())  # type: ignore[arg-type]


def complete(frame: pl.DataFrame) -> pl.DataFrame:
    """The years of each actor in which every flow within the region is known."""
    return frame.filter((pl.col("intra_known") == pl.col("intra_flows")) & pl.col("share").is_not_null())


def ends_of(frame: pl.DataFrame, actor: str) -> tuple[dict[str, float], dict[str, float]] | None:
    """The first and the last year of an actor."""
    rows = frame.filter(pl.col("actor") == actor).sort("year")
    return (rows.row(0, named=True), rows.row(-1, named=True)) if rows.height else None


def percent(share: float) -> str:
    """A share as a number of per cent."""
    return f"{100 * share:.1f}"


def moved(before: float, after: float) -> str:
    """What a share did between two years; a movement too small to speak of is said to be none."""
    if abs(after - before) < NOTEWORTHY:
        return f"hardly moved, from {percent(before)} to {percent(after)} per cent"
    return f"{'rose' if after > before else 'fell'} from {percent(before)} to {percent(after)} per cent"


def within(frame: pl.DataFrame, names: Names) -> list[str]:
    """Paragraphs on the trade within the region: of the whole, of each member, and what is missing."""
    known = complete(frame)
    told = []
    if ends := ends_of(known, REGION):
        first, last = ends
        whole = known.filter(pl.col("actor") == REGION)
        peak = whole.sort("share", "year", descending=[True, False]).row(0, named=True)
        height = (
            ""
            if peak["year"] in (first["year"], last["year"])
            else f", with its height in {peak['year']} ({percent(peak['share'])})"
        )
        told.append(
            f"Between {first['year']} and {last['year']} the share of the region's trade that stays within it "
            f"{moved(first['share'], last['share'])}{height}.{_preference(first, last)}"
        )
    members = [
        (names.actor(actor), *ends)
        for actor in known["actor"].unique(maintain_order=True)
        if actor != REGION and (ends := ends_of(known, actor))
    ]
    if members:
        members.sort(key=lambda entry: -entry[2]["share"])
        told.append(
            "With the rest of the region, "
            + "; ".join(
                f"{name}'s share {moved(first['share'], last['share'])} ({first['year']} to {last['year']})"
                for name, first, last in members
            )
            + "."
        )
    return [*told, _gaps(frame)]


def _preference(first: dict[str, float], last: dict[str, float]) -> str:
    """Intensity and introversion in words, where they are known."""
    if None in (last["intensity"], first["introversion"], last["introversion"]):
        return ""
    return (
        f" Its states traded {last['intensity']:.1f} times as much with one another in {last['year']} as the region's part "
        f"in world trade would have it. Symmetric introversion, 0 where they do not prefer one another to outsiders and 1 "
        f"where they trade with nobody else, was {first['introversion']:.2f} and became {last['introversion']:.2f}; small "
        "regions are near 1 easily."
    )


def _gaps(frame: pl.DataFrame) -> str:
    """What is missing, and what that does to the shares."""
    whole = frame.filter(pl.col("actor") == REGION).sort("year")
    if not whole.height:
        return "Shares are over known flows; a missing flow is not zero."
    last = whole.row(-1, named=True)
    inside, missing = last["intra_flows"] - last["intra_known"], last["flows"] - last["known"]
    text = (
        f"Shares are over known flows, as importers report them; a missing flow is not zero. Of the {last['flows']:,} "
        f"flows that the region's states might have had in {last['year']}, {missing:,} are not in the data"
    )
    if inside:
        text += f", {inside} of them within the region, so that the shares are open both ways. "
    elif missing:
        text += ", none of them within the region, so that the shares are the highest that they can be. "
    else:
        text += ". "
    zeros = whole.filter(pl.col("intra_zero") > 0)
    if zeros.height:
        text += (
            f"The data give {zeros['intra_zero'].sum()} flows within the region as zero, in "
            f"{listed([str(year) for year in zeros['year']])}; they are taken as such, though a zero between neighbours may be "
            "a report that was not made."
        )
    return text.strip()


def largest(concentration: pl.DataFrame, called: dict[str, str], names: Names) -> str:
    """Who the largest partner of each member is, since when without a break, and where trade hangs on few."""
    year = last_year(concentration)
    told = []
    for (state,), rows in concentration.drop_nulls("largest").group_by("state", maintain_order=True):
        back = rows.sort("year", descending=True)
        if back["year"][0] != year:
            continue
        partner, share = str(back["largest"][0]), float(back["largest_share"][0])
        run = back.filter((pl.col("largest") != partner).cum_sum() == 0)
        earlier = back.slice(run.height, 1)["largest"].to_list()
        since = f", since {run['year'][-1]}" if run.height > 1 else ""
        before = f", after {called.get(earlier[0], earlier[0])}" if earlier else ""
        told.append(
            f"{names.actor(str(state))}'s was {called.get(partner, partner)} ({percent(share)} per cent{since}{before})"
        )
    text = f"The largest partner in {year}: {'; '.join(told)}. " if told else ""
    now = (
        concentration.filter(pl.col("year") == year)
        .drop_nulls("herfindahl")
        .sort("herfindahl", descending=True)
    )
    if now.height > 1:
        most, least = now.row(0, named=True), now.row(-1, named=True)
        text += (
            f"Trade hangs most on few partners in {names.actor(most['state'])} (Herfindahl index {most['herfindahl']:.2f}, as "
            f"with {1 / most['herfindahl']:.1f} equal partners) and least in {names.actor(least['state'])} "
            f"({least['herfindahl']:.2f}, as with {1 / least['herfindahl']:.1f})."
        )
    return text.strip()


def blocs(frame: pl.DataFrame, names: Names) -> str:
    """Where a bloc, counted as one, is larger than the largest state."""
    last = frame.filter((pl.col("year") == last_year(frame)) & pl.col("share").is_not_null())
    single = last.filter(pl.col("kind") == "state").group_by("state").agg(most=pl.col("share").max())
    over = (
        last.filter(pl.col("kind") == "bloc")
        .join(single, on="state")
        .filter(pl.col("share") > pl.col("most"))
    )
    told = [
        f"{called} in the trade of {names.actor(state)} ({percent(share)} per cent)"
        for called, state, share in over.sort("name", "state").select("name", "state", "share").iter_rows()
    ]
    return f"Larger than any single partner is a bloc counted as one: {listed(told)}." if told else ""


def abrupt(frame: pl.DataFrame, names: Names) -> str:
    """Zeros that a large trade follows (a tenth of all or more): likelier gaps in reports than no trade."""
    zeros = (
        frame.filter(pl.col("kind") == "state")
        .sort("state", "partner", "year")
        .with_columns(
            follows=pl.when(pl.col("share") > 0).then("share").backward_fill().over("state", "partner")
        )
        .filter((pl.col("share") == 0) & (pl.col("follows") >= ABRUPT))
        .group_by("state", "partner", "name", maintain_order=True)
        .agg(pl.col("year"), pl.col("follows").last())
    )
    if not zeros.height:
        return ""
    told = [
        f"{names.actor(state)} and {called} in {listed([str(year) for year in years])} (then {percent(share)} per cent)"
        for state, called, years, share in zeros.select("state", "name", "year", "follows").iter_rows()
    ]
    return (
        f"The data give no trade at all between {'; '.join(told)}. Zeros that large trade follows are likelier gaps in reports "
        "than no trade; they are taken as they stand, and all other shares of those years are too high for it."
    )
