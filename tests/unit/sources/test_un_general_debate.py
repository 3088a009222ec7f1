"""Speeches of the General Debate: texts as they are, over many lines, and whose they are."""

from __future__ import annotations

from chaikhana.sources.un_general_debate import ID
from samples.un_general_debate import SAMPLES


def test_speeches_cell_by_cell(add_sample) -> None:
    speeches = add_sample(ID, SAMPLES).table("speeches")
    assert speeches.columns == [
        "iso3", "session", "year", "country", "speaker", "post", "text", "state",
    ]  # fmt: skip
    assert speeches.drop("text").rows() == [
        ("DEU", 45, 1990, "Germany", "Mr. Nobody", None, "deu"),
        ("EU", 70, 2015, "European Union", "Ms. Elsewhere", "President", None),
        ("KAZ", 50, 1995, "Kazakstan", "Ms. Somebody", "Minister for Foreign Affairs", "kaz"),
        ("KAZ", 75, 2020, "Kazakhstan", "Ms. Somebody", "President", "kaz"),
        ("RUS", 45, 1990, "Russian Federation", "Mr. Another", None, "sun"),
        ("RUS", 60, 2005, "Russian Federation", "Mr. Another", "Minister", "rus"),
    ]


def test_texts_keep_their_lines_and_quotation_marks(add_sample) -> None:
    texts = add_sample(ID, SAMPLES).table("speeches")["text"].to_list()
    assert texts[2] == (
        'The peoples of Central\nAsia know what coop-\neration is. It is called "neighbourliness", by some.'
    )
    assert texts[3] == "Құрметті Төраға! Ladies and gentlemen."
    assert texts[5] == "Short and on one line."


def test_a_bloc_is_no_state(add_sample) -> None:
    assert add_sample(ID, SAMPLES).unresolved().rows() == [("speeches.iso3", "EU", 2015, 2015, 1)]
