"""`study.toml` and `sources.bib`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from chaikhana.study.about import read_about
from chaikhana.study.bibliography import entries_for, read_bibliography
from chaikhana.study.study import Study

TOML = """
id = "tiny"
title = "Tiny"
version = "0"
licence = "CC0-1.0"
region = "Tiny"
short = "T"
members = ["aaa", "bbb"]
begins = "1991-08-31"
ends = "2020"
[issues]
trade = "trade"
[votes]
references = ["xxx"]
[votes.roll_calls]
"68/262" = "A vote"
"""
BIB = """
@article{mayer2021,
  author = {Mayer, Maximilian},
  title = {{Regional} order},
  journal = {A Journal},
  year = 2021, volume = {3}, number = {2}, pages = {1--20},
  doi = {10.1000/x},
}
@book{two2000, author = {One, A. and Two, B.}, title = {Two}, publisher = {House}, year = {2000}}
@book{three1999, author = {One, A. and Two, B. and Three, C.}, title = {Three}, year = {1999}}
@misc{page, title = {A page}, url = {javascript:alert(1)}}
@misc{site, author = {{The Site}}, title = {Site}, date = {2014-03-27}, url = {https://example.org/a}}
"""


def about_of(folder: Path, text: str):
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return read_about(folder)


def test_what_a_study_says_of_itself(tmp_path: Path) -> None:
    about, faults, _ = about_of(tmp_path, TOML)
    assert faults == []
    assert about is not None
    assert about.members == ("aaa", "bbb")
    assert about.votes.roll_calls == {"68/262": "A vote"}
    assert about.first_day == date(1991, 8, 31)
    assert about.last_day == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "rule", "column"),
    [
        ('title = "Tiny"\n', "", "broken-study-toml", "title"),
        ('title = "Tiny"', "title = 3", "broken-study-toml", "title"),
        ('title = "Tiny"', 'titel = "Tiny"', "broken-study-toml", "title"),
        ('["aaa", "bbb"]', '["aaa"]', "broken-study-toml", "members"),
        ('"1991-08-31"', '"31.8.1991"', "broken-study-toml", "begins"),
        ('ends = "2020"', 'ends = ""', "broken-study-toml", "ends"),
        ('ends = "2020"', 'ends = "2020', "broken-toml", None),
        ('references = ["xxx"]', 'reference = ["xxx"]', "broken-study-toml", "votes.reference"),
    ],
)
def test_what_is_wrong_with_it(old: str, new: str, rule: str, column: str | None, tmp_path: Path) -> None:
    about, faults, _ = about_of(tmp_path, TOML.replace(old, new))
    assert about is None
    assert (rule, column) in [(fault.rule, fault.column) for fault in faults]


def test_a_folder_without_them(tmp_path: Path) -> None:
    assert [fault.rule for fault in read_about(tmp_path)[1]] == ["missing-study-toml"]
    assert [fault.rule for fault in read_bibliography(tmp_path)[1]] == ["missing-bibliography"]


def test_how_a_work_is_cited(tmp_path: Path) -> None:
    (tmp_path / "sources.bib").write_text(BIB)
    works, faults, _ = read_bibliography(tmp_path)
    assert faults == []
    assert works is not None
    assert {key: work.short for key, work in works.items()} == {
        "mayer2021": "Mayer 2021",
        "two2000": "One & Two 2000",
        "three1999": "One et al. 1999",
        "page": "A page",
        "site": "The Site 2014",
    }
    assert works["mayer2021"].full == (
        "Mayer, Maximilian (2021). Regional order. A Journal. vol. 3. no. 2. pp. 1–20."
    )
    assert works["mayer2021"].address == "https://doi.org/10.1000/x"
    assert works["site"].address == "https://example.org/a"
    assert works["page"].address == ""


def test_entries_come_out_as_bibtex_again(tmp_path: Path) -> None:
    (tmp_path / "sources.bib").write_text(BIB)
    works, _, _ = read_bibliography(tmp_path)
    (tmp_path / "sources.bib").write_text("\n".join(work.bibtex for work in works.values()), encoding="utf-8")
    again, faults, _ = read_bibliography(tmp_path)
    assert faults == []
    assert [(work.short, work.full) for work in again.values()] == [
        (work.short, work.full) for work in works.values()
    ]


def test_a_list_of_references_has_each_once_in_order(tmp_path: Path) -> None:
    (tmp_path / "sources.bib").write_text(BIB)
    works, _, _ = read_bibliography(tmp_path)
    found = entries_for(works, ["two2000", "mayer2021", "two2000", "nowhere"])
    assert [work.key for work in found] == ["mayer2021", "two2000"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("@misc{a, title = {A}}\n@misc{a, title = {B}}", "double-key"),
        ("@misc{a, title = {A}}\n@misc{A, title = {B}}", "double-key"),
        ("@misc{a, title {A}}", "broken-bibtex"),
        ("@misc{A_b, title = {A}}", "bad-key"),
        ("@misc{a, year = {2000}}", "entry-without-title"),
    ],
)
def test_what_is_wrong_with_a_bibliography(text: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "sources.bib").write_text(text)
    assert rule in [fault.rule for fault in read_bibliography(tmp_path)[1]]


def test_the_small_study_has_both(nordic: Study, tmp_path: Path) -> None:
    copytree(nordic.folder, tmp_path / "copy")
    assert nordic.about.short == "N"
    assert nordic.about.first_day == date(1946, 1, 1)
    assert len(nordic.bibliography) > 50
    assert all(work.title for work in nordic.bibliography.values())
