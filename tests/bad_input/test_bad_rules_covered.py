"""Every rule id that the source can give has a bad file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bad_faults import FAULTS, NOTICES

import chaikhana.study
from chaikhana.study.cells import ID_TABLES

SOURCE = Path(chaikhana.study.__file__).parent
# rule ids that the source puts together: the pattern in the source, and what it comes to
COMPOSED = {
    "unknown-*": {"unknown-" + name.removesuffix("s").replace("bodie", "body") for name in ID_TABLES},
    "membership-before-*": {"membership-before-body", "membership-before-actor"},
    "*-before-body": {"leads-before-body", "design-before-body"},
    "after-the-*": {"after-the-body", "after-the-actor"},
}
ELSEWHERE = {"no-folder"}  # no file of a study: test_bad_several.py
_ID = re.compile(r"(?:[a-z0-9*]+-)*[a-z0-9*]+")


def test_every_rule_has_a_bad_file() -> None:
    shown = {wrong.rule for wrongs in (*FAULTS.values(), *NOTICES.values()) for wrong in wrongs} | ELSEWHERE
    assert sorted(_rules() - shown) == []


def test_the_walk_finds_every_rule_that_was_seen_in_the_source() -> None:
    """The walk would pass in silence if it stopped finding rule ids."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py"))
    for rule in ("unknown-actor", "semicolons", "too-few-cells", "double-id", "missing-cite", "bad-unit", "crlf",
                 "end-before-start", "broken-bibtex", "no-folder", "leads-before-body", "basis-not-cited"):  # fmt: skip
        assert rule in _rules(), rule
    known = _rules() | {"from", "to"}
    assert sorted(rule for rule in re.findall(r'rule="([a-z0-9-]+)"', text) if rule not in known) == []


@lru_cache(maxsize=1)
def _rules() -> set[str]:
    found: set[str] = set()
    for path in sorted(SOURCE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for value in _places(node):
                for text in _texts(value):
                    if text in COMPOSED:
                        found |= COMPOSED[text]
                    elif "*" in text:
                        raise AssertionError(f"{path.name}: say in COMPOSED what the rule id {text} comes to")
                    elif text:
                        found.add(text)
    return found


def _places(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions at which a rule id stands."""
    if isinstance(node, ast.keyword) and node.arg == "rule":
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        position = {"_fault": 0, "at": 2}.get(node.func.id)
        if position is not None and len(node.args) > position:
            yield node.args[position]
    elif isinstance(node, ast.Assign) and any(_named(target, "rule") for target in node.targets):
        yield node.value
    elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        yield node.value.elts[0]
    elif (
        isinstance(node, ast.For) and isinstance(node.target, ast.Tuple) and isinstance(node.iter, ast.Tuple)
    ):
        for place, target in enumerate(node.target.elts):
            if _named(target, "rule"):
                yield from (row.elts[place] for row in node.iter.elts if isinstance(row, ast.Tuple))


def _named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may come to; ``*`` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _ID.fullmatch(node.value):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from _texts(part)
