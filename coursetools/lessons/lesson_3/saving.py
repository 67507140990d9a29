"""Exercise 3.4: how many weights does averaging the maps save?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from coursetools.answers import Number
from coursetools.exercises import Exercise, Failed, fail_if, named, shown

count_the_savings = Exercise(
    number="3.4",
    title="What it saves",
    question=(
        "A base gives **{C}** maps of **{m} × {m}**. Its head has a hidden layer of **{h}** units "
        "and one output unit. How many fewer weights does the head have if "
        "`GlobalAveragePooling2D` stands in the place of `Flatten`?"
    ),
    answers={"saved": Number(integer=True)},
    draws={"m": (4, 5, 7), "C": (256, 512, 1280), "h": (8, 12, 16)},
    minutes=4,
    hints=(
        "How many numbers come into the hidden layer, in the one case and in the other?",
        "`Flatten` hands on {m} * {m} * {C} numbers, averaging {C}.",
        "Each of the {h} hidden units has one weight for each number that comes in. Biases and "
        "the output unit are the same in both heads, so they cancel.",
    ),
)


@count_the_savings.solution
def _solution(draw: Mapping[str, int]) -> dict[str, Any]:
    flattened = draw["m"] * draw["m"] * draw["C"] * draw["h"]
    averaged = draw["C"] * draw["h"]
    return {"saved": flattened - averaged}


def right_saving(m: int, channels: int, h: int) -> int:
    """Give how many weights fewer the head with averages has."""
    return (m * m - 1) * channels * h


@count_the_savings.check(points=3)
def exact_saving(saved: int, draw: Mapping[str, int]) -> None:
    """The difference is exact."""
    m, channels, h = draw["m"], draw["C"], draw["h"]
    if saved == right_saving(m, channels, h):
        return
    said = named(saved, _mistakes(m, channels, h))
    fail_if(said, said)
    raise Failed(
        f"{shown(saved)} is not it. Count the weights into the hidden layer twice, once with "
        f"{m} * {m} * {channels} numbers coming in and once with {channels}, and take the "
        "difference.",
    )


def _mistakes(m: int, channels: int, h: int) -> Iterator[tuple[object, str]]:
    right = right_saving(m, channels, h)
    yield (
        lambda saved: saved in _totals(m * m * channels, h),
        f"{{value}} is what the head costs after `Flatten`. The other one is not free: it still "
        f"needs {channels} * {h} weights.",
    )
    yield (
        lambda saved: saved in _totals(channels, h),
        "{value} is what remains with averages. How much is gone?",
    )
    yield (
        m * m,
        "{value} is how many times fewer numbers come in. The question asks for the difference, "
        "in weights.",
    )
    yield (
        (m * m - 1) * channels,
        f"{{value}} is what a single hidden unit saves; there are {h}.",
    )
    yield (
        lambda saved: saved in ((m - 1) * channels * h, (m - 1) * channels),
        f"A map of {m} × {m} has {m * m} places, not {m}.",
    )
    yield (
        (m * m - 1) * h,
        f"{{value}} is what one map saves; there are {channels}.",
    )
    yield -right, "The right size, but it asks how many *fewer*: turn the difference round."
    yield (
        lambda saved: abs(saved - right) in (1, h, h + 1, 2 * h, 2 * h + 1),
        "Very near. Biases and the output unit are the same in both heads, so they cancel.",
    )
    for m_2, channels_2, h_2 in product(*count_the_savings.draws.values()):
        yield (
            right_saving(m_2, channels_2, h_2),
            f"That is right for {channels_2} maps of {m_2} × {m_2} and {h_2} hidden units; your "
            f"question has {channels} of {m} × {m} and {h}.",
        )


def _totals(inputs: int, h: int) -> set[int]:
    """Give what the hidden layer costs, without and with biases, and the whole head."""
    hidden = inputs * h
    return {hidden, hidden + h, hidden + 2 * h, hidden + 2 * h + 1}
