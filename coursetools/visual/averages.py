"""Global average pooling: a map becomes one number."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import MapError, global_average
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import as_map, largest, put_strength

_MOST = 12


@style.styled
def averages_figure(maps: Any) -> Figure:
    """Return a figure of feature maps on one scale, and below each its average as a bar.

    Args:
        maps: Shape (h, w, c), or a list of maps of one shape; no value below 0, 12 at most.

    Raises:
        MapError: The maps have another shape or type, hold negative values, or are too many.
    """
    stack = _stack(maps)
    averages = global_average(stack)
    count = stack.shape[-1]
    side = min(style.WIDTH / count, 1.6)
    figure = style.new_figure(side + 2.0, width=max(side * count, 3.2))
    grid = figure.add_gridspec(2, count, height_ratios=(side, 1.45))
    limit = largest([stack])
    for channel in range(count):
        ax = figure.add_subplot(grid[0, channel])
        put_strength(ax, stack[..., channel], limit)
        ax.set_title(f"map {channel}", loc="center", fontsize=10, fontweight="normal", pad=4)
    below = figure.add_subplot(grid[1, :])
    _draw_bars(below, averages)
    describe(
        figure,
        f"{count} feature maps of {stack.shape[0]} by {stack.shape[1]}, and the average of each: "
        f"{', '.join(f'{value:.2f}' for value in averages)}.",
    )
    return figure


def _stack(maps: Any) -> Floats:
    if isinstance(maps, list | tuple):
        parts = [as_map(one, name="maps") for one in maps]
        if not parts or len({one.shape for one in parts}) > 1:
            raise MapError(
                "`maps` must be maps of one shape, but their shapes are "
                f"`{[one.shape for one in parts]}`."
            )
        array = np.stack(parts, axis=-1)
    else:
        array = np.asarray(maps)
        if array.ndim == 4 and len(array) == 1:
            array = array[0]
    if array.ndim != 3 or array.dtype.kind not in "biuf" or not array.size:
        raise MapError(
            "`maps` must be numbers of shape (height, width, channels), but the shape is "
            f"`{array.shape}` and the type `{array.dtype}`."
        )
    if array.shape[-1] > _MOST:
        raise MapError(
            f"At most {_MOST} maps can be shown side by side, but there are `{array.shape[-1]}`: "
            "choose some, such as `maps[..., :8]`."
        )
    if not array.min() >= 0:
        raise MapError(
            f"The maps must not be negative, but the least value is `{array.min():.3g}`. "
            "Pass them through ReLU first."
        )
    return array.astype(np.float32)


def _draw_bars(ax: Axes, averages: Floats) -> None:
    places = np.arange(len(averages))
    ax.bar(places, averages, width=0.55, color=style.BASE)
    for place, value in enumerate(averages):
        ax.text(place, value, f"{value:.2f}", ha="center", va="bottom", fontsize=10)
    ax.set_xlim(-0.5, len(averages) - 0.5)
    ax.set_ylim(0, 1.25 * (float(averages.max()) or 1.0))
    ax.set_xticks(places, [f"average {place}" for place in places], fontsize=9)
    ax.tick_params(axis="x", length=0)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
