"""The frames that a study seeks in speeches, as `study.toml` gives them."""

from __future__ import annotations

from chaikhana.core.evidence import parse_citations
from chaikhana.methods.passages import pattern
from chaikhana.study.study import Study


def test_a_frame_as_written(nordic: Study) -> None:
    frame = nordic.about.frames["nordic"]
    assert (frame.name, frame.says) == ("Norden", "Norden, the five together")
    assert frame.words == ("Nordic*", "Norden", "Scandinavia*")
    assert frame.but_not == ("Nordic Bank*",)
    assert frame.named_by == "strang2016, executive summary"
    own = nordic.about.frames["baltic"]
    assert (own.but_not, own.named_by) == ((), "")


def test_a_study_need_not_have_any(tiny) -> None:
    assert tiny().about.frames == {}


def test_the_shipped_frames_hold_every_identity_and_say_which_paper_speaks_of_them(
    central_asia: Study,
) -> None:
    about = central_asia.about
    assert set(about.identity_frames) <= set(about.frames)
    for name, frame in about.frames.items():
        assert pattern(frame.words, frame.but_not)
        assert len(frame.name) <= 36, f"{name}: too long for the head of a panel"
        cited = parse_citations(frame.named_by)
        assert all(citation.locator for citation in cited), name
        assert {citation.key for citation in cited} <= set(central_asia.bibliography)
