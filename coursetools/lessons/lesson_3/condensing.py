"""Exercise 3.1: pool the detected map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.answers import Array
from coursetools.exercises import Exercise, Failed, fail_if, shown
from coursetools.lessons.lesson_3 import pictures
from coursetools.operations import average_pool, max_pool

NEAR = 1e-4
"""Values may differ by this share of the largest: libraries add up in different orders."""

Map = NDArray[np.float64]

pool_the_map = Exercise(
    number="3.1",
    title="Pool it",
    question=(
        "Condense `image_detect`: lay a window of 2 × 2 on it, move it 2 pixels at a time, and "
        "keep the largest value of each window. Store the result as `image_condense`."
    ),
    answers={"image_condense": Array(words="a map: numbers in rows and columns")},
    minutes=4,
    hints=(
        "`tf.nn.pool` wants to know five things: the input, the window's shape, the strides, the "
        "kind of pooling, and the padding.",
        "`window_shape=(2, 2)` and `strides=(2, 2)`; the input has four axes already.",
        '`pooling_type="MAX"` keeps the largest, and `padding="SAME"` the border too.',
    ),
)


@pool_the_map.solution
def _solution(given: Mapping[str, Any]) -> dict[str, Any]:
    import tensorflow as tf

    image_condense = tf.nn.pool(
        input=given["image_detect"],
        window_shape=(2, 2),
        pooling_type="MAX",
        strides=(2, 2),
        padding="SAME",
    )
    return {"image_condense": image_condense}


@pool_the_map.check(points=0)
def half_the_size(image_condense: Map) -> None:
    """The map is half as high and half as wide."""
    side, half = pictures.SIDE, pictures.SIDE // 2
    rows, columns = image_condense.shape
    if (rows, columns) == (half, half):
        return
    size = f"{rows} × {columns}"
    fail_if(
        _alike(image_condense, pictures.image_detect()),
        "That is `image_detect` itself, unpooled.",
    )
    fail_if(
        min(rows, columns) >= side - 2,
        f"{size} is nearly the full size: the window must move 2 pixels at a time. Look at "
        "`strides`.",
    )
    fail_if(
        half in (rows, columns) and side in (rows, columns),
        f"{size} is half the size in one direction only. Window and strides take two numbers each.",
    )
    fail_if(
        (rows, columns) == (half // 2, half // 2),
        f"{size} is a quarter: the window moved by 4, or the map was pooled twice.",
    )
    fail_if(
        abs(rows - side / 3) < 1 and abs(columns - side / 3) < 1,
        f"{size} is a third: the window moved 3 pixels at a time. It should move 2.",
    )
    raise Failed(
        f"Your map is {size}; `image_detect` is {side} × {side}, and pooling by 2 halves it to "
        f"{half} × {half}.",
    )


@pool_the_map.check(points=3, needs=half_the_size)
def largest_of_each_window(image_condense: Map) -> None:
    """Each value is the largest of its window."""
    detected = pictures.image_detect()
    right = max_pool(detected)
    if _alike(image_condense, right):
        return
    fail_if(not image_condense.any(), "The shape is right, but every value is 0.")
    for slip, words in _slips():
        fail_if(_alike(image_condense, slip), words)
    fail_if(
        image_condense.min() < 0,
        f"It has negative values, down to {image_condense.min():.3g}, and `image_detect` has none. "
        "Pool `image_detect` itself.",
    )
    fail_if(
        image_condense.min() == image_condense.max(),
        f"The shape is right, but every value is {shown(float(image_condense[0, 0]))}.",
    )
    ratio = float(np.median(image_condense[right > 0] / right[right > 0]))
    fail_if(
        ratio > 0 and _alike(image_condense, right * ratio),
        f"Every value is {ratio:.3g} times what it should be. Pooling picks values and does not "
        "change them.",
    )
    raise Failed(_first_difference(image_condense, right))


def _slips() -> Iterator[tuple[NDArray[Any], str]]:
    """Give maps of the right size that come of known mistakes, and what to say to each."""
    detected = pictures.image_detect()
    half = pictures.SIDE // 2
    yield (
        average_pool(detected),
        "These are the windows' averages. Keep the largest: `pooling_type` is MAX.",
    )
    yield (
        average_pool(detected) * 4,
        "These are the windows' sums. Keep the largest value instead.",
    )
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        corner = f"{('top', 'bottom')[row]}-{('left', 'right')[column]}"
        yield (
            detected[row::2, column::2],
            f"You kept the {corner} pixel of each window, not the largest of the four.",
        )
    yield -max_pool(-detected), "These are the smallest values of the windows. Keep the largest."
    yield (
        max_pool(pictures.image_filter()),
        "You pooled the map before ReLU: it still has negative values. Pool `image_detect`.",
    )
    yield max_pool(pictures.image()), "That is the picture itself, pooled. Pool `image_detect`."
    yield (
        max_pool(detected, 3, 2, "same"),
        "The steps are right, but the window is 3 × 3. It should be 2 × 2.",
    )
    yield max_pool(detected).T, "Rows and columns have changed places."
    yield (
        detected.reshape(half, half, 4).max(axis=2),
        "These are the largest of four neighbours in a row. With `reshape`, the windows are "
        "squares only in `image_detect.reshape(100, 2, 100, 2)`, over the axes 1 and 3.",
    )


def _alike(found: NDArray[Any], asked: NDArray[Any]) -> bool:
    if found.shape != asked.shape:
        return False
    return bool(np.abs(found - asked).max() <= NEAR * np.abs(asked).max())


def _first_difference(found: Map, right: NDArray[Any]) -> str:
    differs = np.abs(found - right) > NEAR * right.max()
    row, column = (int(place) for place in np.argwhere(differs)[0])
    window = pictures.image_detect()[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
    values = ", ".join(f"{value:.3g}" for value in window.ravel())
    return (
        f"{differs.sum():,} of {differs.size:,} values are not the largest of their window. In row "
        f"{row}, column {column} you have {found[row, column]:.3g}; its window holds {values}."
    )
