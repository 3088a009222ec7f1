"""A store of its own for each test, and a sample of a dataset in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from chaikhana.sources import store
from chaikhana.sources.catalogue import dataset
from chaikhana.sources.manifest import Stata
from chaikhana.sources.store import Kept

AddSample = Callable[[str, Mapping[str, bytes]], Kept]


@pytest.fixture
def add_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddSample:
    """Adds the sample of each part of a dataset; what the store then has of it."""
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))

    def add(name: str, samples: Mapping[str, bytes]) -> Kept:
        parts = {part.name: part for part in dataset(name).parts}
        for part, content in samples.items():
            path = tmp_path / f"{part}{'.dta' if isinstance(parts[part].form, Stata) else '.csv'}"
            path.write_bytes(content)
            store.add(name, path, version="sample")
        kept = store.newest(name)
        assert kept is not None
        assert kept.version == "sample"
        return kept

    return add
