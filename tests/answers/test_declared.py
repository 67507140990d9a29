"""Kinds as data: what goes out comes back the same, for every exercise of every lesson."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from coursetools import lessons
from coursetools.answers import Array, Choice, Function, Kind, Layers, Number
from coursetools.answers.declared import kind_data, kind_from

DECLARED = [
    (f"{exercise.number} {name}", kind)
    for number in lessons.numbers()
    for exercise in lessons.load(number).exercises
    for name, kind in exercise.answers.items()
]


def crossed(kind: Kind) -> Kind:
    return kind_from(json.loads(json.dumps(kind_data(kind))))


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


@pytest.mark.parametrize("kind", [k for _, k in DECLARED], ids=[name for name, _ in DECLARED])
def test_every_declared_kind_crosses_unchanged(kind: Kind) -> None:
    back: Any = crossed(kind)
    assert type(back) is type(kind)
    for field in fields(back):
        assert same(getattr(back, field.name), getattr(kind, field.name)), field.name


def test_cases_keep_lists_tuples_and_types() -> None:
    case = ([(1, 2.5), "valid"], np.arange(6, dtype="uint8").reshape(2, 3), None, True)
    back: Any = crossed(Function(cases=(case,)))
    assert same(back.cases, (case,))
    back.cases[0][1][0, 0] = 9  # as writable as the lesson's own


def test_a_crossed_kind_captures_as_the_declared_one() -> None:
    kind = Function(cases=(([3, 1],), (np.ones(3, "float32"),)))

    def doubled(values: Any) -> Any:
        return values + values

    assert crossed(kind).capture(doubled) == kind.capture(doubled)


@pytest.mark.parametrize(
    "kind", [Number(integer=True, square=True), Choice(parts=("P", "Q")), Array(dimensions=3)]
)
def test_choices_are_kept(kind: Kind) -> None:
    assert crossed(kind) == kind


def test_a_kind_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="`riddle` is no kind of answer; there are number"):
        kind_from({"kind": "riddle", "given": {}})
    with pytest.raises(ValueError, match="A `number` cannot be made of `roman`"):
        kind_from({"kind": "number", "given": {"roman": True}})
    with pytest.raises(ValueError, match="cannot hold a `set`"):
        kind_data(Layers(input_shape={1}))  # type: ignore[arg-type]


def test_a_kind_of_ones_own_is_refused() -> None:
    class Lucky(Number):
        pass

    with pytest.raises(ValueError, match="`Lucky` is none of the course's kinds"):
        kind_data(Lucky())
