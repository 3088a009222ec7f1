"""The datasets that the workbench can read."""

from __future__ import annotations

from chaikhana.errors import UnknownNameError
from chaikhana.sources import (
    atop,
    cow_alliances,
    cow_contiguity,
    cow_igo,
    cow_mids,
    cow_nmc,
    cow_states,
    cow_trade,
    desta,
    digo,
    gatt_wto,
    gptad,
    gw_states,
    icews,
    iigo,
    mia,
    polity5,
    sipri_arms,
    tss_rivalries,
    ucdp_acd,
    un_general_debate,
    un_votes,
    vdem,
    vigo,
    world_bank,
)
from chaikhana.sources.manifest import Dataset

DATASETS: tuple[Dataset, ...] = (
    cow_igo.DATASET,
    un_votes.DATASET,
    atop.DATASET,
    cow_alliances.DATASET,
    cow_contiguity.DATASET,
    cow_mids.DATASET,
    cow_nmc.DATASET,
    cow_states.DATASET,
    cow_trade.DATASET,
    desta.DATASET,
    digo.DATASET,
    gatt_wto.DATASET,
    gptad.DATASET,
    gw_states.DATASET,
    icews.DATASET,
    iigo.DATASET,
    mia.DATASET,
    polity5.DATASET,
    sipri_arms.DATASET,
    tss_rivalries.DATASET,
    ucdp_acd.DATASET,
    un_general_debate.DATASET,
    vdem.DATASET,
    vigo.DATASET,
    world_bank.DATASET,
)


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
