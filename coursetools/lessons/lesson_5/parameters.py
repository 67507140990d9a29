"""Exercise 5.3: where the parameters of a convnet sit, and what the padding costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coursetools.answers import Number
from coursetools.exercises import Exercise, Failed, fail_if, named, shown

SAME_MAP = 16
"""Pixels a side of the last map, with `same`: 128 halved three times."""

VALID_MAP = 14
"""Pixels a side of the last map, with `valid`."""

IN_THE_TEXT = (32, 6)
"""The filters and the hidden units of the lesson's own network: its counts are in the text."""

_FILTERS = (16, 24, 32, 40)
_UNITS = (4, 6, 8, 10)


def draw_sizes(random: bytes) -> dict[str, Any] | None:
    """Draw the filters `f` and the hidden units `h`; what the text counts is not drawn.

    That is its own network, and every other one in which padding costs as many parameters.
    """
    f = _FILTERS[random[0] % len(_FILTERS)]
    h = _UNITS[random[1] % len(_UNITS)]
    return (
        None
        if f * h == IN_THE_TEXT[0] * IN_THE_TEXT[1]
        else {"f": f, "f2": 2 * f, "f4": 4 * f, "h": h}
    )


the_missing_parameters = Exercise(
    number="5.3",
    title="The missing parameters",
    question=(
        "Take the three-block network of this lesson with **{f}, {f2} and {f4}** filters and with "
        "**{h}** hidden units. All else stays: kernels of 5 × 5, then 3 × 3 twice, pictures of "
        "128 × 128 × 3, one last unit. How many parameters has it with "
        '`padding="same"`, biases included? And how many **fewer** with `padding="valid"`?'
    ),
    answers={"same_count": Number(integer=True), "fewer": Number(integer=True)},
    draw_from=draw_sizes,
    minutes=6,
    hints=(
        "A filter of a convolution has one weight for each pixel of its window in each channel "
        "that comes in, and one bias. Which layer depends on the size of the maps?",
        "The last maps are 16 × 16 with `same` and 14 × 14 with `valid`. Only the layer after "
        "`Flatten` notices.",
        "Each pixel of the last maps that is missing takes {f4} × {h} weights with it. You may "
        "also build both networks and ask `count_params()`.",
    ),
)


@the_missing_parameters.solution
def _solution(draw: Mapping[str, int]) -> dict[str, Any]:
    f, h = draw["f"], draw["h"]
    convolutions = (5 * 5 * 3 + 1) * f + (3 * 3 * f + 1) * 2 * f + (3 * 3 * 2 * f + 1) * 4 * f
    head = (16 * 16 * 4 * f + 1) * h + (h + 1)
    return {"same_count": convolutions + head, "fewer": (16 * 16 - 14 * 14) * 4 * f * h}


def count(f: int, h: int, side: int = SAME_MAP) -> int:
    """Give the parameters of the network whose last maps have `side` pixels a side."""
    return 90 * f * f + 82 * f + 4 * f * side * side * h + 2 * h + 1


@the_missing_parameters.check(points=1)
def count_with_same(same_count: int, draw: Mapping[str, int]) -> None:
    """The number of parameters with `same`."""
    f, h = draw["f"], draw["h"]
    if same_count == count(f, h):
        return
    said = named(same_count, _slips(f, h))
    fail_if(said, said)
    raise Failed(
        f"{shown(same_count)} is not it. Count layer by layer: how many weights has one of the {f} "
        "filters of the first convolution, and one unit of the hidden layer?"
    )


@the_missing_parameters.check(points=2)
def fewer_with_valid(fewer: int, draw: Mapping[str, int]) -> None:
    """How many fewer they are with `valid`."""
    f, h = draw["f"], draw["h"]
    pixels = SAME_MAP**2 - VALID_MAP**2
    right = pixels * 4 * f * h
    if fewer == right:
        return
    mistakes = (
        (
            0,
            f"The kernels stay the same, but the maps that enter `Flatten` shrink from {SAME_MAP} "
            f"to {VALID_MAP} pixels a side.",
        ),
        (-right, "Asked is how many *fewer*, so the number is positive."),
        (count(f, h, VALID_MAP), "That is how many there are with `valid`. How many fewer is it?"),
        (count(f, h), "That is how many there are with `same`. How many fewer has `valid`?"),
        (
            pixels,
            f"So many pixels are missing in each of the last maps. There are {4 * f} maps, and "
            f"{h} units that look at each pixel.",
        ),
        (pixels * 4 * f, f"That is for one hidden unit; there are {h}."),
        (pixels * h, f"That is for one of the last maps; there are {4 * f}."),
        (
            (128**2 - 124**2) * f,
            "Pixels are no parameters: only `Flatten` turns size into weights.",
        ),
        (
            (SAME_MAP**2 - 15**2) * 4 * f * h,
            "With `valid` the last maps are 14 pixels a side: 128, 124, 62, 60, 30, 28, 14.",
        ),
        (
            (SAME_MAP**2 - 13**2) * 4 * f * h,
            "The last maps are 14 pixels a side with `valid`: 128, 124, 62, 60, 30, 28, 14.",
        ),
    )
    said = named(fewer, mistakes)
    fail_if(said, said)
    for other_f, other_h in _others(f, h):
        fail_if(
            fewer == pixels * 4 * other_f * other_h,
            f"That is for {other_f} filters and {other_h} units; you have {f} and {h}.",
        )
    raise Failed(
        f"{shown(fewer)} is not it. How many numbers fewer enter the hidden layer, and how many "
        "weights has it for each?"
    )


def _slips(f: int, h: int) -> Iterator[tuple[int, str]]:
    right = count(f, h)
    yield count(f, h, VALID_MAP), "That is with `valid`. With `same` the last maps are 16 × 16."
    yield (
        right - 7 * f - h - 1,
        "Every filter and every unit has a bias; those are missing.",
    )
    yield right - 7 * f, "Every filter of a convolution has a bias; those are missing."
    yield right - h - 1, "The biases of the two dense layers are missing."
    yield right - 1, "One short: the last unit has a bias too."
    yield right - h - 1 - h, "The last unit, its weights and its bias are missing."
    yield (
        right - 48 * f,
        f"The first convolution has kernels of 5 × 5, not 3 × 3; that is {48 * f} weights more.",
    )
    yield (
        right - 50 * f,
        "The pictures have three channels, so a filter of the first convolution has 5 × 5 × 3 "
        "weights.",
    )
    yield (
        count(f, h, 128),
        "The maps do not stay 128 × 128: each block halves them, and the last ones are 16 × 16.",
    )
    yield (
        (5 * 5 * 3 + 1) * f + 10 * 2 * f + 10 * 4 * f + 1024 * f * h + 2 * h + 1,
        "A filter looks at all channels that come in: a kernel of 3 × 3 in the second block has "
        f"9 × {f} weights.",
    )
    for other_f, other_h in _others(f, h):
        yield (
            count(other_f, other_h),
            f"That is for {other_f} filters and {other_h} units; you have {f} and {h}.",
        )


def _others(f: int, h: int) -> Iterator[tuple[int, int]]:
    for other_f in _FILTERS:
        for other_h in _UNITS:
            if (other_f, other_h) != (f, h):
                yield other_f, other_h
