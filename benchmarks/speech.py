"""Frames of a shipped study in all speeches of the General Debate: ours, and pandas with Python's regular expressions.

Run with `make bench`, with un-general-debate in the source store. Both take the speeches as they are printed: each makes the
texts whole, counts their words, and counts the places of every frame by the same expressions; the results must be equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from side_by_side import compare, dataset, pandas, same_frame

from chaikhana.measures.speech_frames import world
from chaikhana.methods.passages import pattern
from chaikhana.study.about import Frame
from chaikhana.study.catalogue import shipped
from chaikhana.study.loading import load_study

STUDY = "central-asia"
BREAK = re.compile(r"\b-[ \t]*(?:\r\n?|\n)\s*\b")
BROKEN = re.compile("\\w+(?:\u00ad\\w+)+")
SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def main() -> None:
    """Print the times."""
    kept, pd = dataset("un-general-debate"), pandas()
    if kept is None or pd is None:
        return
    speeches = kept.table("speeches").select("state", "iso3", "year", "session", "text")
    frames = load_study(shipped()[STUDY]).about.frames
    frame = speeches.to_pandas()
    compare(
        f"{len(frames)} frames in {speeches.height:,} speeches",
        lambda: world(speeches, frames),
        {"pandas": lambda: in_pandas(frame, frames, pd)},
        same_frame,
    )


def in_pandas(speeches: Any, frames: Mapping[str, Frame], pd: Any) -> Any:
    """What one would write in pandas."""
    whole = speeches["text"].map(made_whole(frames))
    words, texts = whole.str.count(WORD), whole.str.replace("İ", "i").str.lower()
    pieces = []
    for name, frame in frames.items():
        found_by = re.compile(pattern(frame.words, frame.but_not))
        found = texts.map(lambda text, by=found_by: sum(m["found"] is not None for m in by.finditer(text)))
        pieces.append(speeches.drop(columns="text").assign(words=words, frame=name, count=found))
    every = pd.concat(pieces)
    every["per_thousand"] = 1000 * every["count"] / every["words"].where(every["words"] > 0)
    return every.sort_values(["iso3", "session"], kind="stable")


def made_whole(frames: Mapping[str, Frame]) -> Callable[[str], str]:
    """What takes the lines out of a text, and the hyphens at their ends out of words that are sought."""
    phrases = [phrase for frame in frames.values() for phrase in (*frame.words, *frame.but_not)]
    parts = {part.lower() for phrase in phrases for part in re.split("[ -]", phrase)}
    words = {part for part in parts if not part.endswith("*")}
    stems = tuple(part[:-1] for part in parts if part.endswith("*"))

    def mended(match: re.Match[str]) -> str:
        joined, first = match[0].replace("\u00ad", "").lower(), match[0].index("\u00ad")
        sought = joined in words or any(len(stem) > first and joined.startswith(stem) for stem in stems)
        return match[0].replace("\u00ad", "" if sought else "-")

    def whole(text: str) -> str:
        opened = SPACE.sub(" ", BREAK.sub("\u00ad", text.replace("\u00ad", ""))).strip(" ")
        return BROKEN.sub(mended, opened)

    return whole


if __name__ == "__main__":
    main()
