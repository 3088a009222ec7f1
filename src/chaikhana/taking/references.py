"""The works and datasets that a study cites, as BibTeX: every entry that a row or a series names, and the study itself."""

from __future__ import annotations

from pathlib import Path

from chaikhana import __version__
from chaikhana.core.evidence import parse_citations
from chaikhana.study.study import Study
from chaikhana.study.writing import replace_whole


def cited_keys(study: Study) -> list[str]:
    """The keys that rows cite, in the order of the alphabet."""
    found = {
        citation.key
        for frame in study.frames.values()
        for cite in frame["cite"].unique()
        for citation in parse_citations(cite)
    }
    found |= set(study.about.papers) | {one.origin["dataset"] for one in study.derived.values()}
    return sorted(found & set(study.bibliography))


def write_bibtex(study: Study, target: Path) -> int:
    """Write the entries, the study's own first; the number of them.

    Raises
    ------
    OutputError
    """
    about = study.about
    authors = " and ".join(f"{{{name}}}" for name in about.authors) or "{The authors of the study}"
    own = "\n".join(
        (
            f"@misc{{{about.id}-study,",
            f"  author = {{{authors}}},",
            f"  title = {{{about.title}}},",
            f"  year = {{{about.ends[:4]}}},",
            f"  version = {{{about.version}}},",
            f"  howpublished = {{Study, made with chaikhana {__version__}}},",
            f"  licence = {{{about.licence}}}",
            "}",
        )
    )
    keys = cited_keys(study)
    replace_whole(target, "\n\n".join([own, *(study.bibliography[key].bibtex for key in keys)]) + "\n")
    return len(keys) + 1
