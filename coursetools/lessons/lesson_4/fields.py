"""Exercises 4.3 and 4.4: receptive fields."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from coursetools.answers import Function, Number
from coursetools.answers.specs import FunctionSpec
from coursetools.exercises import Exercise, Failed, named, shown
from coursetools.lessons.lesson_4.calls import fail_unless_right
from coursetools.lessons.lesson_4.field_slips import FIELD_SLIPS
from coursetools.operations import field_table, receptive_field

_SEED = 20260117
_MORE = 30

Stack = list[tuple[int, int]]

three_in_a_row = Exercise(
    number="4.3",
    title="Three in a row",
    question=(
        "Three 3 × 3 convolutions with stride 1 stand one behind the other. How many pixels across "
        "is the square of the picture that one unit of the third one sees?"
    ),
    answers={"field": Number(integer=True, square=True)},
    minutes=2,
    hints=(
        "One unit of the first layer sees 3 pixels across, one of the second 5.",
        "Each layer adds what its kernel has beyond one: k - 1 = 2.",
        "3 + 2 + 2",
    ),
)


@three_in_a_row.solution
def _three() -> dict[str, Any]:
    return {"field": 1 + 2 + 2 + 2}


@three_in_a_row.check(points=2)
def seven_across(field: int) -> str:
    """The width of the field."""
    mistakes = (
        (9, "The patches overlap: each new layer adds one pixel on each side, not three in all."),
        (27, "27 is 3 times 9 weights, not pixels across."),
        (5, "That is what two layers see. There are three."),
        (3, "That is what one layer sees. There are three."),
        (6, "Each layer adds 2, but to the one pixel that a unit sees without any layer."),
        (8, "A field of odd kernels has a pixel in its middle, so its width is odd too."),
        (1, "A unit of the first layer sees 3 pixels already."),
        (729, "Fields add, they do not multiply: each layer adds two pixels to the width."),
    )
    if field == 49:
        return "7 by 7 pixels; the width is 7."
    if field != 7:
        raise Failed(
            named(field, mistakes)
            or f"{shown(field)} is not it. Draw a line of pixels: which three does one unit of "
            "the first layer see, and which of those units does one of the second?"
        )
    return ""


def _more_stacks(dice: random.Random) -> Iterator[Stack]:
    for _ in range(_MORE):
        yield [(dice.randint(1, 7), dice.randint(1, 3)) for _ in range(dice.randint(1, 6))]


_PLAIN: tuple[Stack, ...] = ([(3, 1)] * 3, [], [(3, 1)], [(3, 1), (5, 1)], [(7, 1), (1, 1)])
_POOLED: tuple[Stack, ...] = (
    [(3, 1), (2, 2), (3, 1)],
    [(3, 1), (2, 2), (3, 1), (2, 2)],
    [(5, 1), (2, 2), (5, 1), (3, 3)],  # here a mere sum of the kernels is not right by chance
)
_STRIDED: tuple[Stack, ...] = ([(7, 2), (3, 2)], [(3, 2), (3, 2), (3, 2)], [(5, 3), (3, 1)])
_NETWORKS: tuple[Stack, ...] = (
    [(5, 1), (2, 2), (3, 1), (2, 2), (3, 1), (2, 2)],
    [*[(3, 1)] * 2, (2, 2), *[(3, 1)] * 2, (2, 2), *[*[(3, 1)] * 3, (2, 2)] * 3],
)
"""The network of lesson 5, and VGG16."""
_OTHERS = tuple(_more_stacks(random.Random(_SEED)))

GROUPS = (_PLAIN, _POOLED, _STRIDED, _NETWORKS, _OTHERS)
"""The stacks that the checks ask about, one group a check."""

any_stack = Exercise(
    number="4.4",
    title="Any stack",
    question=(
        "Write `receptive_field(layers)`. `layers` is a list of pairs (kernel, stride) from the "
        "picture to the output, such as `[(3, 1), (2, 2)]` for a 3 × 3 convolution and a 2 × 2 "
        "pooling; it may be empty. The function gives how many pixels across one unit of the last "
        "layer sees."
    ),
    answers={
        "receptive_field": Function(
            cases=tuple((stack,) for group in GROUPS for stack in group),
            words="a function of a list of pairs",
        )
    },
    minutes=10,
    hints=(
        "Keep two numbers on the way through the layers: how wide the field is, and how many "
        "pixels lie between the fields of two neighbours. Both begin at 1.",
        "A layer widens the field by (kernel - 1) times the distance between neighbours.",
        "After that, and not before, the layer's stride multiplies that distance.",
    ),
)


@any_stack.solution
def _any_stack() -> dict[str, Any]:
    def receptive_field(layers: list[tuple[int, int]]) -> int:
        width = distance = 1
        for kernel, stride in layers:
            width += (kernel - 1) * distance
            distance *= stride
        return width

    return {"receptive_field": receptive_field}


@any_stack.check(points=1)
def plain_convolutions(receptive_field: FunctionSpec) -> None:
    """Convolutions with stride 1, and no layer at all."""
    _fail_unless_right(receptive_field, 0)


@any_stack.check(points=1)
def with_pooling(receptive_field: FunctionSpec) -> None:
    """Convolutions with pooling between them."""
    _fail_unless_right(receptive_field, 1)


@any_stack.check(points=1)
def with_strides(receptive_field: FunctionSpec) -> None:
    """Convolutions with a stride."""
    _fail_unless_right(receptive_field, 2)


@any_stack.check(points=1)
def whole_networks(receptive_field: FunctionSpec) -> None:
    """Whole networks: that of lesson 5, and VGG16."""
    _fail_unless_right(receptive_field, 3)


@any_stack.check(points=1)
def any_other_stack(receptive_field: FunctionSpec) -> None:
    """Thirty other stacks."""
    _fail_unless_right(receptive_field, 4)


def _fail_unless_right(spec: FunctionSpec, group: int) -> None:
    start = sum(len(stacks) for stacks in GROUPS[:group])
    results = spec.results[start : start + len(GROUPS[group])]
    fail_unless_right("receptive_field", results, receptive_field, FIELD_SLIPS, _layer_by_layer)


def _layer_by_layer(layers: Stack) -> str:
    if not layers:
        return "Without any layer a unit sees its own pixel."
    widths = ", ".join(str(row.size) for row in field_table(layers))
    return f"After each layer the width is {widths}."
