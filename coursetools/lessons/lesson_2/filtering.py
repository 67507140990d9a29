"""Exercise 2.2: run the convolution, compared with our own on the same picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from coursetools.answers import Array
from coursetools.exercises import Exercise, Failed, fail_if
from coursetools.lessons.lesson_2 import maps
from coursetools.lessons.lesson_2.maps import Floats
from coursetools.operations import relu

_BYTE = 255
_ROUGHLY = 0.01

run_the_convolution = Exercise(
    number="2.2",
    title="Run the convolution",
    question=(
        "Filter `image` with `line_kernel`, with stride 1, so that the map is as large as the "
        "picture. Store the map as `image_filter`. (`line_kernel` is your kernel if it is right, "
        "and the reference's otherwise.)"
    ),
    answers={"image_filter": Array(words="a map of numbers in rows and columns")},
    minutes=5,
    hints=(
        "`tf.nn.conv2d(input=..., filters=..., strides=..., padding=...)`.",
        "Both need four axes: `image[None, ..., None]` is one picture with one channel, and "
        "`line_kernel[..., None, None]` one filter for one channel.",
        '`strides=1` and `padding="SAME"`; both have to be `float32`.',
    ),
)


@run_the_convolution.solution
def _solution(given: Mapping[str, Any]) -> dict[str, Any]:
    import tensorflow as tf

    image = given["image"]
    line_kernel = given["line_kernel"]
    image_filter = tf.nn.conv2d(
        input=image[None, ..., None],
        filters=line_kernel[..., None, None],
        strides=1,
        padding="SAME",
    )
    return {"image_filter": image_filter}


@run_the_convolution.check(points=0)
def as_large_as_the_picture(image_filter: Floats) -> None:
    """The map is as large as the picture."""
    rows, columns = image_filter.shape
    side = maps.SIDE
    found = maps.size(image_filter)
    fail_if(
        (rows, columns) == (side - 2, side - 2),
        f"Your map is {found} and the picture {side} by {side}: VALID drops one pixel on each "
        "side. SAME pads with zeros and keeps the size.",
    )
    fail_if(
        (rows, columns) == (side + 2, side + 2),
        f"Your map is {found}, larger than the picture: the window went out over its edge. SAME "
        "keeps the size.",
    )
    fail_if((rows, columns) == (3, 3), "That is as large as the kernel. The map is asked for.")
    strides = [s for s in (2, 3, 4) if rows == columns and rows in (side // s, -(-side // s))]
    fail_if(
        bool(strides),
        f"Your map is {found}: the window moved {strides[0] if strides else 0} pixels at a time. "
        "Stride 1 is asked for.",
    )
    fail_if(
        (rows, columns) != (side, side),
        f"Your map is {found}; it has to be as large as the picture, {side} by {side}. "
        "Which picture did you pass in?",
    )


@run_the_convolution.check(points=3, needs=as_large_as_the_picture)
def is_the_map_of_the_kernel(image_filter: Floats, earlier: Mapping[str, Any]) -> None:
    """Each value is the sum of nine products, as networks compute it."""
    kernels = maps.kernels(earlier)
    if any(maps.near(image_filter, maps.filtered(kernel)) for kernel in kernels):
        return
    fail_if(not image_filter.any(), "Every value is 0. Did the picture or the kernel get lost?")
    mistakes = [mistake for kernel in kernels if (mistake := _mistake_with(image_filter, kernel))]
    fail_if(bool(mistakes), mistakes[0] if mistakes else "")
    behind = maps.kernel_behind(image_filter)
    fail_if(behind is not None, _other_kernel(behind, kernels[0]))
    row, column = maps.farthest(image_filter, maps.filtered(kernels[0]))
    raise Failed(
        f"At row {row}, column {column} your map has `{image_filter[row, column]:.4g}`; the nine "
        f"products there add up to `{maps.filtered(kernels[0])[row, column]:.4g}`."
    )


def _mistake_with(found: Floats, kernel: Floats) -> str:
    """Give the feedback for a known mistake with this kernel, an empty text if it is none."""
    asked = maps.filtered(kernel)
    turned = maps.filtered(kernel[::-1, ::-1])
    if not maps.near(turned, asked) and maps.near(found, turned):
        return (
            "This is the flipped (textbook) convolution: the kernel was turned by 180 degrees. "
            "Libraries for networks do not flip."
        )
    if maps.near(found, relu(asked)):
        return "No negative value is left: ReLU has been at work already. *Detect* comes in 2.3."
    if maps.near(found, maps.filtered(kernel.T)):
        return "This is the map of your kernel with rows and columns swapped."
    if maps.near(found, asked.T):
        return "Rows and columns of your map are swapped."
    inside = (slice(1, -1), slice(1, -1))
    if maps.near(found[inside], asked[inside]):
        return (
            "All is right but the outermost rows and columns: SAME takes what lies beyond the edge "
            "as 0. Yours takes something else."
        )
    return ""


def _other_kernel(behind: Floats | None, kernel: Floats) -> str:
    """Say which kernel a map was made with."""
    if behind is None:
        return ""
    times = float((behind * kernel).sum() / (kernel * kernel).sum())
    if np.allclose(behind, np.eye(9)[4].reshape(3, 3), atol=1e-3):
        return "That is the picture itself, as it came. Filter it with `line_kernel`."
    if abs(times - 1) > _ROUGHLY and maps.near(behind, times * kernel):
        which = f"Every value is `{times:.4g}` times what it should be"
        is_byte = np.isclose(times, _BYTE, rtol=1e-2)
        return f"{which}: " + (
            "which picture did you pass in? `image` goes from 0 to 1, not to 255."
            if is_byte
            else "was the picture or the kernel changed on its way?"
        )
    if np.abs(behind - kernel).max() <= _ROUGHLY * np.abs(kernel).max():
        return "It is right only roughly. Compute with `float32` numbers, and round nothing."
    # Adding 0 makes 0 of -0.
    rows = ["[" + ", ".join(f"{round(w, 2) + 0.0:g}" for w in row) + "]" for row in behind.tolist()]
    return f"This is the map of another kernel, of about `[{', '.join(rows)}]`. Use `line_kernel`."
