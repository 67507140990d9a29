"""Exercise 4.2: the sizes in a stack of three layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.answers import Array
from coursetools.exercises import Exercise, Failed, fail_if, named, shown
from coursetools.operations import output_size

Sizes = NDArray[np.float64]

a_whole_stack = Exercise(
    number="4.2",
    title="A whole stack",
    question=(
        "A picture of **{n} × {n}** goes through a **{k} × {k}** convolution with stride 2, then a "
        "2 × 2 max pooling with stride 2, then a 3 × 3 convolution with stride 1. None of them "
        "has padding. How many pixels across is it after each? Store the three numbers as `sizes`."
    ),
    answers={"sizes": Array(dimensions=1, words="a list of three numbers")},
    draws={"n": (96, 112, 128, 160, 192), "k": (3, 5, 7)},
    minutes=4,
    hints=(
        "One layer at a time: what comes out of one goes into the next.",
        "Your function of 4.1 can do it, or by hand: `(n - k) // s + 1`.",
        "The first is `out_size({n}, {k}, 2)`. Put its answer into `out_size(..., 2, 2)`, and that "
        "one's into `out_size(..., 3)`.",
    ),
)


@a_whole_stack.solution
def _solution(draw: Mapping[str, int]) -> dict[str, Any]:
    after_convolution = (draw["n"] - draw["k"]) // 2 + 1
    after_pooling = (after_convolution - 2) // 2 + 1
    after_last = (after_pooling - 3) // 1 + 1
    return {"sizes": [after_convolution, after_pooling, after_last]}


def right_sizes(n: int, k: int) -> tuple[int, int, int]:
    """Give the sizes after each layer."""
    first = output_size(n, k, 2)
    second = output_size(first, 2, 2)
    return first, second, output_size(second, 3)


@a_whole_stack.check(points=0)
def three_whole_numbers(sizes: Sizes) -> None:
    """There are three whole numbers."""
    count = len(sizes)
    fail_if(
        count == 1,
        f"Give three numbers, one after each layer; you gave {shown(_plain(sizes[0]))} alone.",
    )
    fail_if(count != 3, f"Give three numbers, one after each layer; you gave {count}.")
    for size in sizes:
        fail_if(
            not float(size).is_integer(),
            f"A size is a whole number, and {shown(_plain(size))} is not. A stop that does not fit "
            "whole is none, so round down: `//`.",
        )


@a_whole_stack.check(points=0, needs=three_whole_numbers)
def first_is_near(sizes: Sizes, draw: Mapping[str, int]) -> None:
    """The first size is near enough to go on from."""
    first, n, k = int(sizes[0]), draw["n"], draw["k"]
    near = {right_sizes(n, k)[0]} | {slip for slip, _ in _first_slips(n, k)}
    if first in near:
        return
    mistakes = (
        (n, f"{n} is the picture's own size. What is left of it after the first convolution?"),
        (right_sizes(n, k)[2], "The order is from the picture on: the largest size comes first."),
    )
    said = named(first, mistakes)
    fail_if(said, said)
    raise Failed(
        f"{shown(first)} is not the size after the first convolution. How many steps of 2 fit "
        f"into {n} - {k}?"
    )


@a_whole_stack.check(points=1, needs=first_is_near)
def after_the_convolution(sizes: Sizes, draw: Mapping[str, int]) -> None:
    """The size after the first convolution."""
    first, n, k = int(sizes[0]), draw["n"], draw["k"]
    if first != right_sizes(n, k)[0]:
        raise Failed(named(first, _first_slips(n, k)))


@a_whole_stack.check(points=1, needs=first_is_near)
def after_the_pooling(sizes: Sizes) -> None:
    """The size after the pooling, counted from the first size given."""
    first, second = int(sizes[0]), int(sizes[1])
    right = output_size(first, 2, 2)
    if second == right:
        return
    mistakes = (
        (-(-first // 2), "That is with `same`, which rounds up. Without padding, round down."),
        (first - 1, "The pooling moves 2 pixels at a time, so the size halves."),
        (first, "Pooling with stride 2 halves the size."),
        (right - 1, f"One short: `({first} - 2) // 2 + 1`."),
        (right + 1, f"One too many: `({first} - 2) // 2 + 1`."),
        (right // 2, "Halved twice: one pooling with stride 2 halves the size once."),
    )
    raise Failed(
        named(second, mistakes)
        or f"{shown(second)} does not follow from {first}: how many windows of 2, side by side, "
        f"fit on {first} pixels?"
    )


@a_whole_stack.check(points=1, needs=first_is_near)
def after_the_last(sizes: Sizes) -> None:
    """The size after the last convolution, counted from the second size given."""
    second, third = int(sizes[1]), int(sizes[2])
    fail_if(second < 3, f"On {second} pixels no window of 3 fits. Look at the second size first.")
    if third == second - 2:
        return
    mistakes = (
        (second, "That is with `same`. Without padding a window of 3 makes n - 2 stops."),
        (second - 3, "The first stop is missing: n - k + 1."),
        (second - 1, "One too many: a window of 3 loses one pixel on each side."),
        (output_size(second, 3, 2), "That is with stride 2; the last convolution has stride 1."),
        (second // 2, "That is with stride 2; the last convolution has stride 1."),
    )
    raise Failed(
        named(third, mistakes)
        or f"{shown(third)} does not follow from {second}: a window of 3 makes n - 3 + 1 stops."
    )


def _first_slips(n: int, k: int) -> Iterator[tuple[int, str]]:
    right = right_sizes(n, k)[0]
    yield (
        n // 2,
        f"{n // 2} is with `same`. Without padding the window cannot hang over the end.",
    )
    yield right - 1, f"The first stop is missing: `({n} - {k}) // 2 + 1`."
    yield (
        right + 1,
        f"Round down, then count the first stop: `({n} - {k}) // 2 + 1`. {right + 1} is one more.",
    )
    yield (
        n - k + 1,
        f"{n - k + 1} is with stride 1; this convolution has stride 2.",
    )
    for other_n in a_whole_stack.draws["n"]:
        for other_k in a_whole_stack.draws["k"]:
            other = right_sizes(other_n, other_k)[0]
            if other != right:
                yield (
                    other,
                    f"That is for {other_n} pixels and a kernel of {other_k}; you have {n} and "
                    f"{k}.",
                )


def _plain(size: np.float64) -> float | int:
    number = float(size)
    return int(number) if number.is_integer() else number
