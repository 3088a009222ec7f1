"""Commands as a user gives them: quickly in this process, or in one of its own where that is the point."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from chaikhana.cli.main import app

NORDIC = Path(__file__).parent.parent / "studies" / "nordic"
Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source store of the test's own."""
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "home"


@pytest.fixture
def run() -> Run:
    """A command in this process; it must succeed unless told otherwise."""

    def runs(*arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if code == 0 and result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return runs


@pytest.fixture
def process() -> Process:
    """A command in a process of its own."""

    def runs(*arguments: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "chaikhana.cli.main", *(str(argument) for argument in arguments)],
            capture_output=True,
            text=True,
            cwd=folder,
            env={**os.environ, "COLUMNS": "200"},
            timeout=120,
            check=False,
        )

    return runs


@pytest.fixture
def nordic_folder(tmp_path: Path) -> Path:
    """A copy of the Nordic study that a test may write to."""
    return shutil.copytree(NORDIC, tmp_path / "nordic")
