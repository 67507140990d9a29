"""Exercise 4.5: why three small kernels in place of a large one?"""

from __future__ import annotations

from typing import Any

from coursetools.answers import Choice
from coursetools.exercises import Exercise, fail_if

why_small_kernels = Exercise(
    number="4.5",
    title="Why small and stacked?",
    question=(
        "Three 3 × 3 convolutions one behind the other, or a single 7 × 7, each with C channels in "
        "and C out and ReLU behind it, biases aside: both see 7 × 7 pixels. What speaks for the "
        "three?"
    ),
    answers={"why_small": Choice()},
    options={
        "A": (
            "With 27 weights against 49, whatever C is, the stack is the smaller one.",
            "Each kernel has C slices and there are C filters: 27C² and 49C². The ratio is right, "
            "the counts are not.",
        ),
        "B": (
            "With 27C² weights against 49C², the stack even has two more ReLUs in it.",
            "Right: fewer weights for the same field, and two more bends on the way.",
        ),
        "C": (
            "The stack computes just what the 7 × 7 computes, only much faster.",
            "Without ReLUs a stack is a 7 × 7, but not every 7 × 7 is such a stack. With ReLUs "
            "in between neither holds, as lesson 2 shows.",
        ),
        "D": (
            "The stack sees more pixels, since the fields of its layers add up.",
            "Both see 7 pixels across: you worked it out in 4.3.",
        ),
    },
    minutes=2,
    hints=(
        "How many weights has one layer with kernels of k × k, C channels in and C out?",
        "k * k * C * C for each layer, and then times three for the stack.",
        "What stands between the layers of the stack?",
    ),
)


@why_small_kernels.solution
def _solution() -> dict[str, Any]:
    return {"why_small": "B"}


@why_small_kernels.check(points=2)
def knows_what_a_stack_brings(why_small: str) -> str:
    """The right option."""
    fail_if(why_small != "B", why_small_kernels.why(why_small))
    return why_small_kernels.why("B")
