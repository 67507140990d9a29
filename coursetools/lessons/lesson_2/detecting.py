"""Exercise 2.3: detect, that is ReLU on the map of 2.2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from coursetools.answers import Array
from coursetools.exercises import Exercise, Failed, fail_if
from coursetools.lessons.lesson_2 import maps
from coursetools.lessons.lesson_2.maps import Floats
from coursetools.operations import relu

detect = Exercise(
    number="2.3",
    title="Detect",
    question=(
        "Apply ReLU to `line_map`, and store what is left as `image_detect`. (`line_map` is your "
        "map of 2.2 if it is right, and the reference's otherwise.)"
    ),
    answers={"image_detect": Array(words="a map of numbers in rows and columns")},
    minutes=2,
    hints=(
        "Whatever is negative becomes 0; all else stays as it is.",
        "It lives in `tf.nn`, beside `conv2d`.",
        "`tf.nn.relu(line_map)`, or `np.maximum(0, line_map)`.",
    ),
)


@detect.solution
def _solution(given: Mapping[str, Any]) -> dict[str, Any]:
    import tensorflow as tf

    image_detect = tf.nn.relu(given["line_map"])
    return {"image_detect": image_detect}


@detect.check(points=0)
def nothing_negative(image_detect: Floats, earlier: Mapping[str, Any]) -> None:
    """As large as the map, and nothing in it is negative."""
    sources = _maps(earlier)
    fail_if(
        image_detect.shape != sources[0].shape,
        f"It is {maps.size(image_detect)} and the map {maps.size(sources[0])}. ReLU changes "
        "numbers, not their places.",
    )
    least = image_detect.min()
    if least >= 0:
        return
    fail_if(
        any(maps.near(image_detect, one) for one in sources),
        "This is the map as it came, with its negative values. ReLU has yet to be applied.",
    )
    fail_if(
        any(maps.near(image_detect, np.minimum(one, 0)) for one in sources),
        "You kept the negative answers and dropped the positive ones: it is the other way round.",
    )
    leaks = [leak for one in sources if (leak := _leak(image_detect, one))]
    fail_if(
        bool(leaks),
        f"Negative answers were only made smaller, to `{leaks[0] if leaks else 0:.2g}` of what "
        "they were. That is a leaky ReLU; ReLU makes them 0.",
    )
    row, column = maps.farthest(np.minimum(image_detect, 0), np.zeros(image_detect.shape))
    raise Failed(
        f"There is still a negative value, `{least:.4g}` at row {row}, column {column}. ReLU makes "
        "it 0."
    )


@detect.check(points=2, needs=nothing_negative)
def is_relu(image_detect: Floats, earlier: Mapping[str, Any]) -> None:
    """It is 0 where the map is negative, and the map everywhere else."""
    sources = _maps(earlier)
    if any(maps.near(image_detect, relu(one)) for one in sources):
        return
    fail_if(not image_detect.any(), "Every value is 0. ReLU keeps the positive ones.")
    for one in sources:
        for mistake, feedback in _mistakes(one):
            fail_if(maps.near(image_detect, mistake), feedback)
    fail_if(
        image_detect.min() > 0,
        "Nothing is exactly 0 here, so it is another activation. ReLU erases all that is negative.",
    )
    asked = relu(sources[0])
    row, column = maps.farthest(image_detect, asked)
    raise Failed(
        f"At row {row}, column {column} it has `{image_detect[row, column]:.4g}`. The map is "
        f"`{sources[0][row, column]:.4g}` there, so ReLU gives `{asked[row, column]:.4g}`."
    )


def _maps(earlier: Mapping[str, Any]) -> list[Floats]:
    """Give the maps that a student may have gone on with."""
    own = [earlier["image_filter"]] if "image_filter" in earlier else []
    return [*own, *(maps.filtered(kernel) for kernel in maps.kernels(earlier))]


def _leak(found: Floats, one: Floats) -> float:
    """Give the share of its negative values that a leaky ReLU of the map has kept, else 0."""
    place = maps.farthest(np.minimum(one, 0), np.zeros(one.shape))
    share = float(found[place] / one[place]) if one[place] else 0.0
    leaky = np.where(one < 0, share * one, one)
    return share if 0 < share < 1 and maps.near(found, leaky) else 0.0


def _mistakes(one: Floats) -> Iterator[tuple[Floats, str]]:
    """Give what typical mistakes make of a map, and what to say to each."""
    kept = relu(one)
    yield np.abs(one), "Negative answers were turned into positive ones; ReLU makes them 0."
    for limit in (1, 6):
        yield (
            np.minimum(kept, limit),
            f"Large answers were cut off at {limit}; ReLU has no upper limit.",
        )
    yield (
        1 / (1 + np.exp(-one)),
        "Nothing is exactly 0 here: a sigmoid is another activation. ReLU erases all that is "
        "negative.",
    )
    yield (
        relu(-one),
        "These are the negative answers with their signs swapped. ReLU keeps the positive ones.",
    )
    yield (
        (one > 0).astype(np.float64),
        "Every positive answer has become 1. ReLU keeps it as large as it was.",
    )
    yield maps.picture(), "That is the picture itself. ReLU is for the map, `line_map`."
