"""Kleene's strong connectives (1952, section 64), with a fourth answer that drops out."""

from __future__ import annotations

import pytest

from chaikhana.core.truth import Truth, all_of, any_of

Y, N, U, X = Truth.YES, Truth.NO, Truth.UNKNOWN, Truth.NOT_APPLICABLE
AND = {
    (Y, Y): Y, (Y, N): N, (Y, U): U, (Y, X): Y,
    (N, Y): N, (N, N): N, (N, U): N, (N, X): N,
    (U, Y): U, (U, N): N, (U, U): U, (U, X): U,
    (X, Y): Y, (X, N): N, (X, U): U, (X, X): X,
}  # fmt: skip
OR = {
    (Y, Y): Y, (Y, N): Y, (Y, U): Y, (Y, X): Y,
    (N, Y): Y, (N, N): N, (N, U): U, (N, X): N,
    (U, Y): Y, (U, N): U, (U, U): U, (U, X): U,
    (X, Y): Y, (X, N): N, (X, U): U, (X, X): X,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "result"), AND.items())
def test_and(pair: tuple[Truth, Truth], result: Truth) -> None:
    assert pair[0] & pair[1] is result
    assert all_of(pair) is result


@pytest.mark.parametrize(("pair", "result"), OR.items())
def test_or(pair: tuple[Truth, Truth], result: Truth) -> None:
    assert pair[0] | pair[1] is result
    assert any_of(pair) is result


def test_not() -> None:
    assert [~answer for answer in (Y, N, U, X)] == [N, Y, U, X]


def test_nothing_asked_does_not_apply() -> None:
    assert all_of([]) is any_of([]) is X


def test_the_words_are_those_of_the_tables() -> None:
    assert [str(answer) for answer in Truth] == ["yes", "no", "unknown", "not-applicable"]
