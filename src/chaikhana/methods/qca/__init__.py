"""Qualitative Comparative Analysis, usable without a study: ``from chaikhana.methods import qca``."""

from chaikhana.methods.qca.calibration import (
    Anchors,
    Calibrated,
    crisp,
    direct,
    indirect,
    multi_value,
    recoded,
)
from chaikhana.methods.qca.cases import Cases, cases, chosen_cases, negated, without_condition
from chaikhana.methods.qca.covers import Covers, covers
from chaikhana.methods.qca.fit import Fits, memberships, sufficiency
from chaikhana.methods.qca.necessity import Necessary, necessity
from chaikhana.methods.qca.robustness import Robustness, Run, Survival, robustness
from chaikhana.methods.qca.solutions import Model, Solution, SolutionKind, Term, solve
from chaikhana.methods.qca.truth_table import Row, TruthTable, truth_table

__all__ = [
    "Anchors",
    "Calibrated",
    "Cases",
    "Covers",
    "Fits",
    "Model",
    "Necessary",
    "Robustness",
    "Row",
    "Run",
    "Solution",
    "SolutionKind",
    "Survival",
    "Term",
    "TruthTable",
    "cases",
    "chosen_cases",
    "covers",
    "crisp",
    "direct",
    "indirect",
    "memberships",
    "multi_value",
    "necessity",
    "negated",
    "recoded",
    "robustness",
    "solve",
    "sufficiency",
    "truth_table",
    "without_condition",
]
