"""Every registered claim has a place that exists in its paper: a numbered section, a heading, a note."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from chaikhana.claims.registry import corpora
from chaikhana.study.study import Study

ROOT = Path(__file__).parent.parent.parent
PAPERS = Path(os.environ.get("CHAIKHANA_PAPERS") or ROOT.parent / "shared" / "papers")
TEXTS = {
    "tskhay2020": "tskhay-costa-buranelli-2020.txt",
    "costaburanelli2021": "costa-buranelli-2021.txt",
    "thesis2018": "central-asia-integration-thesis-2018.txt",
    "mayer2021": "mayer-2021.txt",
    "moldashev2018": "moldashev-qoraboyev-2018.txt",
}


@pytest.mark.parametrize("paper", TEXTS)
def test_places_are_in_the_paper(central_asia: Study, paper: str):
    if not PAPERS.is_dir():
        pytest.skip(f"the papers' texts are not in {PAPERS}; set CHAIKHANA_PAPERS to their folder")
    text = (PAPERS / TEXTS[paper]).read_text(encoding="utf-8")
    flat = " ".join(text.split())
    numbers = set(re.findall(r"^(\d+(?:\.\d+)*)\.? +\S", text, flags=re.MULTILINE))
    lost = []
    (corpus,) = (one for one in corpora(central_asia) if one.paper == paper)
    for claim in corpus.claims:
        place = re.sub(r"^sections? ", "", claim.locator)
        numbered = re.split(r" (?:par|note)s?\b|, on\b", place)[0] if place[0].isdigit() else ""
        sections = re.findall(r"\d+(?:\.\d+)*", numbered)
        if sections:
            lost += [claim.id for number in sections if number not in numbers]
        elif not place.startswith("introduction"):
            heading = re.split(r", | pars?\b", place)[0]
            lost += [claim.id] if heading not in flat else []
        lost += [
            claim.id
            for note in re.findall(r"note (\d+)", place)
            if not re.search(rf"(?<!\d){note}(?!\d)", text)
        ]
    assert not lost
