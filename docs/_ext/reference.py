"""The pages of reference that are made from the code: commands, measures, and the errors that a user can meet."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import typer

import chaikhana
from chaikhana import errors
from chaikhana.cli.main import app
from chaikhana.measures.catalogue import MEASURES
from chaikhana.study.cells import ID_TABLES

MADE = "<!-- Made by `make docs` from the code; not edited by hand. -->\n\n"
_RULE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def commands() -> str:
    """Every command with what it does, its arguments and its options."""
    lines = [MADE + "# Commands\n", "Every reading command prints a table, and `--json` or `--csv`.\n"]
    for name, command in _commands(typer.main.get_command(app), "chaikhana"):
        lines += [f"## {name}\n", (command.help or "").strip() + "\n"]
        rows = [
            (_named(parameter), getattr(parameter, "help", None) or "")
            for parameter in command.params
            if parameter.name != "help"
        ]
        if rows:
            lines += [
                "| | |",
                "| --- | --- |",
                *(f"| {left} | {right.replace('|', '/')} |" for left, right in rows),
                "",
            ]
        if command.epilog:
            lines.append(f"{command.epilog.replace('Example: ', 'Example: `', 1)}`\n")
    return "\n".join(lines)


def measures() -> str:
    """Every measure with what it says and its module's account of how."""
    lines = [
        MADE + "# Measures\n",
        "`chaikhana measure NAME --study STUDY` computes one; `chaikhana measure` lists them.\n",
    ]
    for entry in MEASURES:
        told = inspect.getdoc(inspect.getmodule(entry.compute)) or ""
        lines += [
            f"## {entry.name}\n",
            f"{entry.says[0].upper()}{entry.says[1:]}; asked for {entry.asks.value}.\n",
            told.split("\n\n", 1)[-1] + "\n",
        ]
    return "\n".join(lines)


def error_page() -> str:
    """Every kind of error, and every rule that a fault may name."""
    lines = [
        MADE + "# Errors\n",
        "Each says what is wrong, where, what is allowed and what to do; nothing is written.\n",
    ]
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.ChaikhanaError)
    ]
    for kind in kinds:
        lines += [f"## {kind.__name__}\n", (inspect.getdoc(kind) or "") + "\n"]
    lines += ["## Rules\n", "`chaikhana study check --json` and `study import --json` name the rule that was broken.\n",
              "| rule | stands in |", "| --- | --- |"]  # fmt: skip
    root = Path(chaikhana.__file__).parent
    found: dict[str, set[str]] = {}
    for folder in ("study", "filling"):
        for path in sorted((root / folder).glob("*.py")):
            for rule in rules(path):
                found.setdefault(rule, set()).add(f"{folder}/{path.name}")
    for table in ID_TABLES:  # put together in the code from the table that a cell points to
        found[f"unknown-{'body' if table == 'bodies' else table.removesuffix('s')}"] = {"study/cells.py"}
    lines += [
        f"| `{rule}` | {', '.join(f'`{place}`' for place in sorted(places))} |"
        for rule, places in sorted(found.items())
    ]
    return "\n".join(lines) + "\n"


def rules(path: Path) -> Iterator[str]:
    """The ids of rules that a module names: `rule=…`, and the first text of what its checks yield or say."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("rule", "how"):
            yield from _texts(node.value)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and node.value.elts:
            yield from _texts(node.value.elts[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in ("_fault", "_said", "_say", "at", "UnusableFileError"):
                for argument in node.args:
                    yield from _texts(argument)


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and _RULE.fullmatch(inner.value):
            yield inner.value


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    inside = getattr(command, "commands", None)
    if inside is None:
        yield name, command
        return
    if getattr(command, "invoke_without_command", False):
        yield name, command
    for part in inside.values():
        yield from _commands(part, f"{name} {part.name}")


def _named(parameter: click.Parameter) -> str:
    names = getattr(parameter, "opts", [])
    if parameter.param_type_name == "argument":
        return f"`{(parameter.name or '').upper()}`"
    return ", ".join(f"`{name}`" for name in (*names, *getattr(parameter, "secondary_opts", [])))


def write(folder: Path) -> None:
    """Write the pages into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in (("commands", commands()), ("measures", measures()), ("errors", error_page())):
        (folder / f"{name}.md").write_text(text.rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent.parent / "reference")
