"""Phrases found by a regular expression, against a reader that goes letter by letter."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.methods.passages import counted, lower, pattern, places, whole, word_count

JOINING = " -"
_pieces = ["a", "a", "b", "ab", "é", "A", "b’s", " ", " ", "-", "-\n", "\r\n", ", ", "-  \n\t"]
texts = st.lists(st.sampled_from(_pieces), max_size=30).map("".join)
_words = st.sampled_from(["a", "ab", "b", "aa", "é", "éa*", "a*", "b*", "é*", "b's"])
phrases = st.lists(st.tuples(_words, st.sampled_from(JOINING)), min_size=1, max_size=3).map(
    lambda pieces: "".join(word + joint for word, joint in pieces)[:-1]
)
several = st.lists(phrases, min_size=1, max_size=4)
Place = tuple[int, int]


def is_letter(text: str, place: int) -> bool:
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")


def slow_whole(text: str, sought: list[str]) -> str:
    """Word by word: a hyphen, spaces, a line's end and more white space between two letters is an open hyphen."""
    out, place = "", 0
    while place < len(text):
        if text[place] == "-" and out and is_letter(out, len(out) - 1):
            after = place + 1
            while after < len(text) and text[after] in " \t":
                after += 1
            if after < len(text) and text[after] in "\r\n":
                while after < len(text) and text[after].isspace():
                    after += 1
                if is_letter(text, after):
                    out, place = out + "~", after
                    continue
        out, place = out + text[place], place + 1
    known = {word for phrase in sought for word in phrase.replace("-", " ").split()}
    runs: list[str] = []
    for letter in out:
        inside = letter == "~" or is_letter(letter, 0)
        if runs and inside and (runs[-1][-1] == "~" or is_letter(runs[-1], len(runs[-1]) - 1)):
            runs[-1] += letter
        else:
            runs.append(letter)
    mended = [run.replace("~", "" if _inside(run, known) else "-") for run in runs]
    return " ".join("".join(mended).split())


def _inside(run: str, known: set[str]) -> bool:
    joined, first = run.replace("~", "").lower(), run.split("~")[0]
    return any(
        joined.startswith(word[:-1]) and len(word) - 1 > len(first) if word.endswith("*") else joined == word
        for word in known
    )


def ends_at(text: str, place: int, phrase: str) -> int | None:
    """Where a phrase that begins at a place of a text ends; none if it does not stand there."""
    if is_letter(text, place - 1):
        return None
    for at, letter in enumerate(phrase):
        if letter == "*":
            while is_letter(text, place):
                place += 1
            continue
        if letter in JOINING:
            parted = place
            while place < len(text) and text[place] in JOINING:
                place += 1
            if place == parted and (letter == " " or phrase[at - 1] == "*"):
                return None
            continue
        here = text[place : place + 1].lower()
        if here != letter and not (letter == "'" and here == "’"):
            return None
        place += 1
    return None if is_letter(text, place) and is_letter(text, place - 1) else place


def slow_places(text: str, own: list[str], passed: list[str]) -> list[Place]:
    def by_words(phrase: str) -> int:
        return -sum(letter in JOINING for letter in phrase)

    order = [(phrase, False) for phrase in sorted(passed, key=by_words)]
    order += [(phrase, True) for phrase in sorted(own, key=by_words)]
    found, place = [], 0
    while place < len(text):
        for phrase, counts in order:
            end = ends_at(text, place, phrase)
            if end is not None:
                if counts:
                    found.append((place, end))
                place = end
                break
        else:
            place += 1
    return found


@settings(max_examples=300)
@given(st.lists(texts, min_size=1, max_size=4), several)
def test_text_made_whole_agrees_with_its_slow_twin(written: list[str], sought: list[str]) -> None:
    assert whole(pl.Series(written), sought).to_list() == [slow_whole(text, sought) for text in written]


@settings(max_examples=400)
@given(texts, several, st.lists(phrases, max_size=2))
def test_counts_and_places_agree_with_their_slow_twin(text: str, own: list[str], passed: list[str]) -> None:
    frame = pl.DataFrame({"text": [text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")]})
    flat, found_by = frame["text"][0], pattern(own, passed)
    expected = slow_places(flat, own, passed)
    assert frame.select(counted(lower(pl.col("text")), found_by)).item() == len(expected)
    rows = places(frame, found_by, 1000)
    assert [(len(before), len(before + match)) for before, match, _ in rows.iter_rows()] == expected
    assert all(before + match + after == flat for before, match, after in rows.iter_rows())


@given(texts, several, st.integers(0, 12))
def test_a_context_is_a_stretch_of_the_text_of_whole_words(text: str, own: list[str], around: int) -> None:
    flat = " ".join(text.split())
    expected = []
    for start, end in slow_places(flat, own, []):
        begins = [at for at in range(max(0, start - around), start) if at == 0 or flat[at - 1] == " "]
        ends = [at for at in range(end, min(len(flat), end + around) + 1) if flat[at : at + 1] in ("", " ")]
        first, last = min(begins, default=start), max(ends, default=end)
        expected.append((flat[first:start], flat[start:end], flat[end:last]))
    assert places(pl.DataFrame({"text": [flat]}), pattern(own), around).rows() == expected


@given(texts, several)
def test_making_whole_twice_changes_nothing(text: str, sought: list[str]) -> None:
    once = whole(pl.Series([text]), sought)
    assert whole(once, sought).to_list() == once.to_list()


@given(texts, texts, several, st.lists(phrases, max_size=2))
def test_sentences_add_up_whatever_their_letters(
    one: str, other: str, own: list[str], passed: list[str]
) -> None:
    """No phrase goes over a full stop; capitals count as small letters."""
    frame = pl.DataFrame(
        {"text": whole(pl.Series([one, other, f"{one}. {other}", f"{one}. {other}".upper()]), own)}
    )
    counts = frame.select(counted(lower(pl.col("text")), pattern(own, passed)))["text"].to_list()
    words = frame.select(word_count(pl.col("text")))["text"].to_list()
    assert counts[0] + counts[1] == counts[2] == counts[3]
    assert words[0] + words[1] == words[2] == words[3]
