"""Section 1: a picture is numbers. A photo, eight by eight pixels of it, and their values."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, Rectangle

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats, PictureError, as_picture

_CHANNELS = (("Red", "#c81e1e"), ("Green", "#15803d"), ("Blue", "#1d4ed8"))


@style.styled
def pixel_figure(image: Any, *, corner: tuple[int, int] | None = None, size: int = 8) -> Figure:
    """Return a figure of a photo, a crop of it, and the crop's numbers in each channel.

    Args:
        image: Shape (h, w, 3), floats in 0 to 1 or whole numbers to 255.
        corner: Row and column of the crop's upper left pixel; None takes the crop with the most
            contrast in the middle half of the picture.
        size: Pixels on a side of the crop, 2 to 10.

    Raises:
        PictureError: The picture has not three channels, or the crop does not fit in it.
    """
    picture = as_picture(image)
    if picture.shape[-1] != 3:
        raise PictureError(f"`image` must have three channels, but it has `{picture.shape[-1]}`.")
    if not 2 <= size <= 10:
        raise PictureError(f"`size` must be from 2 to 10 for the numbers to fit, not `{size}`.")
    top, left = _busiest(picture, size) if corner is None else corner
    height, width = picture.shape[:2]
    if not (0 <= top <= height - size and 0 <= left <= width - size):
        raise PictureError(
            f"A crop of {size} by {size} pixels at `{(top, left)}` does not fit in a picture of "
            f"{height} rows and {width} columns."
        )
    crop = picture[top : top + size, left : left + size]
    figure = style.new_figure(6.9)
    halves = figure.subfigures(2, 1, height_ratios=(1.0, 1.02), hspace=0.02, squeeze=False)
    upper, lower = halves[:, 0]
    _photo_and_crop(upper.subplots(1, 2), picture, crop, (top, left))
    for ax, channel in zip(lower.subplots(1, 3), range(3), strict=True):
        _numbers(ax, crop[..., channel], *_CHANNELS[channel])
    describe(figure, _text(picture, crop, top, left))
    return figure


def _busiest(picture: Floats, size: int) -> tuple[int, int]:
    height, width = picture.shape[:2]
    places = [
        (row, column)
        for row in range(height // 4, max(height // 4 + 1, 3 * height // 4 - size), 2)
        for column in range(width // 4, max(width // 4 + 1, 3 * width // 4 - size), 2)
    ]

    def contrast(place: tuple[int, int]) -> float:
        row, column = place
        return float(picture[row : row + size, column : column + size].std())

    return max(places, key=contrast)


def _photo_and_crop(axes: Any, picture: Floats, crop: Floats, corner: tuple[int, int]) -> None:
    photo, enlarged = axes
    height, width = picture.shape[:2]
    size = len(crop)
    put_picture(photo, picture)
    photo.set_title(f"The picture: {height} rows, {width} columns")
    for colour, line in (("white", 3.5), (style.INK, 1.5)):
        photo.add_patch(
            Rectangle(
                (corner[1] - 0.5, corner[0] - 0.5),
                size,
                size,
                fill=False,
                edgecolor=colour,
                linewidth=line,
            )
        )
    put_picture(enlarged, crop)
    enlarged.set_title(f"The marked {size} by {size} pixels")
    _cell_lines(enlarged, size)
    for row, edge in ((corner[0], 0), (corner[0] + size, size)):
        photo.add_artist(
            ConnectionPatch(
                (corner[1] + size - 0.5, row - 0.5),
                (-0.5, edge - 0.5),
                "data",
                "data",
                axesA=photo,
                axesB=enlarged,
                color=style.MUTED,
                linewidth=1,
            )
        )


def _numbers(ax: Axes, values: Floats, name: str, colour: str) -> None:
    shades = LinearSegmentedColormap.from_list(name, ["white", colour])
    # Half of the colour's strength at most: dark numbers then stay readable on every cell.
    ax.imshow(values, cmap=shades, vmin=0, vmax=2)
    for (row, column), value in np.ndenumerate(values):
        text = f"{value:.2f}".removeprefix("0") if value < 0.995 else "1.0"
        ax.text(column, row, text, ha="center", va="center", fontsize=9.5)
    ax.set_title(name, color=colour)
    _cell_lines(ax, len(values))
    style.bare(ax)


def _cell_lines(ax: Axes, size: int) -> None:
    for place in range(size + 1):
        ax.axhline(place - 0.5, color="white", linewidth=0.8)
        ax.axvline(place - 0.5, color="white", linewidth=0.8)


def _text(picture: Floats, crop: Floats, top: int, left: int) -> str:
    height, width = picture.shape[:2]
    size = len(crop)
    means = ", ".join(
        f"{name.lower()} {crop[..., channel].mean():.2f}"
        for channel, (name, _) in enumerate(_CHANNELS)
    )
    first = ", ".join(f"{value:.2f}" for value in crop[0, 0])
    return (
        f"A picture of {height} rows and {width} columns with a square of {size} by {size} pixels "
        f"marked at row {top}, column {left}; the square enlarged; and its {size * size} numbers "
        f"in each of three channels. Means: {means}. Its upper left pixel is ({first})."
    )
