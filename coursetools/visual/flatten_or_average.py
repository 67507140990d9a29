"""Two ways from feature maps to a head, with what each costs."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from coursetools.operations import MapError
from coursetools.operations.windows import whole
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe

_FROM = 1.9
_TALL = 1.55
_SHORT = 0.5


@style.styled
def flatten_or_average(shape: tuple[int, int, int] = (4, 4, 1280), units: int = 1) -> Figure:
    """Return a diagram of a head behind Flatten and of one behind global average pooling.

    Args:
        shape: Rows, columns and channels of the feature maps.
        units: Units of the dense layer that follows.

    Raises:
        MapError: `shape` is not three numbers.
        WindowError: One of the numbers is not whole, or less than 1.
    """
    try:
        rows, columns, channels = shape
    except (TypeError, ValueError):
        raise MapError(
            f"`shape` must be (rows, columns, channels), but it is `{shape!r}`."
        ) from None
    sizes = whole(rows, "rows"), whole(columns, "columns"), whole(channels, "channels")
    units = whole(units, "units")
    flat = sizes[0] * sizes[1] * sizes[2]
    figure, ax = shapes.drawing_board(3.7)
    _draw_maps(ax, sizes)
    _draw_way(ax, 2.85, "Flatten", flat, units, _TALL, "every cell of every map")
    _draw_way(ax, 0.75, "GlobalAveragePooling2D", sizes[2], units, _SHORT, "one average a map")
    describe(figure, _text(sizes, flat, units))
    return figure


def _draw_maps(ax: Axes, sizes: tuple[int, int, int]) -> None:
    rows, columns, _ = sizes
    x, y, side, depth = 0.4, 1.15, 1.0, 0.75
    for corners in (
        [
            (x, y + side),
            (x + side, y + side),
            (x + side + depth, y + side + depth),
            (x + depth, y + side + depth),
        ],
        [
            (x + side, y),
            (x + side + depth, y + depth),
            (x + side + depth, y + side + depth),
            (x + side, y + side),
        ],
    ):
        ax.add_patch(Polygon(corners, facecolor=style.BASE_LIGHT, edgecolor=style.BASE))
    front = Rectangle((x, y), side, side, facecolor="white", edgecolor=style.BASE, linewidth=1.4)
    ax.add_patch(front)
    for place in range(1, min(columns, 16)):
        ax.plot([x + side * place / min(columns, 16)] * 2, [y, y + side], color=style.BASE, lw=0.8)
    for place in range(1, min(rows, 16)):
        ax.plot([x, x + side], [y + side * place / min(rows, 16)] * 2, color=style.BASE, lw=0.8)
    middle = x + (side + depth) / 2
    ax.text(middle, y - 0.15, shapes.by(sizes), ha="center", va="top", fontweight="bold")
    ax.text(middle, y - 0.4, "feature maps", ha="center", va="top", fontsize=10, color=style.MUTED)


def _draw_way(
    ax: Axes, y: float, layer: str, numbers: int, units: int, height: float, words: str
) -> None:
    shapes.arrow(ax, (2.3, _FROM), (5.0, y))
    below = y < _FROM
    # Above the upper arrow and below the lower one, where these are near the maps.
    first, second = (0.8, 0.55) if below else (3.0, 2.75)
    ax.text(4.15, first, layer, ha="right", va="center", fontweight="bold")
    ax.text(4.15, second, words, ha="right", va="center", fontsize=10, color=style.MUTED)
    bar = (5.1, y - height / 2)
    ax.add_patch(Rectangle(bar, 0.24, height, facecolor=style.BASE_LIGHT, edgecolor=style.BASE))
    ax.text(5.5, y + 0.02, f"{numbers:,}", va="bottom", fontweight="bold", fontsize=13)
    ax.text(5.5, y - 0.04, "numbers", va="top", fontsize=10, color=style.MUTED)
    shapes.arrow(ax, (6.55, y), (7.3, y))
    unit = "unit" if units == 1 else "units"
    ax.text(7.4, y + 0.02, f"{numbers * units + units:,} weights", va="bottom", fontweight="bold")
    ax.text(
        7.4,
        y - 0.04,
        f"{numbers:,} {shapes.TIMES} {units:,} + {units:,}\nDense, {units:,} {unit}",
        va="top",
        fontsize=9,
        color=style.MUTED,
    )


def _text(sizes: Any, flat: int, units: int) -> str:
    channels = sizes[2]
    return (
        f"Feature maps of shape {shapes.by(sizes)}. Flatten gives {flat:,} numbers, so a dense "
        f"layer of {units:,} has {flat * units + units:,} weights; global average pooling gives "
        f"{channels:,} numbers, one a map, and {channels * units + units:,} weights."
    )
