"""Exercise 2.5: what does a kernel find?"""

from __future__ import annotations

from typing import Any

from coursetools.answers import Choice
from coursetools.exercises import Exercise, fail_if

say_what_it_finds = Exercise(
    number="2.5",
    title="What does it find?",
    question=(
        "The kernel of the table above is `[[1, -1], [1, -1]]`, and ReLU follows. What do the two "
        "find?"
    ),
    answers={"what_it_finds": Choice()},
    options={
        "A": (
            "They light up along a bright horizontal line, all of it.",
            "Along a horizontal line left and right are equal and cancel; only its ends could "
            "answer.",
        ),
        "B": (
            "They light up on both sides of a bright upright line.",
            "Look at the table: -2 on one side of the upright line, 2 on the other. Only one side "
            "survives ReLU.",
        ),
        "C": (
            "They light up where the left is brighter than the right.",
            "Right: left counts as plus, right as minus, and ReLU drops the rest.",
        ),
        "D": (
            "They light up in a bright area, the brighter the more.",
            "The weights add up to 0: a flat area answers 0, however bright it is.",
        ),
    },
    minutes=2,
    hints=(
        "Read the signs from left to right.",
        "What does one row of it, `[1, -1]`, say to the pixels `[1, 1]`? To `[1, 0]`, to `[0, 1]`?",
        "In the table of section 9: where do the numbers lie that ReLU leaves?",
    ),
)


@say_what_it_finds.solution
def _solution() -> dict[str, Any]:
    return {"what_it_finds": "C"}


@say_what_it_finds.check(points=2)
def knows_the_direction(what_it_finds: str) -> str:
    """The right option."""
    fail_if(what_it_finds != "C", say_what_it_finds.why(what_it_finds))
    return say_what_it_finds.why("C")
