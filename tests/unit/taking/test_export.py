"""What is taken out of a study is read back by the tools that it is written for."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import duckdb
import networkx as nx
import polars as pl
import pyreadstat
import pytest
from lxml import etree
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.errors import ChaikhanaError
from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.measures.catalogue import MEASURES
from chaikhana.study.loading import load_study
from chaikhana.study.study import Study
from chaikhana.taking.package import Package, gather
from chaikhana.taking.stata import stata_names

NORDIC = Path(__file__).parents[2] / "studies" / "nordic"
GEXF = Path(__file__).parents[2] / "samples" / "gexf_1_3.rng"


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["export", str(NORDIC), *map(str, arguments)])
    if isinstance(result.exception, ChaikhanaError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="session")
def package(nordic: Study) -> Package:
    return gather(nordic)


def test_every_measure_and_framework_is_there_or_says_why_not(package: Package) -> None:
    listed = next(one.frame for one in package.frames if one.file == "measure_list")
    assert listed["measure"].to_list() == [entry.name for entry in MEASURES]
    computed = {one.name for one in package.of("measure")}
    for name, missing in listed.select("measure", "missing").iter_rows():
        assert (name in computed) != bool(missing), name
    findings = next(one.frame for one in package.frames if one.file == "finding_list")
    assert set(findings["framework"]) == {one.name for one in FRAMEWORKS}
    steps = next(one.frame for one in package.frames if one.file == "finding_steps")
    assert steps.height > findings.height and steps["locator"].str.len_chars().min()


def test_duckdb_has_everything_and_says_what_columns_mean(tmp_path: Path) -> None:
    run("--format", "duckdb", "-o", tmp_path / "n.duckdb")
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as connection:
        held = connection.execute(
            "SELECT count(*) FROM finding_list f JOIN finding_steps s USING (framework, subject)"
        ).fetchone()
        told = connection.execute(
            "SELECT says FROM columns WHERE \"table\" = 'memberships' AND \"column\" = 'status'"
        ).fetchone()
        members = connection.execute(
            "SELECT count(*) FROM memberships_on(DATE '2000-01-01') WHERE holds = 'yes'"
        ).fetchone()
    assert held and held[0] > 0 and told == ("as what",) and members and members[0] > 0


def test_stata_has_labels_and_the_same_values(tmp_path: Path, nordic: Study) -> None:
    run("--format", "stata", "-o", tmp_path / "dta")
    frame, about = pyreadstat.read_dta(
        str(tmp_path / "dta" / "memberships.dta"), apply_value_formats=True, output_format="polars"
    )
    assert frame["status"].cast(pl.String).to_list() == nordic.frames["memberships"]["status"].to_list()
    assert about.column_names_to_labels["status"] == "as what"
    assert about.variable_value_labels["status"][2] == "member"
    assert frame["from_earliest"].to_list() == nordic.frames["memberships"]["from_earliest"].to_list()
    assert (tmp_path / "dta" / "finding_list.dta").is_file()


def test_stata_takes_every_name() -> None:
    names = stata_names(["in", "1st", "a-b", "x" * 40, "x" * 41, "ok", "with"])
    assert list(names.values()) == ["_in", "_1st", "a_b", "x" * 32, "x" * 30 + "_2", "ok", "_with"]


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_stata_csv_and_graphml(tmp_path: Path, nordic: Study) -> None:
    """With haven and igraph as Debian has them; Debian has no DuckDB for R."""
    run("--format", "stata", "-o", tmp_path / "dta")
    run("--format", "csv", "-o", tmp_path / "csv", "--tables-only")
    run("--format", "graphml", "-o", tmp_path / "n.graphml")
    script = tmp_path / "read.R"
    script.write_text(
        """
        library(haven)
        m <- read_dta("dta/memberships.dta")
        s <- as.character(as_factor(m$status))[1]
        writeLines(c(nrow(m), s, attr(m$status, "label"), format(max(m$from_latest))), "stata.txt")
        b <- read.csv("csv/bodies.csv", colClasses = "character", encoding = "UTF-8")
        writeLines(c(nrow(b), b$name[1]), "csv.txt")
        if (requireNamespace("igraph", quietly = TRUE)) {
          g <- igraph::read_graph("n.graphml", format = "graphml")
          writeLines(as.character(c(igraph::vcount(g), igraph::ecount(g))), "graph.txt")
        }
        """,
        encoding="utf-8",
    )
    subprocess.run(["Rscript", script.name], cwd=tmp_path, check=True, capture_output=True)
    spells = nordic.frames["memberships"]
    assert (tmp_path / "stata.txt").read_text("utf-8").split("\n")[:4] == [
        str(spells.height), spells["status"][0], "as what", str(spells["from_latest"].max()),
    ]  # fmt: skip
    bodies = nordic.frames["bodies"]
    assert (tmp_path / "csv.txt").read_text("utf-8").split("\n")[:2] == [
        str(bodies.height),
        bodies["name"][0],
    ]
    if (tmp_path / "graph.txt").exists():
        graph = nx.read_graphml(tmp_path / "n.graphml")
        assert (tmp_path / "graph.txt").read_text("utf-8").split() == [
            str(graph.number_of_nodes()), str(graph.number_of_edges()),
        ]  # fmt: skip


def test_graphml_has_every_node_and_tie(tmp_path: Path, nordic: Study) -> None:
    run("--format", "graphml", "-o", tmp_path / "n.graphml")
    graph = nx.read_graphml(tmp_path / "n.graphml", force_multigraph=True)
    spells, leads = nordic.table("memberships"), nordic.table("leads")
    assert graph.number_of_edges() == spells.height + leads.height
    assert {name for name in graph if name.startswith("body:")} == {
        f"body:{one}" for one in nordic.table("bodies")["id"]
    }
    statuses = sorted(
        values["status"] for *_, values in graph.edges(data=True) if values["relation"] == "membership"
    )
    assert statuses == sorted(spells["status"])


def test_gexf_keeps_to_its_schema_and_its_spells_are_sure(tmp_path: Path, nordic: Study) -> None:
    """The schema is our own statement of the part of GEXF 1.3 that is written (gephi/gexf, 1.3/gexf.rnc and dynamics.rnc)."""
    run("--format", "gexf", "-o", tmp_path / "n.gexf")
    tree = etree.parse(tmp_path / "n.gexf")
    schema = etree.RelaxNG(etree.parse(GEXF))
    assert schema.validate(tree), schema.error_log
    space = {"g": "http://gexf.net/1.3"}
    sure = (
        nordic.table("memberships")
        .filter(pl.col("from_latest") < pl.col("to_earliest"))
        .filter(pl.col("from") != "")
    )
    assert len(tree.findall(".//g:edge[@kind='membership']/g:spells", space)) == sure.height
    broken = etree.fromstring(etree.tostring(tree).replace(b'mode="dynamic"', b'mode="sometimes"'))
    assert not schema.validate(broken)


def test_bibtex_has_what_rows_cite(tmp_path: Path, nordic: Study) -> None:
    from pybtex.database import parse_file

    said = run("--format", "bibtex", "-o", tmp_path / "n.bib")
    entries = parse_file(str(tmp_path / "n.bib")).entries
    assert "nordic-study" in entries and f"{len(entries):,} entries" in said
    cited = {
        part.split(",")[0].strip()
        for frame in nordic.frames.values()
        for cite in frame["cite"]
        for part in cite.split(";")
    }
    assert cited <= set(entries)


def test_the_archive_proves_what_it_holds(tmp_path: Path) -> None:
    run("--format", "zip", "-o", tmp_path / "n.zip")
    with zipfile.ZipFile(tmp_path / "n.zip") as packed:
        packed.extractall(tmp_path / "out")
    root = tmp_path / "out" / "nordic"
    told = json.loads((root / "MANIFEST.json").read_text("utf-8"))
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - {
        "MANIFEST.json"
    }
    assert {one["path"] for one in told["files"]} == there
    for one in told["files"]:
        assert hashlib.sha256((root / one["path"]).read_bytes()).hexdigest() == one["sha256"], one["path"]
    figures = [one for one in told["files"] if one["path"].startswith("figures/")]
    assert figures and all("--figures" in one["command"] for one in figures)
    assert load_study(root / "study").about.id == "nordic"
    assert told["made_with"]["packages"]["polars"] and "chaikhana report study" in (
        root / "commands.sh"
    ).read_text("utf-8")


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for form in ("csv", "parquet", "stata"):
        with pytest.raises(ChaikhanaError, match="there already"):
            run("--format", form, "-o", tmp_path / "there")
    for form in ("duckdb", "zip", "gexf", "graphml", "bibtex"):
        with pytest.raises(ChaikhanaError, match="is a folder"):
            run("--format", form, "-o", tmp_path / "there")
    with pytest.raises(ChaikhanaError, match="no folder"):
        run("--format", "csv", "-o", tmp_path / "nowhere" / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
