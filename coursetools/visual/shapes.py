"""The few shapes the course's diagrams are drawn with, on axes measured in inches."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Arc, Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from coursetools.visual import style
from coursetools.visual.inputs import Floats

TIMES = "\u00d7"


def drawing_board(height: float, width: float = style.WIDTH) -> tuple[Figure, Axes]:
    """Return a figure and axes that fill it; one unit is one inch, (0, 0) the lower left."""
    figure = style.new_figure(height, width=width, laid_out=False)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_axis_off()
    return figure, ax


def axes_at(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Return axes on a board of `drawing_board`: left, low, width and height in inches."""
    width, height = figure.get_size_inches()
    left, low, wide, high = box
    return figure.add_axes((left / width, low / height, wide / width, high / height))


def by(shape: tuple[int | None, ...]) -> str:
    """Write a shape as people say it, without the axis that counts pictures: 4×4×1,280."""
    return TIMES.join("?" if size is None else f"{size:,}" for size in shape)


def box(
    ax: Axes,
    corner: tuple[float, float],
    size: tuple[float, float],
    *,
    edge: str,
    fill: str,
    **patch: Any,
) -> None:
    """Draw a box with rounded corners, its lower left corner at `corner`."""
    rounding = 0.08
    ax.add_patch(
        FancyBboxPatch(
            (corner[0] + rounding, corner[1] + rounding),
            size[0] - 2 * rounding,
            size[1] - 2 * rounding,
            boxstyle=f"round,pad={rounding},rounding_size={rounding}",
            edgecolor=edge,
            facecolor=fill,
            linewidth=1.6,
            **patch,
        )
    )


def arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], label: str = "") -> None:
    """Draw an arrow with a label above its middle."""
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>,head_length=7,head_width=3.5",
            color=style.MUTED,
            linewidth=1.6,
            shrinkA=0,
            shrinkB=0,
        )
    )
    if label:
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 0.1
        ax.text(*middle, label, ha="center", va="bottom", fontsize=10.5, fontweight="bold")


def thumbnail(
    ax: Axes,
    picture: Floats,
    corner: tuple[float, float],
    side: float,
    *,
    framed: bool = True,
    zorder: float = 3,
    **image: Any,
) -> None:
    """Draw a picture, `side` inches square, its lower left corner at `corner`."""
    x, y = corner
    shown = picture[..., 0] if picture.ndim == 3 and picture.shape[-1] == 1 else picture
    if shown.ndim == 2:
        image.setdefault("cmap", "gray")
        image.setdefault("vmin", 0)
        image.setdefault("vmax", 1)
    extent = (x, x + side, y, y + side)
    ax.imshow(shown, extent=extent, aspect="auto", zorder=zorder, **image)
    if framed:
        ax.add_patch(Rectangle(corner, side, side, fill=False, ec=style.INK, lw=0.8, zorder=zorder))


def padlock(ax: Axes, middle: tuple[float, float], size: float, *, locked: bool = True) -> None:
    """Draw a padlock `size` inches wide; an open one has its shackle lifted."""
    x, y = middle
    body_height = size * 0.72
    colour = style.INK
    lift = 0.0 if locked else size * 0.16
    ax.add_patch(
        Arc(
            (x, y + body_height / 2 + lift),
            size * 0.62,
            size * 0.86,
            theta1=0,
            theta2=180 if locked else 168,
            edgecolor=colour,
            linewidth=size * 9,
            zorder=5,
        )
    )
    if not locked:
        side = x - size * 0.31
        ax.plot(
            [side, side],
            [y + body_height / 2, y + body_height / 2 + lift],
            color=colour,
            linewidth=size * 9,
            zorder=5,
            solid_capstyle="butt",
        )
    ax.add_patch(
        FancyBboxPatch(
            (x - size / 2 + 0.02, y - body_height / 2 + 0.02),
            size - 0.04,
            body_height - 0.04,
            boxstyle="round,pad=0.02,rounding_size=0.04",
            facecolor=colour,
            edgecolor=colour,
            zorder=6,
        )
    )
    ax.add_patch(Circle((x, y + size * 0.04), size * 0.085, color="white", zorder=7))
    ax.add_patch(
        Rectangle(
            (x - size * 0.035, y - size * 0.2),
            size * 0.07,
            size * 0.22,
            color="white",
            zorder=7,
        )
    )


def stack_of_maps(
    ax: Axes, maps: Floats, corner: tuple[float, float], side: float, step: float
) -> None:
    """Draw feature maps, shape (h, w, n), as cards that lie behind each other."""
    count = maps.shape[-1]
    top = float(np.max(maps)) or 1.0
    for position in range(count):
        back = count - 1 - position
        place = corner[0] + back * step, corner[1] + back * step
        thumbnail(
            ax,
            maps[..., back],
            place,
            side,
            cmap="viridis",
            vmin=0,
            vmax=top,
            zorder=3 + position * 0.1,
        )
