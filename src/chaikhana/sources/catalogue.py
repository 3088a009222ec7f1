"""The datasets that the workbench can read."""

from __future__ import annotations

from chaikhana.errors import UnknownNameError
from chaikhana.sources import cow_igo, un_votes
from chaikhana.sources.manifest import Dataset

DATASETS: tuple[Dataset, ...] = (cow_igo.DATASET, un_votes.DATASET)


def dataset(name: str) -> Dataset:
    """The dataset of that id.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    by_id = {known.id: known for known in DATASETS}
    if name not in by_id:
        raise UnknownNameError("dataset", name, by_id)
    return by_id[name]
