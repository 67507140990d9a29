"""Exercise 2.1: a kernel for a purpose, judged by what it answers and not by its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.answers import Array
from coursetools.exercises import Exercise, fail_if

FLAT = 1e-4
"""A sum of weights below this share of the largest weight counts as 0."""

TIMES = 2
"""How much stronger the lying line has to be answered than the standing one."""

_ALIKE = 0.1

design_a_kernel = Exercise(
    number="2.1",
    title="A kernel for a purpose",
    question=(
        "Make a 3 × 3 kernel, `my_kernel`, that lights up on bright **horizontal** lines and stays "
        "silent on flat areas. It is tried on flat greys, on a bright line one pixel thick that "
        "lies right across a dark picture, and on the same line standing upright."
    ),
    answers={"my_kernel": Array(words="three rows of three numbers")},
    minutes=6,
    hints=(
        "Positive weights where the line should lie, negative ones around it.",
        "A row of positive numbers between two rows of negative ones; all nine add up to 0.",
        "The first row is -1, -1, -1, and so is the last. What do three equal numbers in the "
        "middle row have to be?",
    ),
)


@design_a_kernel.solution
def _solution() -> dict[str, Any]:
    my_kernel = [
        [-1, -1, -1],
        [2, 2, 2],
        [-1, -1, -1],
    ]
    return {"my_kernel": my_kernel}


@design_a_kernel.check(points=0)
def three_by_three(my_kernel: NDArray[np.float64]) -> None:
    """It has three rows of three numbers."""
    fail_if(
        my_kernel.shape != (3, 3),
        f"Its shape is `{my_kernel.shape}`; put three numbers into each of three rows.",
    )


@design_a_kernel.check(points=1, needs=three_by_three)
def silent_on_flat(my_kernel: NDArray[np.float64]) -> None:
    """It answers 0 to a flat area, whatever its grey, and not to everything."""
    largest = np.abs(my_kernel).max()
    fail_if(largest == 0, "An all-zero kernel answers 0 to everything. What should it look for?")
    total = my_kernel.sum()
    fail_if(
        abs(total) > FLAT * largest,
        f"On a flat area of brightness 1 it still answers `{total:.4g}`: make the nine numbers add "
        "up to 0.",
    )


@design_a_kernel.check(points=1, needs=silent_on_flat)
def answers_the_line(my_kernel: NDArray[np.float64]) -> str:
    """It answers a horizontal line positively, on it or right beside it; on it never negatively."""
    lying, standing = _answers_to_lines(my_kernel)
    least = FLAT * np.abs(my_kernel).max()
    on_the_line, strongest = lying[1], max(lying)
    fail_if(
        on_the_line < -least,
        f"It answers negatively on the line (`{on_the_line:.4g}`), and ReLU would erase that. "
        "Swap the signs.",
    )
    fail_if(
        strongest <= least and max(standing) > least,
        "This one finds vertical lines: turn it by 90 degrees.",
    )
    fail_if(
        strongest <= least,
        "Along a horizontal line it answers `0` everywhere, on the line and beside it. Give the "
        "middle row other weights than the rows above and below.",
    )
    if on_the_line <= least:
        return "You find an edge of the line, not its middle."
    return ""


@design_a_kernel.check(points=2, needs=answers_the_line)
def tells_directions_apart(my_kernel: NDArray[np.float64]) -> None:
    """It answers a horizontal line more than twice as strongly as an upright one."""
    lying, standing = (max(0.0, *answers) for answers in _answers_to_lines(my_kernel))
    fail_if(
        abs(lying - standing) <= _ALIKE * lying,
        f"It answers to lines in both directions alike (`{lying:.4g}` and `{standing:.4g}`). Let "
        "the weights change from row to row and not along a row.",
    )
    fail_if(
        standing > lying,
        f"It answers `{standing:.4g}` to an upright line and only `{lying:.4g}` to a horizontal "
        "one: turn it by 90 degrees.",
    )
    fail_if(
        lying <= TIMES * standing,
        f"To a horizontal line it answers `{lying:.4g}`, to an upright one still `{standing:.4g}`. "
        "The nearer the weights of one row are to each other, the less it sees of upright lines.",
    )


def _answers_to_lines(kernel: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Give the answers above, on and below a lying line, and left of, on and right of an upright.

    Both lines go right across a dark picture, and the window stays inside it. A line that lies
    one row below the window's middle is under the kernel's last row, and so on: the answers
    are the sums of the kernel's rows, and those of its columns, in reverse.
    """
    return list(kernel.sum(axis=1)[::-1]), list(kernel.sum(axis=0)[::-1])
