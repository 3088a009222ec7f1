"""The report as a file: one, small, loading nothing, whole or not there at all."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

NORDIC = str(Path(__file__).parent.parent / "studies" / "nordic")
LOADING = {
    "src",
    "srcset",
    "href",
    "xlink:href",
    "data",
    "action",
    "formaction",
    "poster",
    "background",
    "manifest",
}
# What a process does at the moment at which it is killed: half of a text is on disk, or the draft is whole and not in place.
DEATHS = {
    "in mid-write": """
write = Path.write_text
def write_half(path, text, *rest, **named):
    write(path, text[: len(text) // 2], *rest, **named)
    os.kill(os.getpid(), signal.SIGKILL)
Path.write_text = write_half
""",
    "before it is put in place": """
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
Path.replace = Path.rename = os.replace = os.rename = die
""",
}
MID_BUILD = """
from chaikhana.study import assemble
write = assemble.write
def write_some(connection, name, frame):
    write(connection, name, frame)
    if name == 'memberships':
        connection.execute('CHECKPOINT')
        os.kill(os.getpid(), signal.SIGKILL)
assemble.write = write_some
"""
INTERRUPT = """
def stop(*_):
    raise KeyboardInterrupt
Path.replace = stop
"""


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs if name in LOADING]


# How a report is written does not hang on what is in it: three chapters are enough to die with.
SHORT = "from chaikhana.report import page\npage.CHAPTERS = page.CHAPTERS[:3]\n"


def _dies(how: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        f"{SHORT}{how}\nfrom chaikhana.cli.main import run\nsys.argv = ['chaikhana', *sys.argv[1:]]\nrun()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, *(str(argument) for argument in arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=dict(os.environ),
    )


def _visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_the_shipped_report_is_one_small_file(shipped_report):
    report, _, said = shipped_report
    assert report.stat().st_size <= 5_000_000
    assert "Wrote" in said
    assert "MB" in said
    assert _visible(report.parent) == ["figures", "region.html"]
    assert [path.name for path in report.parent.iterdir() if path.name.startswith(".")] == []


def test_the_shipped_report_loads_nothing(shipped_report):
    html = shipped_report[0].read_text(encoding="utf-8")
    loads = _Loads()
    loads.feed(html)
    outside = [one for one in loads.found if re.match(r"\s*(?:https?:)?//", one[2])]
    assert {(tag, name) for tag, name, _ in outside} == {("a", "href")}
    assert not [one for one in loads.found if one[2].lower().startswith("javascript:")]
    assert not [one for one in loads.found if one[1] == "src"]
    styles = "".join(re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL))
    assert "url(" not in styles
    assert "@import" not in styles
    assert "<link" not in html
    assert "<iframe" not in html


def test_the_shipped_report_holds_no_unfilled_places(shipped_report):
    html = shipped_report[0].read_text(encoding="utf-8")
    page = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", page)
    for stray in ("{{", "{%", "None ", "NaN", "undefined", "&lt;p&gt;", "shape: ("):
        assert stray not in text, stray
    assert not re.search(r"Source:[^<]*\.\.", page), "A source line ends with two full stops."


def test_figures_are_one_svg_and_one_png_each(shipped_report):
    report, figures, said = shipped_report
    ids = re.findall(r'<figure id="fig-([^"]+)"', report.read_text(encoding="utf-8"))
    assert len(ids) >= 10
    assert sorted(path.name for path in figures.iterdir()) == sorted(
        f"{one}.{kind}" for one in ids for kind in ("svg", "png")
    )
    assert f"{2 * len(ids)} pictures" in said
    for one in ids:
        png = (figures / f"{one}.png").read_bytes()
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert png.endswith(b"IEND\xaeB`\x82")
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        assert width > 400, one
        assert height > 150, one
        root = ElementTree.parse(figures / f"{one}.svg").getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert len(root.findall(".//{http://www.w3.org/2000/svg}text")) > 2


def test_a_figure_for_a_paper_has_its_title_within_its_width(shipped_report):
    """A file of its own has no page around it: its width is in it, and it has one."""
    _, figures, _ = shipped_report
    for path in sorted(figures.glob("*.svg")):
        root = ElementTree.parse(path).getroot()
        assert root.get("viewBox"), path.name
        assert re.fullmatch(r"[\d.]+(px|pt)?", root.get("width", "")), (path.name, root.get("width"))


@pytest.mark.parametrize("death", DEATHS)
def test_a_report_that_is_killed_leaves_the_last_good_one(tmp_path, death):
    target = tmp_path / "region.html"
    target.write_text("the last good one", encoding="utf-8")
    died = _dies(DEATHS[death], "report", NORDIC, "-o", target)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert target.read_text(encoding="utf-8") == "the last good one"
    assert _visible(tmp_path) == ["region.html"]
    if death == "in mid-write":
        return
    again = _dies("", "report", NORDIC, "-o", target)  # and this one lives
    assert again.returncode == 0, again.stderr
    assert target.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert _visible(tmp_path) == ["region.html"]


@pytest.mark.parametrize("death", [DEATHS["before it is put in place"], MID_BUILD], ids=["whole", "half"])
def test_a_build_that_is_killed_leaves_the_last_good_one(tmp_path, process, death):
    target = tmp_path / "nordic.duckdb"
    with duckdb.connect(str(target)) as database:
        database.execute("CREATE TABLE good AS SELECT 42 AS answer")
    died = _dies(death, "study", "build", NORDIC, "-o", target)
    assert died.returncode == -signal.SIGKILL, died.stderr
    with duckdb.connect(str(target), read_only=True) as database:
        assert database.execute("SELECT answer FROM good").fetchone() == (42,)
    assert _visible(tmp_path) == ["nordic.duckdb"]
    again = process("study", "build", NORDIC, "-o", target)
    assert again.returncode == 0, again.stderr
    with duckdb.connect(str(target), read_only=True) as database:
        assert database.execute("SELECT count(*) > 10 FROM bodies").fetchone() == (True,)


@pytest.mark.parametrize("command", [("report",), ("study", "build")], ids=["report", "build"])
def test_stopping_with_control_c_leaves_no_draft(tmp_path, command):
    target = tmp_path / "result"
    target.write_text("the last good one", encoding="utf-8")
    died = _dies(INTERRUPT, *command, NORDIC, "-o", target)
    assert died.returncode != 0
    assert "Traceback" not in died.stderr
    assert target.read_text(encoding="utf-8") == "the last good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["result"]


@pytest.mark.parametrize("command", [("report",), ("study", "build")], ids=["report", "build"])
def test_a_full_disk_is_answered_in_words(tmp_path, command):
    target = tmp_path / "result"
    target.write_text("the last good one", encoding="utf-8")
    full = """
def full(*_):
    raise OSError(28, 'No space left on device')
Path.replace = full
"""
    died = _dies(full, *command, NORDIC, "-o", target)
    assert died.returncode == 1
    assert "No space left on device" in died.stderr
    assert "Traceback" not in died.stderr
    assert target.read_text(encoding="utf-8") == "the last good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["result"]


def test_a_picture_that_cannot_be_written_is_answered_in_words(tmp_path):
    figures = tmp_path / "figures"
    (figures / "membership-counts.svg").mkdir(parents=True)
    said = _dies("", "report", NORDIC, "-o", tmp_path / "region.html", "--figures", figures)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert "membership-counts.svg" in said.stderr


@pytest.mark.parametrize("where", ["missing/region.html", ""])
def test_a_report_that_has_no_place_says_so(tmp_path, process, where):
    said = process("report", NORDIC, "-o", tmp_path / where)
    assert said.returncode == 1
    assert "folder" in said.stderr
    assert "Traceback" not in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_study_gives_the_same_report(tmp_path, process, nordic_report):
    again = tmp_path / "again.html"
    assert process("report", NORDIC, "-o", again).returncode == 0
    assert again.read_bytes() == nordic_report.read_bytes()
