"""A chapter made in a process of its own, while the others are made in this one.

What it is: half the waiting for a report on two cores. The study is loaded again from its folder, so that only a study as it
stands there may be asked for. Where the other process dies without a word, the chapter is made here.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from chaikhana.errors import ChaikhanaError
from chaikhana.report.blocks import Chapter
from chaikhana.report.names import names_of
from chaikhana.study.loading import load_study
from chaikhana.study.study import Study

Make = Callable[..., Chapter]


def begun(make: Make, study: Study) -> Callable[[], Chapter]:
    """Begin a chapter; call what is returned to wait for it.

    Raises
    ------
    ChaikhanaError
        When waited for: what the chapter raised.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    work = context.Process(target=_make, args=(make.__module__, study.folder, there), daemon=True)
    work.start()
    there.close()

    def wait() -> Chapter:
        try:
            found = here.recv()
        except EOFError:
            return make(study, names_of(study))
        finally:
            here.close()
        work.join()
        if isinstance(found, str):
            raise ChaikhanaError(found)
        chapter: Chapter = found
        return chapter

    return wait


def _make(module: str, folder: Path, out: Connection) -> None:
    study = load_study(folder)
    try:
        found: Chapter | str = import_module(module).chapter(study, names_of(study))
    except ChaikhanaError as error:
        found = str(error)
    out.send(found)
    out.close()
