"""Text files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from chaikhana.errors import OutputError


def replace_whole(target: Path, text: str) -> None:
    """Write `text` beside its place and move it there; what stood there before stays until then.

    Raises
    ------
    OutputError
        If the place cannot be written to.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
    except OSError as error:
        raise OutputError(
            f"{target} could not be written: {error.strerror}. What stood there before is untouched."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
