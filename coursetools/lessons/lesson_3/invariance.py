"""Exercise 3.2: how blind to shifts does pooling make a network?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from coursetools.answers import Choice, Number
from coursetools.exercises import Exercise, Failed, fail_if, named, shown
from coursetools.operations import circle, distinct_after_pools

SIDE = 64
"""Pixels across the picture of the ring."""

REACH = 3
"""The ring is shifted by at most so many pixels, up, down, left and right."""

SHIFTS = (2 * REACH + 1) ** 2
POOLS = 2

judge_a_claim = Exercise(
    number="3.2",
    title="Test the claim",
    question=(
        "Take the ring of radius **{r}**, `circle([64, 64], val=1.0, r_shrink=32 - {r})`, and "
        "shift it by up to 3 pixels up or down and left or right, which gives 49 pictures. Pool "
        "each of them **twice** by maximum (2 × 2, stride 2). How many different results are "
        "there? Count them as section 6 does and store the number as `distinct`."
        "\n\n"
        "Somebody says: *One 2 × 2 max pooling makes a network blind to shifts of one pixel.* "
        "What do you say? Store the letter as `verdict`."
    ),
    answers={"distinct": Number(integer=True), "verdict": Choice()},
    options={
        "A": (
            "True: whatever is the largest value of a window stays the largest in a shift.",
            "Only while it stays in the same window. In the table of section 6, 49 shifts still "
            "give 49 different results after one pool.",
        ),
        "B": (
            "False, but shifts inside a window are absorbed, and many pools have large windows.",
            "Right: blindness comes late, and by then most of the detail is gone too.",
        ),
        "C": (
            "False: pooling makes maps smaller, and that has nothing to do with position.",
            "Then why do 49 shifts of section 6's ring end in one single result after four pools?",
        ),
        "D": (
            "True as long as the windows overlap: with a stride of 1, no pixel gets lost.",
            "With stride 1 the pooled map moves along with the picture, pixel by pixel. That is "
            "the opposite of blind.",
        ),
    },
    draws={"r": (3, 4, 5, 7, 11)},
    minutes=6,
    hints=(
        "Section 6's cell has a loop over the 49 shifts. It takes any picture and any number of "
        "pools.",
        "Make your ring with `circle([64, 64], val=1.0, r_shrink=32 - {r})`, and pool it twice "
        "before you compare.",
        "For the letter: a lit pixel moves from column 3 to column 4. The windows hold the "
        "columns (0, 1), (2, 3), (4, 5): did it stay in its own?",
    ),
)


@judge_a_claim.solution
def _solution(draw: Mapping[str, int]) -> dict[str, Any]:
    import numpy as np

    from coursetools.operations import circle, max_pool

    picture = circle([64, 64], val=1.0, r_shrink=32 - draw["r"])
    results = set()
    for down in range(-3, 4):
        for right in range(-3, 4):
            shifted = np.roll(picture, (down, right), axis=(0, 1))
            pooled = max_pool(max_pool(shifted))
            results.add(pooled.tobytes())
    return {"distinct": len(results), "verdict": "B"}


@cache
def counts(radius: int, kind: str = "max") -> tuple[int, ...]:
    """Give how many different results the shifts of a ring have after 0, 1, 2, 3 and 4 pools."""
    ring = circle([SIDE, SIDE], val=1.0, r_shrink=SIDE // 2 - radius)
    return distinct_after_pools(ring, reach=REACH, pools=4, kind=kind)


@judge_a_claim.check(points=2)
def counts_what_is_left(distinct: int, draw: Mapping[str, int]) -> None:
    """The number of different results after two pools."""
    right = counts(draw["r"])[POOLS]
    if distinct == right:
        return
    fail_if(
        not 1 <= distinct <= SHIFTS,
        f"There are {SHIFTS} shifts, so the number of different results is 1 to {SHIFTS}, and "
        f"{shown(distinct)} is not.",
    )
    said = named(distinct, _mistakes(draw["r"]))
    fail_if(said, said)
    side = "low" if distinct < right else "high"
    raise Failed(
        f"{shown(distinct)} is too {side} for a ring of radius {draw['r']}. Shift first, then pool "
        "twice, and count each result once, for example as `pooled.tobytes()` in a `set`.",
    )


def _mistakes(radius: int) -> Iterator[tuple[int, str]]:
    _, one, _, three, four = counts(radius)
    yield (
        one,
        "{value} is the number after one pool, after pools that average, or for a much larger ring "
        f"(`r_shrink` is 32 - {radius}, not {radius}). Pool twice, and keep the largest of each "
        "window.",
    )
    yield three, "{value} is the number after three pools; the question asks for two."
    yield four, "{value} is the number after four pools; the question asks for two."
    yield (
        counts(radius, "skip")[POOLS],
        "{value} is what is left if each window keeps its first pixel. It keeps its largest.",
    )
    for other in judge_a_claim.draws["r"]:
        yield (
            counts(other)[POOLS],
            f"{{value}} belongs to a ring of radius {other}; yours has radius {radius}.",
        )


@judge_a_claim.check(points=1)
def judges_the_claim(verdict: str) -> str:
    """The letter that fits the counts."""
    fail_if(verdict != "B", judge_a_claim.why(verdict))
    return judge_a_claim.why("B")
