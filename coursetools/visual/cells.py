"""Lines and grids of pixels, and a window on them, for figures of where a window stops."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from coursetools.visual import style

WINDOW = style.TRUCK
WINDOW_FILL = "#fbe3d2"
PIXEL = "#e4edf6"
UNSEEN = "#b3261e"
OUTPUT = style.BASE_LIGHT

Corner = tuple[float, float]


def pixel(ax: Axes, corner: Corner, side: float = 1.0, *, fill: str = PIXEL) -> None:
    """Draw one cell of a picture, its lower left corner at `corner`."""
    ax.add_patch(
        Rectangle(corner, side, side, facecolor=fill, edgecolor=style.MUTED, linewidth=0.8)
    )


def padded_zero(ax: Axes, corner: Corner, side: float = 1.0, *, size: float = 9) -> None:
    """Draw a cell of padding: dashed, with a 0 in it."""
    ax.add_patch(
        Rectangle(
            corner,
            side,
            side,
            facecolor="white",
            edgecolor=style.MUTED,
            linewidth=0.8,
            linestyle=(0, (2, 2)),
        )
    )
    x, y = corner
    ax.text(
        x + side / 2, y + side / 2, "0", ha="center", va="center", fontsize=size, color=style.MUTED
    )


def unseen_pixel(ax: Axes, corner: Corner, side: float = 1.0) -> None:
    """Draw a pixel that no stop of a window uses: red, and hatched for those who see no red."""
    ax.add_patch(
        Rectangle(
            corner,
            side,
            side,
            facecolor="#fbe9e7",
            edgecolor=UNSEEN,
            linewidth=1.2,
            hatch="xxx",
        )
    )


def window(ax: Axes, corner: Corner, width: float, height: float = 1.0, **patch: object) -> None:
    """Draw the outline of a window, its lower left corner at `corner`."""
    outline: dict[str, object] = {"edgecolor": WINDOW, "linewidth": 2.4, "zorder": 6}
    ax.add_patch(Rectangle(corner, width, height, fill=False, **(outline | patch)))  # type: ignore[arg-type]
