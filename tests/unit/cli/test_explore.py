"""`chaikhana explore`: what it refuses before it serves anything, and what it says of where it is bound."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from chaikhana.cli.explore import explore
from chaikhana.errors import BadValueError, OutputError, UnknownNameError
from chaikhana.web.binding import bound

NORDIC = str(Path(__file__).parents[2] / "studies" / "nordic")


def test_a_study_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean ‘central-asia’"):
        explore("central-asai")


@pytest.mark.parametrize("port", [-1, 65_536, 99_999])
def test_a_port_is_a_number_of_sixteen_bits(port: int) -> None:
    with pytest.raises(BadValueError, match="0 to 65535"):
        bound("127.0.0.1", port)


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=rf"127\.0\.0\.1:{port} cannot be served on: .* --port"):
            bound("127.0.0.1", port)


def test_an_address_that_is_none_of_this_machine_is_refused() -> None:
    with pytest.raises(OutputError, match="cannot be served on"):
        bound("192.0.2.1", 0)


def test_files_are_written_and_nothing_is_served(tmp_path: Path) -> None:
    with pytest.raises(BadValueError, match="leave --port, --host and --open out"):
        explore(NORDIC, export=tmp_path / "site", show=True, port=8484, host="127.0.0.1")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    with pytest.raises(OutputError, match="There is no folder"):
        explore(NORDIC, export=tmp_path / "no" / "site", show=False, port=8484, host="127.0.0.1")
    with pytest.raises(OutputError, match="holds other things"):
        explore(NORDIC, export=Path(NORDIC), show=False, port=8484, host="127.0.0.1")
