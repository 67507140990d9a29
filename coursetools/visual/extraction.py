"""Input, filter, detect, condense: one picture and what each step makes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import TIMES, map_text, put_map, shared_limit, size_and_range
from coursetools.visual.steps import Pair, Steps, three_steps

OPS = ("Input", "Filter", "Detect", "Condense")


class StepError(ValueError):
    """The steps to show are not among the four, or the figure has too few places for them."""


@style.styled
def show_extraction(
    image: Any,
    kernel: Any,
    conv_stride: int | Pair = 1,
    conv_padding: str = "valid",
    activation: str | Callable[[Any], Any] | None = "relu",
    pool_size: int | Pair = 2,
    pool_stride: int | Pair = 2,
    pool_padding: str = "same",
    figsize: tuple[float, float] = (10, 10),
    subplot_shape: tuple[int, int] = (2, 2),
    ops: Sequence[str] = OPS,
    gamma: float = 1.0,
) -> Figure:
    """Draw a picture and its maps after filter, detect and condense; return the figure.

    All maps share one scale: blue is above zero, orange below, white is zero; the strongest
    colour is reached by one value in a hundred. Under each map stand its size and the values it
    runs between.

    Args:
        image: One picture; one in colour becomes grey before a kernel of two axes.
        kernel: Shape (rows, columns), or (rows, columns, 3) for a picture in colour.
        conv_stride: Pixels from one stop of the kernel to the next, or a pair (down, right).
        conv_padding: "valid" or "same".
        activation: "relu", "sigmoid", "tanh", "linear" or None, or a function of an array.
        pool_size: Pixels across the pooling window, or a pair.
        pool_stride: Pixels from one stop of the pooling window to the next, or a pair.
        pool_padding: "valid" or "same".
        figsize: Width and height in inches.
        subplot_shape: Rows and columns of panels.
        ops: Which of "Input", "Filter", "Detect" and "Condense" are shown, in this order.
        gamma: Below 1 it lifts weak values in Detect and Condense.

    Raises:
        PictureError: The picture has another shape, type or range.
        KernelError: The kernel has another shape or type.
        ActivationError: The activation is another word, or changes the map's shape.
        StepError: A step is another word, or `subplot_shape` has fewer places than there are
            steps.
        WindowError: A stride, size or padding is none, or a window fits nowhere.
        ValueError: `gamma` is not above 0.
    """
    shown = _checked_ops(ops, subplot_shape)
    if not gamma > 0:
        raise ValueError(f"`gamma` must be above 0, but it is `{gamma}`.")
    steps = three_steps(
        image,
        kernel,
        conv_stride=conv_stride,
        conv_padding=conv_padding,
        activation=activation,
        pool_size=pool_size,
        pool_stride=pool_stride,
        pool_padding=pool_padding,
    )
    maps = {"Filter": steps.filtered, "Detect": steps.detected, "Condense": steps.condensed}
    limit = shared_limit(one for op, one in maps.items() if op in shown)
    # A wide figure is shown smaller in a notebook, so its letters must be larger.
    letters = max(1.0, figsize[0] / style.WIDTH)
    # With pyplot, not `new_figure`: a cell may draw two of these, or say more after them.
    figure = plt.figure(figsize=figsize, layout="constrained")
    for number, op in enumerate(shown, start=1):
        ax = figure.add_subplot(*subplot_shape, number)
        if op == "Input":
            put_picture(ax, steps.picture)
            caption = input_caption(steps)
        else:
            put_map(ax, maps[op], limit, gamma=1.0 if op == "Filter" else gamma)
            caption = size_and_range(maps[op])
        ax.set_title(op, loc="center", fontsize=14 * letters)
        ax.set_xlabel(caption, fontsize=10.5 * letters, color=style.MUTED, fontweight="normal")
    describe(figure, steps_text(steps, shown))
    return figure


def input_caption(steps: Steps) -> str:
    """Return what stands under the picture: its size, and whether its colours were given up."""
    height, width = steps.picture.shape[:2]
    return f"{height}{TIMES}{width}" + (", made grey" if steps.greyed else "")


def steps_text(steps: Steps, shown: Sequence[str] = OPS) -> str:
    """Return the steps in words, for an alt text."""
    height, width = steps.picture.shape[:2]
    kind = "colour" if steps.picture.shape[-1] == 3 else "grey"
    words = {
        "Input": f"a {kind} picture of {height} by {width}",
        "Filter": map_text(steps.filtered),
        "Detect": map_text(steps.detected),
        "Condense": map_text(steps.condensed),
    }
    panels = " ".join(f"{op}: {words[op]}." for op in shown)
    return f"Feature extraction, {len(shown)} pictures. {panels}"


def mark_map(ax: Axes, values: Floats, limit: float, title: str) -> None:
    """Draw a map with its title above, and its size and range below."""
    put_map(ax, values, limit)
    ax.set_title(title, loc="center", fontsize=12)
    ax.set_xlabel(size_and_range(values), fontsize=10, color=style.MUTED, fontweight="normal")


def _checked_ops(ops: Sequence[str], subplot_shape: tuple[int, int]) -> tuple[str, ...]:
    shown = (ops,) if isinstance(ops, str) else tuple(ops)
    wrong = [op for op in shown if op not in OPS]
    if wrong or not shown:
        raise StepError(
            f"`ops` must be some of {list(OPS)}, but "
            + (f"`{wrong[0]!r}` is another." if wrong else "it is empty.")
        )
    rows, columns = subplot_shape
    if rows * columns < len(shown):
        raise StepError(
            f"`subplot_shape` `{subplot_shape}` has {rows * columns} places, but {len(shown)} "
            "steps are to be shown. Give fewer `ops`, or more places."
        )
    return shown
