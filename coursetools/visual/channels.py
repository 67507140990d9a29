"""Which averages tell two classes apart, and what lights these channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import MapError
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats, Integers, as_labels, as_pictures, pair_of_names

_SHOWN = 3
_BINS = 22


def separating_channels(averages: Any, labels: Any, count: int = 12) -> pd.DataFrame:
    """Return the channels whose averages differ most between two classes.

    The difference of the two means is divided by the spread within the classes, so that loud
    channels have no advantage.

    Args:
        averages: One number a picture and channel, shape (pictures, channels).
        labels: 0 or 1 for each picture.
        count: How many channels.

    Returns:
        A row for each channel, the clearest first: its number, the mean of either class, and
        the `difference`, in units of the spread; above 0 if class 1 has more.

    Raises:
        MapError: The averages have another shape or type.
        LabelError: A label is neither 0 nor 1, or there is not one for each picture.
        ValueError: `count` is less than 1, or one class has no picture.
    """
    values, numbers = _checked(averages, labels, count)
    first, second = values[numbers == 0], values[numbers == 1]
    means = first.mean(axis=0), second.mean(axis=0)
    spread = np.sqrt((first.var(axis=0) + second.var(axis=0)) / 2)
    # A channel that never moves has no spread; it does not separate anything either.
    difference = (means[1] - means[0]) / np.where(spread > 0, spread, np.inf)
    order = np.argsort(-np.abs(difference), kind="stable")[:count]
    return pd.DataFrame(
        {
            "channel": order,
            "mean of class 0": means[0][order],
            "mean of class 1": means[1][order],
            "difference": difference[order],
        }
    )


@style.styled
def channel_figure(
    averages: Any,
    labels: Any,
    images: Any,
    count: int = 12,
    *,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Figure:
    """Return a figure of the channels that differ most: both classes, and what lights them.

    Args:
        averages: One number a picture and channel, shape (pictures, channels).
        labels: 0 or 1 for each picture.
        images: The pictures, shape (pictures, h, w, 3).
        count: How many channels.
        classes: The names of class 0 and class 1.

    Raises:
        MapError, LabelError, PictureError, ValueError: As `separating_channels`, and if there
            are not as many pictures as averages.
    """
    values, numbers = _checked(averages, labels, count)
    pictures = as_pictures(images)
    names = pair_of_names(classes)
    if len(pictures) != len(values):
        raise MapError(
            f"There are `{len(values)}` rows of averages, but `{len(pictures)}` pictures."
        )
    table = separating_channels(values, numbers, count)
    lines = (len(table) + 1) // 2
    figure = style.new_figure(0.95 * lines + 0.45)
    grid = figure.add_gridspec(lines, 2 * (_SHOWN + 1) + 1, width_ratios=_widths())
    for place, channel in enumerate(table["channel"].tolist()):
        line, left = place % lines, (place // lines) * (_SHOWN + 2)
        column = values[:, channel]
        ax = figure.add_subplot(grid[line, left])
        _draw_classes(ax, column, numbers, channel)
        for number, best in enumerate(np.argsort(-column, kind="stable")[:_SHOWN]):
            put_picture(figure.add_subplot(grid[line, left + 1 + number]), pictures[best])
    figure.suptitle(
        f"Average of a channel: {names[0]} (blue, filled) and {names[1]} (orange, outlined); "
        "right, the pictures that light it most",
        fontsize=10.5,
        x=0.01,
        ha="left",
    )
    describe(figure, _text(table, values, numbers, names))
    return figure


def _widths() -> list[float]:
    half = [2.0, *[1.0] * _SHOWN]
    return [*half, 0.15, *half]


def _checked(averages: Any, labels: Any, count: int) -> tuple[Floats, Integers]:
    values = np.asarray(averages)
    if values.ndim != 2 or values.dtype.kind not in "iuf" or not values.size:
        raise MapError(
            "`averages` must be numbers of shape (pictures, channels), but the shape is "
            f"`{values.shape}` and the type `{values.dtype}`."
        )
    numbers = as_labels(labels, len(values))
    if count < 1:
        raise ValueError(f"`count` must be at least 1, but it is `{count}`.")
    if len(set(numbers.tolist())) < 2:
        raise ValueError(f"Pictures of both classes are needed, but all are of `{numbers[0]}`.")
    return values.astype(np.float32), numbers


def _draw_classes(ax: Axes, values: Floats, numbers: Integers, channel: int) -> None:
    edges = np.linspace(float(values.min()), float(values.max()) or 1.0, _BINS + 1).tolist()
    ax.hist(values[numbers == 0], bins=edges, color="#9dc3e6", density=True)
    ax.hist(
        values[numbers == 1],
        bins=edges,
        histtype="step",
        color=style.TRUCK,
        linewidth=1.6,
        density=True,
    )
    ax.set_yticks([])
    ax.tick_params(axis="x", labelsize=8, pad=1, length=2)
    ax.locator_params(axis="x", nbins=4)
    ax.spines["left"].set_visible(False)
    ax.text(
        0.99,
        0.96,
        f"{channel}",
        transform=ax.transAxes,
        ha="right",
        va="top",
        fontsize=10,
        fontweight="bold",
    )


def _text(table: pd.DataFrame, values: Floats, numbers: Integers, names: tuple[str, str]) -> str:
    parts = []
    for channel, first, second, difference in table.to_numpy().tolist():
        top = np.argsort(-values[:, int(channel)], kind="stable")[:_SHOWN]
        lit = ", ".join(names[numbers[best]] for best in top)
        parts.append(
            f"Channel {int(channel)}: mean {first:.2f} for {names[0]}, {second:.2f} for "
            f"{names[1]}, {abs(difference):.1f} spreads apart; most in {lit}."
        )
    return (
        f"The {len(table)} channels whose averages differ most between {names[0]} and "
        f"{names[1]}. {' '.join(parts)}"
    )
