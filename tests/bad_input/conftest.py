"""Fixtures: the good study with faults laid over it, and the command line run in this process."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_study import GOOD, overlay

from chaikhana.cli.main import run


@pytest.fixture
def lay(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the good study with the named faults laid over it."""

    def laid(*faults: str) -> Path:
        folder = tmp_path / "-and-".join(["study", *faults])[:60]
        shutil.copytree(GOOD, folder)
        for fault in faults:
            overlay(fault, folder)
        return folder

    return laid


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """`chaikhana` with its exit code, output and errors; whatever would be a traceback fails the test."""

    def ran(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["chaikhana", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            run()
            raise SystemExit(0)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return ran
