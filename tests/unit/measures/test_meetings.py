"""Measures of meetings and agreements on a study of three states, by hand."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from chaikhana.measures.agreements_width import agreements_width
from chaikhana.measures.formats import formats
from chaikhana.measures.meeting_attendance import meeting_attendance
from chaikhana.measures.meeting_frequency import meeting_frequency
from chaikhana.measures.meeting_regularity import meeting_regularity
from chaikhana.study.study import Study


def by(frame: pl.DataFrame, *keys: str) -> dict[object, dict[str, object]]:
    return {
        tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]: row
        for row in frame.iter_rows(named=True)
    }


def test_formats_are_computed_from_who_took_part(small: Study) -> None:
    found = by(formats(small).frame, "id")
    assert {name: row["format"] for name, row in found.items()} == {
        "far": "outsiders only",
        "two": "T-1+1",
        "first": "T-2+1",
        "second": "T-2",
        "outside": "outsiders only",
        "all": "T-3",
    }
    first, second = found["first"], found["second"]
    assert (first["members"], first["without"], first["away"], first["outsiders"]) == (
        ["aaa", "bbb"], ["ccc"], ["ccc"], ["xxx"],
    )  # fmt: skip
    assert (second["uncertain"], second["without"], second["away"]) == (["ccc"], [], [])
    assert [name for name, row in found.items() if row["complete"]] == ["all"]
    assert set(first["rows"]) == {"meetings:2", *(f"attendance:{line}" for line in (2, 3, 4, 5))}
    assert set(found["all"]["rows"]) == {"agreements:2", "parties:2", "parties:3", "parties:4"}
    assert (first["kind"], first["year"], found["all"]["kind"], found["all"]["body"]) == (
        "meeting", 1995, "agreement", "org",
    )  # fmt: skip


def test_a_meeting_and_an_agreement_of_one_name_stay_apart(tiny) -> None:
    study = tiny(
        meetings="id,title,date\nsame,Meeting,1995",
        attendance="meeting,actor,present\nsame,aaa,yes\nsame,bbb,yes",
        agreements="id,title,signed,form\nsame,Agreement,1995,treaty",
        parties="agreement,actor\nsame,ccc\nsame,xxx",
    )
    found = by(formats(study).frame, "kind")
    assert (found["meeting"]["format"], found["agreement"]["format"]) == ("T-2", "T-1+1")


def test_an_undated_meeting_has_no_year(tiny) -> None:
    study = tiny(
        meetings="id,title,date\nm,Meeting,", attendance="meeting,actor,present\nm,aaa,yes\nm,bbb,yes"
    )
    assert formats(study).frame["year"].to_list() == [None]


def test_width_and_reach_of_agreements(small: Study) -> None:
    found = by(agreements_width(small).frame, "id")
    assert {name: (row["width"], row["reach"], row["year"]) for name, row in found.items()} == {
        "none": ("not known", "not known", 1992),
        "far": ("bilateral", "without the region", 1993),
        "two": ("bilateral", "with outsiders", 1994),
        "all": ("multilateral", "within the region", 1996),
        "one": ("not known", "not known", None),
    }
    assert [name for name, row in found.items() if row["complete"]] == ["all"]
    assert (found["two"]["members"], found["two"]["outsiders"]) == (["aaa"], ["xxx"])
    assert found["none"]["rows"] == ["agreements:5"]
    assert set(found["all"]["rows"]) == {"agreements:2", "parties:2", "parties:3", "parties:4"}


def test_meetings_a_year(small: Study) -> None:
    found = by(meeting_frequency(small).frame, "year", "level", "company")
    assert {key: row["ids"] for key, row in found.items()} == {
        (1995, "heads-of-state", "with outsiders"): ["first"],
        (1995, "ministers", "the region alone"): ["second"],
        (1996, "ministers", "the region alone"): ["third"],
        (1997, "ministers", "the region alone"): ["lonely"],
    }
    assert all(row["meetings"] == 1 for row in found.values())


def test_meetings_of_a_span(small: Study) -> None:
    frame = meeting_frequency(small, date(1995, 4, 1), date(1996, 12, 31)).frame
    assert frame["ids"].to_list() == [["second"], ["third"]]


def test_meetings_a_year_trace_who_came(small: Study) -> None:
    """The company of a meeting rests on its attendance, not on its own row."""
    first = by(meeting_frequency(small).frame, "year", "level")[1995, "heads-of-state"]
    assert set(first["rows"]) == {"meetings:2", *(f"attendance:{line}" for line in (2, 3, 5))}


def test_attendance_and_rank(small: Study) -> None:
    found = by(meeting_attendance(small).frame, "body", "actor")
    assert {
        key: tuple(
            row[name] for name in ("meetings", "came", "unknown", "below_rank", "share_low", "share_high")
        )
        for key, row in found.items()
    } == {
        ("org", "aaa"): (1, 1, 0, 0, 1, 1),
        ("plat", "aaa"): (3, 3, 0, 0, 1, 1),
        ("plat", "bbb"): (3, 2, 0, 2, pytest.approx(2 / 3), pytest.approx(2 / 3)),
        ("plat", "ccc"): (2, 0, 1, 0, 0, pytest.approx(1 / 2)),
    }
    assert set(found["plat", "ccc"]["rows"]) == {"attendance:4", "attendance:8"}


def regular(tiny, *dates: str) -> pl.DataFrame:
    lines = [f"m{place},Meeting,org,{day},ministers" for place, day in enumerate(dates)]
    return meeting_regularity(
        tiny(
            bodies="id,name,form,from,to\norg,Org,formal-organisation,1980,..",
            meetings="\n".join(["id,title,body,date,level", *lines]),
        )
    ).frame


def test_regularity_of_gaps(tiny) -> None:
    """Gaps of 365 and 731 days: mean 548, standard deviation 183 √2."""
    row = regular(tiny, "1993-01-01", "1990-01-01", "1991-01-01").row(0, named=True)
    assert (row["meetings"], row["first"], row["last"], row["inexact_dates"]) == (
        3, "1990-01-01", "1993-01-01", 0,
    )  # fmt: skip
    assert row["mean_gap_years"] == pytest.approx(548 / 365.25)
    assert row["longest_gap_years"] == pytest.approx(731 / 365.25)
    assert row["variation"] == pytest.approx(183 * 2**0.5 / 548)
    assert set(row["rows"]) == {"meetings:2", "meetings:3", "meetings:4"}


def test_a_clock_has_no_variation(tiny) -> None:
    assert regular(tiny, "1990-01-01", "1991-01-01", "1992-01-01")["variation"].item() == pytest.approx(0)


def test_a_meeting_known_to_the_year_counts_at_its_middle(tiny) -> None:
    row = regular(tiny, "1990", "1991", "1993").row(0, named=True)
    assert row["inexact_dates"] == 3
    assert row["mean_gap_years"] == pytest.approx(1.5, abs=0.01)


def test_two_meetings_are_too_few(tiny) -> None:
    assert regular(tiny, "1990-01-01", "1991-01-01").is_empty()


def test_an_undated_meeting_makes_no_gap(tiny) -> None:
    assert regular(tiny, "1990-01-01", "1991-01-01", "").is_empty()
    row = regular(tiny, "1990-01-01", "1991-01-01", "1992-01-01", "").row(0, named=True)
    assert row["meetings"] == 3
    assert row["longest_gap_years"] == pytest.approx(365 / 365.25)
