"""Phrases found in running text: text made whole, phrases counted, and the places where they stand.

What it is: word counts over a dictionary of phrases (Laver & Garry 2000, *Estimating policy positions from political texts*,
American Journal of Political Science 44(3), 619–634, doi:10.2307/2669268, who so count policy words). Reads texts as polars
strings and phrases; returns texts, counts and passages. Knows nothing of speakers. Ours, all of it: what is done with a
hyphen at a line's end, what counts as a word, how a phrase is written. It is no reading: a phrase denied counts as one said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from chaikhana.errors import BadValueError, shorten

OPEN_HYPHEN = "\u00ad"  # within this file: a hyphen at a line's end that may be the word's or the printer's
_START, _END = "\x1e", "\x1f"  # `whole` leaves no such characters in a text
_WORD = r"\w(?:[\w'’]*\w)?\*?"
_PHRASE = re.compile(rf"{_WORD}(?:[ -]{_WORD})*")
_JOINT = re.compile(r"[ -]")


def check_phrase(phrase: str) -> None:
    """Refuse what is not a phrase.

    A phrase is one or more words parted by single spaces or hyphens; a word is letters, digits and inner apostrophes; a
    star at its end stands for any ending.

    Raises
    ------
    BadValueError
        If it is written in another way.
    """
    if not _PHRASE.fullmatch(phrase):
        raise BadValueError(
            f"‘{shorten(phrase)}’ is not a phrase. Write words of letters and digits, parted by one space or "
            "hyphen; a star may stand for the ending of a word: ‘neutral* state*’."
        )


def pattern(phrases: Sequence[str], but_not: Sequence[str] = ()) -> str:
    """A regular expression (of Rust's kind, for lower-case text) that finds phrases, but passes over those of `but_not`.

    Upper and lower case are alike; a phrase begins and ends with a word; between two words that it parts by a space
    stand spaces or hyphens, between two that it parts by a hyphen the same or nothing (‘non-use’ finds ‘non use’ and
    ‘nonuse’). A text is read from left to right and no letter serves twice: at each place phrases of `but_not` are tried
    first, so that a phrase inside one of them is passed over; then phrases of more words, then those named earlier.

    Raises
    ------
    BadValueError
        If a phrase is not one, or there is none to find.
    """
    if not phrases:
        raise BadValueError("There is no phrase to find. Name one at least.")
    found = f"(?P<found>{_alternatives(phrases)})"
    return f"(?P<passed>{_alternatives(but_not)})|{found}" if but_not else found


def whole(texts: pl.Series, phrases: Iterable[str] = ()) -> pl.Series:
    """Texts without line breaks: white space is one space, and words broken at a line's end are joined.

    Parameters
    ----------
    texts : polars.Series of str
    phrases : iterable of str
        What will be sought. A hyphen at a line's end goes where it stands inside a word of these, or inside the part of one
        before its star, and stays elsewhere: ‘coop-⏎eration’ becomes ‘cooperation’ if that is sought, ‘Secretary-⏎General’
        keeps its hyphen. (Ours. In texts set without hyphenation, such as records of the United Nations, most such hyphens
        are the word's own.)

    Returns
    -------
    polars.Series of str
        As long as `texts`; nulls stay null. Control characters count as white space; invisible (soft) hyphens go.
    """
    opened = (
        texts.str.replace_all(OPEN_HYPHEN, "", literal=True)
        .str.replace_all(r"\b-[ \t]*(?:\r\n?|\n)\s*\b", OPEN_HYPHEN)
        .str.replace_all(r"[\s\p{Cc}]+", " ")
        .str.strip_chars(" ")
    )
    broken = pl.DataFrame({"open": _broken_words(opened)}).with_columns(
        shut=pl.col("open").str.replace_all(OPEN_HYPHEN, "-", literal=True),
        joined=pl.col("open").str.replace_all(OPEN_HYPHEN, "", literal=True),
    )
    if broken.is_empty():
        return opened
    if known := {word for phrase in phrases for word in _JOINT.split(phrase)}:
        broken = broken.with_columns(shut=pl.when(_inside(known)).then("joined").otherwise("shut"))
    return opened.str.replace_many(broken["open"].to_list(), broken["shut"].to_list(), leftmost=True)


def _inside(known: set[str]) -> pl.Expr:
    """Whether the first hyphen of a broken word stands inside a word, or a beginning of words, that is known."""
    words = sorted(_word(word) for word in known if not word.endswith("*"))
    stems = sorted(word.removesuffix("*") for word in known if word.endswith("*"))
    longest_first = "|".join(map(_word, sorted(stems, key=len, reverse=True)))
    joined = lower(pl.col("joined"))
    stem = joined.str.extract(f"^({longest_first})").str.len_chars()
    beginning = pl.col("shut").str.extract("^([^-]*)").str.len_chars()
    return joined.str.contains(f"^(?:{'|'.join(words)})$") | (stem > beginning).fill_null(False)


def _broken_words(opened: pl.Series) -> pl.Series:
    """The words with an open hyphen in them, the longest first, so that none is taken for its own beginning."""
    found = opened.str.extract_all(rf"\w+(?:{OPEN_HYPHEN}\w+)+").explode().drop_nulls().unique().sort()
    return found.gather(found.str.len_chars().arg_sort(descending=True))


def word_count(texts: pl.Expr) -> pl.Expr:
    """How many words a text has; a compound with hyphens or apostrophes is one, a number is one (ours)."""
    return texts.str.count_matches(r"\w+(?:[-'’]\w+)*").cast(pl.Int64)


def lower(texts: pl.Expr) -> pl.Expr:
    """Texts in lower case, letter by letter: the one letter that would become two (İ) becomes one."""
    return texts.str.replace_all("İ", "i", literal=True).str.to_lowercase()


def counted(texts: pl.Expr, found_by: str) -> pl.Expr:
    """How often a `pattern` finds its phrases in texts made `whole` and `lower`; null for a text that is null."""
    marked = _marked(texts, found_by)
    every = marked.str.count_matches(_START, literal=True).cast(pl.Int64)
    return every - marked.str.count_matches(_START + _END, literal=True)


def places(texts: pl.DataFrame, found_by: str, around: int, text: str = "text") -> pl.DataFrame:
    """Each place at which a `pattern` finds its phrases, with what stands around it.

    Parameters
    ----------
    texts : polars.DataFrame
        A column named `text` of texts made `whole`, and any others.
    around : int
        Most characters to either side; a word that the limit would cut is left out.

    Returns
    -------
    polars.DataFrame
        The other columns, then before, match, after, which put together are a stretch of the text; in the order of the
        texts, and of the places in each.

    Raises
    ------
    BadValueError
        If `around` is negative.
    """
    if around < 0:
        raise BadValueError(f"There is no context of {around} characters. Ask for 0 or more.")
    others = [pl.col(name) for name in texts.columns if name != text]
    begin = (pl.col("_begin") - around - 1).clip(0)
    cut_off = pl.col("_text").str.len_chars() > pl.col("_end") + around
    before = pl.col("_text").str.slice(begin, pl.col("_begin") - begin)
    after = pl.col("_text").str.slice(pl.col("_end"), around + 1)
    return (
        texts.select(*others, _text=text, _piece=_marked(lower(pl.col(text)), found_by).str.split(_START))
        .with_row_index("_number")
        .explode("_piece")
        .with_columns(
            _match=pl.col("_piece").str.extract(f"^([^{_END}]*){_END}").str.len_chars().cast(pl.Int64),
            _length=pl.col("_piece").str.replace(_END, "", literal=True).str.len_chars().cast(pl.Int64),
        )
        .with_columns(_begin=pl.col("_length").cum_sum().over("_number") - pl.col("_length"))
        .filter(pl.col("_match") > 0)
        .with_columns(_end=pl.col("_begin") + pl.col("_match"))
        .select(
            *others,
            before=pl.when(pl.col("_begin") > around)
            .then(before.str.replace(r"^\S*(\s|$)", ""))
            .otherwise(before),
            match=pl.col("_text").str.slice("_begin", "_match"),
            after=pl.when(cut_off).then(after.str.replace(r"(^|\s)\S*$", "")).otherwise(after),
        )
    )


def _marked(texts: pl.Expr, found_by: str) -> pl.Expr:
    """Texts with a mark before each place that a pattern finds, and one after it, or before what it passes over."""
    return texts.str.replace_all(found_by, f"{_START}${{found}}{_END}${{passed}}")


def _alternatives(phrases: Sequence[str]) -> str:
    """The phrases as alternatives, those of more words first."""
    for phrase in phrases:
        check_phrase(phrase)
    longest_first = sorted(phrases, key=lambda phrase: -len(_JOINT.findall(phrase)))
    return "|".join(rf"\b{_expression(phrase)}\b" for phrase in longest_first)


def _expression(phrase: str) -> str:
    joints = {" ": r"[\s-]+", "-": r"[\s-]*"}
    return "".join(joints[part] if part in joints else _word(part) for part in re.split(r"([ -])", phrase))


def _word(word: str) -> str:
    """One word as an expression; the star takes the whole of the ending."""
    letters = re.sub("['’]", "['’]", pl.escape_regex(word.removesuffix("*").replace("İ", "i").lower()))
    return rf"{letters}\w*\b" if word.endswith("*") else letters
