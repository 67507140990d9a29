"""Exercise 4.6: two kernels for a series."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.answers import Array
from coursetools.exercises import Exercise, Failed, fail_if

NEAR = 1e-3
"""How exact a kernel has to be; three decimals are enough for a third."""

LENGTH = 5
_LEVEL = 10

Weights = NDArray[np.float64]

two_kernels_on_a_line = Exercise(
    number="4.6",
    title="On a line",
    question=(
        "Make two kernels for a series. `change` answers 0 where the series is flat and 1 where it "
        f"rises by 1 with each step. `smooth` has {LENGTH} weights, none of them negative; it "
        "leaves a flat series as it is, and of a sudden jump by 1 it makes steps of at most one "
        "half."
    ),
    answers={
        "change": Array(dimensions=1, words="a list of numbers"),
        "smooth": Array(dimensions=1, words=f"a list of {LENGTH} numbers"),
    },
    minutes=5,
    hints=(
        "For `change`: the later value minus the earlier one. The kernel lies on the series as "
        "it is; nothing is flipped.",
        "For `smooth`: each of five neighbours has a share, and shares add up to 1.",
        "`[-1, 1]` and `[1/5, 1/5, ...]`",
    ),
)


@two_kernels_on_a_line.solution
def _solution() -> dict[str, Any]:
    return {"change": [-1, 1], "smooth": [0.2, 0.2, 0.2, 0.2, 0.2]}


@two_kernels_on_a_line.check(points=0)
def silent_on_flat(change: Weights) -> None:
    """`change` answers 0 to a flat series."""
    fail_if(not change.any(), "An all-zero `change` answers 0 to everything.")
    fail_if(
        len(change) < 2,
        "One weight sees one value at a time and cannot know of a change. Give it two or more.",
    )
    answer = change.sum()
    fail_if(
        abs(answer) > NEAR * np.abs(change).max(),
        f"A flat series at {_LEVEL} gets the answer {answer * _LEVEL:.3g} from your `change`, not "
        "0. Its weights must add up to 0.",
    )


@two_kernels_on_a_line.check(points=2, needs=silent_on_flat)
def one_on_a_rise(change: Weights) -> None:
    """`change` answers 1 where the series rises by 1 a step."""
    answer = float((change * np.arange(len(change))).sum())
    if abs(answer - 1) <= NEAR:
        return
    fail_if(
        abs(answer + 1) <= NEAR,
        "It answers -1 on a rise: nothing is flipped here, so the later value takes the plus.",
    )
    fail_if(
        abs(answer) <= NEAR,
        "It answers 0 on a rise too: it finds bends. Take the earlier value from the later one.",
    )
    size = f"Where the series rises by 1 a step, your `change` answers {answer:.3g}."
    fail_if(
        abs(answer - round(answer)) <= NEAR and len(change) > 2,
        f"{size} It looks over several steps: divide its weights by {answer:.3g}.",
    )
    raise Failed(f"{size} Divide its weights by {answer:.3g}.")


@two_kernels_on_a_line.check(points=0)
def shares_of_five(smooth: Weights) -> None:
    """`smooth` has five weights, none of them negative."""
    fail_if(
        len(smooth) != LENGTH,
        f"`smooth` has {len(smooth)} weights; this asks for {LENGTH}.",
    )
    fail_if(
        (smooth < 0).any(),
        f"A weight of `smooth` is negative, {smooth.min():.3g}. It takes a share of each value, "
        "and no share is below 0.",
    )
    fail_if(not smooth.any(), "An all-zero `smooth` turns every series into zeros.")


@two_kernels_on_a_line.check(points=1, needs=shares_of_five)
def softens_a_jump(smooth: Weights) -> None:
    """`smooth` shares a jump out: no step is more than half of it."""
    shares = smooth / smooth.sum()
    fail_if(
        (shares > 0).sum() == 1,
        "A single weight copies the series; nothing is smoothed. Share it among neighbours.",
    )
    largest = shares.max()
    fail_if(
        largest > 0.5 + NEAR,
        f"A step of {largest:.3g} of the jump is left. Give the largest weight less, and its "
        "neighbours more.",
    )


@two_kernels_on_a_line.check(points=1, needs=softens_a_jump)
def keeps_the_level(smooth: Weights) -> None:
    """`smooth` leaves a flat series as it is."""
    total = smooth.sum()
    fail_if(
        abs(total - 1) > NEAR,
        f"A flat series at {_LEVEL} comes out at {total * _LEVEL:.3g}. Divide the weights by their "
        f"sum, {total:.3g}.",
    )
