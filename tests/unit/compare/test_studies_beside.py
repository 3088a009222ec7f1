"""Two studies side by side: every framework has its line, numbers are those of the measures, what is missing is said."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.compare.studies import NOTHING, beside
from chaikhana.errors import BadValueError
from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.measures.catalogue import measure, run
from chaikhana.study.study import Study


def test_the_shipped_studies_side_by_side(central_asia: Study) -> None:
    said = CliRunner().invoke(app, ["compare", "--studies", "central-asia,south-east-asia", "--json"])
    assert said.exit_code == 0, said.output
    rows = json.loads(said.output)
    assert {row["what"] for row in rows if row["kind"] == "finding"} == {one.name for one in FRAMEWORKS}
    by = {row["what"]: row for row in rows}
    assert by["member states"]["south-east-asia"] == "11"
    frame = run(measure("cohesion"), central_asia).frame
    last = frame.filter(frame["group"] == "region").sort("session").to_dicts()[-1]
    assert (
        by["agreement in the General Assembly"]["central-asia"]
        == f"{last['mean_agreement']:.3f} (session {last['session']})"
    )
    assert by["soft-institutionalism"]["south-east-asia"].startswith("holds")


def test_what_a_study_cannot_feed_is_said(nordic: Study, central_asia: Study) -> None:
    frame = beside([nordic, central_asia])
    assert NOTHING in frame["nordic"].to_list()
    for wrong in ([nordic], [nordic, nordic]):
        with pytest.raises(BadValueError, match="two studies"):
            beside(wrong)
