"""Commands in pages are run when the book is built, and what they print is what the page shows.

What it is: a directive ``run``. Its body is a shell script, run with bash in a folder of the page's own (files made by one block are
there for the next), with the workbench of this environment on the path and an empty source store. A script that fails is a
warning, and so, under ``-W``, the end of the build. Options: ``first`` shows so many lines of what was printed; ``quiet`` shows
none; ``fails`` is for a command that is meant to fail; ``figure`` names a picture that the script makes, shown below it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.application import Sphinx
from sphinx.util import logging

LONGEST = 240  # seconds that one block may take
LOGGER = logging.getLogger(__name__)
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Run(Directive):
    """Run the body, and show it with what it printed."""

    has_content = True
    option_spec = {
        "first": directives.nonnegative_int,
        "quiet": directives.flag,
        "fails": directives.flag,
        "figure": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """The nodes of a command and its output."""
        environment = self.state.document.settings.env
        folder = Path(environment.app.doctreedir).parent / "work" / environment.docname.replace("/", "-")
        if not self.content or environment.docname not in environment.chaikhana_begun:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            environment.chaikhana_begun.add(environment.docname)
        script = "\n".join(self.content)
        status, printed = ran(script, folder)
        if (status != 0) != ("fails" in self.options):
            where = f"{environment.docname}, line {self.lineno}"
            LOGGER.warning("%s: the commands ended with %d:\n%s\n%s", where, status, script, printed[-1500:])
        shown = [nodes.literal_block(script, script, language="sh")]
        lines = printed.rstrip("\n").split("\n")
        if (first := self.options.get("first")) and len(lines) > first:
            lines = [*lines[:first], "…"]
        if printed.strip() and "quiet" not in self.options:
            text = "\n".join(lines)
            block = nodes.literal_block(text, text, language="text")
            block["classes"].append("printed")
            shown.append(block)
        if name := self.options.get("figure"):
            kept = (
                Path(environment.app.srcdir)
                / "_made"
                / f"{environment.docname.replace('/', '-')}-{Path(name).name}"
            )
            kept.parent.mkdir(exist_ok=True)
            if (folder / name).is_file():
                shutil.copyfile(folder / name, kept)
                shown.append(nodes.image(uri=f"/_made/{kept.name}", alt=name))
            else:
                LOGGER.warning("%s: the commands made no %s", environment.docname, name)
        return shown


def ran(script: str, folder: Path) -> tuple[int, str]:
    """Run a script with bash; its status, and what it printed on both streams."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    home = {
        "CHAIKHANA_HOME": str(folder / ".home"),
        "COLUMNS": "92",
        "NO_COLOR": "1",
        "CHAIKHANA_NO_OPEN": "1",
        "TERM": "dumb",
    }
    try:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=folder,
            env={**os.environ, **home, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 124, f"It took more than {LONGEST} seconds."
    return done.returncode, _ESCAPES.sub("", done.stdout).replace(f"{folder}/", "")


def _begin(_app: Sphinx, environment: Any, _names: list[str]) -> None:
    environment.chaikhana_begun = set()


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("run", Run)
    app.connect("env-before-read-docs", _begin)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
