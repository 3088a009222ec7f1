"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chaikhana.errors import OutputError


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """A place beside `target` to write to, moved there once all is written; what stood there before stays until then.

    Raises
    ------
    OutputError
        If the place cannot be written to.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(target)
    except OSError as error:
        raise OutputError(
            f"{target} could not be written: {error.strerror}. What stood there before is untouched."
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def replace_whole(target: Path, text: str) -> None:
    """Write a text whole or not at all.

    Raises
    ------
    OutputError
        If the place cannot be written to.
    """
    with draft_of(target) as draft:
        draft.write_text(text, encoding="utf-8")
