"""A new study checks clean, cites its datasets, and is never written over another."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.errors import BadValueError, OutputError, UnknownNameError
from chaikhana.filling.scaffold import scaffold, state_id
from chaikhana.sources.store import add
from chaikhana.study.loading import check_study, load_study

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tests"))
from samples import digo, iigo  # noqa: E402

STATE_YEARS = "ccode,year,state,eu,nc,un\n" + "".join(
    f"{code},{year},{name},{eu},{1 if year < 2013 or code != 395 else 0},1\n"
    for code, name in ((380, "SWE"), (385, "NOR"), (390, "DEN"), (395, "ICE"))
    for year in range(2009, 2015)
    for eu in [1 if code in (380, 390) else 0]
)
IGO_YEARS = "ioname,orgname,year,sweden,norway,denmark,iceland\n" + "".join(
    f"{name},{title},{year},1,1,1,1\n"
    for name, title in (("EU", "European Union"), ("NC", "Northern Circle"), ("UN", "United Nations"))
    for year in range(2009, 2015)
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_without_datasets_it_checks_clean(tmp_path: Path) -> None:
    made = scaffold(
        tmp_path / "horn", region="Horn of Africa", members=["ETH", "Somalia", "dji", "ER"], say=str
    )
    checked = check_study(made.folder)
    assert not checked.faults and not checked.notices
    assert [row["id"] for row in checked.tables["actors"].rows] == ["eth", "som", "dji", "eri"]
    about = load_study(made.folder).about
    assert about.short == "HOA" and about.members == ("eth", "som", "dji", "eri")
    assert (made.folder / "datapackage.json").is_file()


def test_rows_cite_the_dataset_and_end_where_it_does(tmp_path: Path) -> None:
    for name, text in (("state_year.csv", STATE_YEARS), ("igo_year.csv", IGO_YEARS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        add("cow-igo-v3", tmp_path / name, "ours")
    made = scaffold(
        tmp_path / "north",
        region="North",
        members=["SWE", "NOR", "DNK"],
        others=["ISL"],
        begins="2009",
        say=str,
    )
    assert not check_study(made.folder).faults
    study = load_study(made.folder)
    spells = {
        (a, b): (f, t, c)
        for a, b, f, t, c in study.table("memberships")
        .select("actor", "body", "from", "to", "cite")
        .iter_rows()
    }
    assert spells["swe", "eu"] == ("2009", "[2015..]", "cow-igo-v3, SWD EU 2009-2014")
    assert spells["isl", "nc"][:2] == ("2009", "2013") and ("nor", "eu") not in spells
    assert study.table("memberships")["basis"].unique().to_list() == ["dataset"]
    assert set(study.bibliography) == {"cow-states", "cow-igo-v3"}
    assert made.datasets == {"cow-igo-v3": "ours"}
    assert "sha256" in study.bibliography["cow-igo-v3"].fields["note"]


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"members": ["SWE", "XXX"]}, UnknownNameError, "no state ‘XXX’"),
        ({"members": ["SWE"]}, BadValueError, "two members"),
        ({"powers": ["SWE"]}, BadValueError, "named twice"),
        ({"region": " "}, BadValueError, "name"),
        ({"begins": "2001", "ends": "1999"}, BadValueError, "cannot run"),
        ({"begins": "soon"}, BadValueError, "not a date"),
    ],
)
def test_mistakes_leave_nothing_behind(
    tmp_path: Path, change: dict[str, object], error: type[Exception], told: str
) -> None:
    asked = {"region": "North", "members": ["SWE", "NOR"], "say": str, **change}
    with pytest.raises(error, match=told):
        scaffold(tmp_path / "north", **asked)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == []


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    with pytest.raises(OutputError, match="there already"):
        scaffold(tmp_path / "north", region="North", members=["SWE", "NOR"], say=str)
    with pytest.raises(BadValueError, match="my-north"):
        scaffold(tmp_path / "My North", region="North", members=["SWE", "NOR"], say=str)


def test_states_by_code_and_by_name() -> None:
    assert [state_id(text) for text in ("VNM", "Vietnam", "vn", " Viet Nam ")] == ["vnm"] * 4
    with pytest.raises(UnknownNameError, match="vietnam"):
        state_id("Vietnaam")


def test_informal_bodies_and_fates_come_from_their_datasets(tmp_path: Path) -> None:
    for name, samples in (("iigo", iigo.SAMPLES), ("digo", digo.SAMPLES)):
        for part, raw in samples.items():
            (tmp_path / f"{part}.csv").write_bytes(raw)
            add(name, tmp_path / f"{part}.csv", "ours")
    said = CliRunner().invoke(
        app,
        [
            "new",
            str(tmp_path / "x"),
            "--region",
            "X",
            "--members",
            "USA,CAN,DEU,FRA,GBR,JPN",
            "--from",
            "1970",
        ],
    )
    assert said.exit_code == 0, said.output
    assert not check_study(tmp_path / "x").faults
    assert "iigo" in said.output and "chaikhana report" in said.output
