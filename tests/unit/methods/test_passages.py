"""Phrases found in running text: lines joined, phrases counted and shown, each by hand."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.errors import BadValueError
from chaikhana.methods.passages import check_phrase, counted, lower, pattern, places, whole, word_count


def made_whole(text: str, *phrases: str) -> str:
    return whole(pl.Series([text]), phrases)[0]


def times(text: str, *phrases: str, but_not: tuple[str, ...] = ()) -> int:
    frame = pl.DataFrame({"text": whole(pl.Series([text]), phrases)})
    return frame.select(counted(lower(pl.col("text")), pattern(phrases, but_not))).item()


def found(text: str, *phrases: str, but_not: tuple[str, ...] = (), around: int = 80) -> list[tuple[str, ...]]:
    return places(pl.DataFrame({"text": [text]}), pattern(phrases, but_not), around).rows()


@pytest.mark.parametrize(
    ("text", "phrases", "expected"),
    [
        ("the Black\nSea\r\n region\t of \n\n today ", (), "the Black Sea region of today"),
        ("Coop-\neration", ("cooperation",), "Cooperation"),
        ("Coop-\neration", ("Cooperat*",), "Cooperation"),
        ("Coop-\neration", ("economic cooperation",), "Cooperation"),
        ("Coop-\neration", ("peace",), "Coop-eration"),
        (
            "Asia-\nPacific and Secretary-  \r\n  General",
            ("pacific", "general"),
            "Asia-Pacific and Secretary-General",
        ),
        ("co-op-\neration", ("cooperation",), "co-op-eration"),
        ("co-\nope-\nration", ("cooperation",), "cooperation"),
        # a star takes any ending, and yet a compound keeps a hyphen that stands after the part sought
        ("drug-\ntrafficking", ("drug*",), "drug-trafficking"),
        ("neu-\ntrality", ("neutral*",), "neutrality"),
        ("neu-\ntrality", ("ne*", "neutral*"), "neutrality"),
        ("peace-\nkeepers, drug-\nfree", ("peace*", "peacekeep*", "drug*"), "peacekeepers, drug-free"),
        # a dash between spaces parts, and does not break a word
        ("a word -\nanother", ("wordanother",), "a word - another"),
        ("soft\u00adhyphen \u0007 bell\x1eand\x1fmark", (), "softhyphen bell and mark"),
        ("", (), ""),
    ],
)
def test_text_made_whole(text: str, phrases: tuple[str, ...], expected: str) -> None:
    assert made_whole(text, *phrases) == expected


def test_one_text_does_not_change_another() -> None:
    """A broken word is joined where it stands, and not where it begins or ends another broken word."""
    broken = ["coop-\neration", None, "telecoop-\neration", "coop-\nerationist", "coop-eration"]
    texts = whole(pl.Series(broken), ["cooperation"])
    assert texts.to_list() == ["cooperation", None, "telecoop-eration", "coop-erationist", "coop-eration"]


def test_no_text_at_all() -> None:
    assert whole(pl.Series([], dtype=pl.String)).to_list() == []
    assert whole(pl.Series([None], dtype=pl.String)).to_list() == [None]


def test_words() -> None:
    frame = pl.DataFrame(
        {"text": ["The Secretary-General’s 21st report -- it's “new”.", "", None, "1,000 words"]}
    )
    # The, Secretary-General’s, 21st, report, it's, new; 1 and 000 and words: a comma parts
    assert frame.select(word_count(pl.col("text")))["text"].to_list() == [6, 0, None, 3]


@pytest.mark.parametrize(
    ("text", "phrases", "expected"),
    [
        ("Black Sea, black  sea, BLACK-SEA and Black\nSea", ("Black Sea",), 4),
        ("Black Seas and Blacksea", ("Black Sea",), 0),
        ("Black Seas", ("Black Sea*",), 1),
        ("the Aral, general, Aralsk, Aral’s", ("Aral",), 2),
        ("non-use, non use, nonuse, non- use", ("non-use",), 4),
        ("non-use, non use, nonuse, non- use", ("non use",), 3),
        ("state’s and state's", ("state's",), 2),
        # one place, several phrases: no letter serves twice
        ("neutral state", ("neutral", "neutral state", "state"), 1),
        ("state, neutral", ("neutral", "neutral state", "state"), 2),
        ("a b c d", ("a b", "b c", "c d"), 2),
        # a star takes the whole ending, so that nothing of it is left to begin another phrase
        ("nonexistent", ("non*-existent",), 0),
        ("none existent", ("non*-existent",), 1),
        ("Ålesund İstanbul ÅLESUND", ("ålesund", "istanbul"), 3),
    ],
)
def test_counts(text: str, phrases: tuple[str, ...], expected: int) -> None:
    assert times(text, *phrases) == expected


def test_what_is_not_meant_is_passed_over() -> None:
    text = "Carbon neutrality by 2060; permanent neutrality; carbon-neutral roads for a neutral state."
    assert times(text, "neutral*") == 4
    assert times(text, "neutral*", but_not=("carbon neutral*",)) == 2
    # an exclusion that holds no match changes nothing, and one equal to the phrase leaves nothing
    assert times(text, "neutral*", but_not=("carbon roads",)) == 4
    assert times(text, "neutral*", but_not=("neutral*",)) == 0
    assert found(text, "neutral*", but_not=("carbon neutral*",), around=10) == [
        ("permanent ", "neutrality", ";"),
        ("for a ", "neutral", " state."),
    ]


def test_a_null_text_is_unknown() -> None:
    frame = pl.DataFrame({"text": ["neutral", None, ""]})
    assert frame.select(counted(pl.col("text"), pattern(["neutral"])))["text"].to_list() == [1, None, 0]
    assert places(frame, pattern(["neutral"]), 5).height == 1


def test_passages_in_order_with_what_stands_around_them() -> None:
    texts = pl.DataFrame({"who": ["b", "a"], "text": ["İ one two THREE four five", "three; and three"]})
    rows = places(texts, pattern(["three"]), 5)
    assert rows.columns == ["who", "before", "match", "after"]
    assert rows.rows() == [
        ("b", "two ", "THREE", " four"),
        ("a", "", "three", "; and"),
        ("a", "and ", "three", ""),
    ]
    assert places(texts, pattern(["three"]), 0).select("before", "match", "after").rows() == [
        ("", "THREE", ""), ("", "three", ""), ("", "three", ""),
    ]  # fmt: skip
    assert places(texts, pattern(["three"]), 100)["before"].to_list() == ["İ one two ", "", "three; and "]


def test_no_passages() -> None:
    rows = places(pl.DataFrame({"who": ["a"], "text": ["nothing"]}), pattern(["three"]), 5)
    assert (rows.height, rows.columns) == (0, ["who", "before", "match", "after"])


@pytest.mark.parametrize(
    "phrase", ["", "*", " a", "a ", "a  b", "a*b", "a -b", "a.b", "(a", "'s", "a|b", "a\nb", "a**"]
)
def test_what_is_no_phrase(phrase: str) -> None:
    with pytest.raises(BadValueError, match="is not a phrase"):
        check_phrase(phrase)
    with pytest.raises(BadValueError, match="is not a phrase"):
        pattern(["good"], [phrase])


@pytest.mark.parametrize("phrase", ["a", "A*", "non-use", "people's* court", "68", "Größe", "a-b c-d*"])
def test_what_is_a_phrase(phrase: str) -> None:
    check_phrase(phrase)


def test_nothing_to_find_and_no_such_context() -> None:
    with pytest.raises(BadValueError, match="no phrase to find"):
        pattern([])
    with pytest.raises(BadValueError, match="-1 characters"):
        places(pl.DataFrame({"text": ["a"]}), pattern(["a"]), -1)
