"""Opening a study quickly: as it was read the last time, if not a byte of it has changed."""

from __future__ import annotations

from pathlib import Path

from chaikhana.study.loading import load_study
from chaikhana.study.study import Study
from chaikhana.web.kept import Kept

STUDY = "study"


def opened(folder: Path, kept: Kept) -> Study:
    """The study of a folder, with every check the first time, and as it is kept from then on.

    Raises
    ------
    StudyError
        If it cannot be used as it stands.
    """
    study = kept.get(STUDY)
    if not isinstance(study, Study):
        study = load_study(folder)
        kept.put(STUDY, study)
    return study
