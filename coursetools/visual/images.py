"""One picture, and pictures side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe, listed
from coursetools.visual.inputs import (
    Floats,
    LabelError,
    as_labels,
    as_picture,
    as_pictures,
    pair_of_names,
)


@style.styled
def show_image(image: Any, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw one picture, without ticks, on `ax` or on the current axes; return the axes.

    Args:
        image: Shape (h, w, 3), (h, w, 1) or (h, w); floats in 0 to 1 or whole numbers to 255.
        ax: Where to draw; None is pyplot's current axes.
        title: Words above the picture.

    Raises:
        PictureError: The shape, type or range is another.
    """
    picture = as_picture(image)
    ax = style.axes_or_current(ax)
    put_picture(ax, picture)
    if title is not None:
        ax.set_title(title)
    height, width = picture.shape[:2]
    kind = "colour" if picture.shape[-1] == 3 else "grey"
    describe(ax, f"a {kind} picture of {width} by {height} pixels")
    return ax


@style.styled
def image_grid(
    images: Any,
    labels: Any = None,
    *,
    columns: int = 6,
    classes: Sequence[str] = ("Car", "Truck"),
    titles: Sequence[str] | None = None,
    figsize: tuple[float, float] | None = None,
) -> Figure:
    """Return a figure of pictures in rows, each under its class name.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or whole numbers to 255.
        labels: 0 or 1 for each picture, shape (n,) or (n, 1); None shows no class.
        columns: Pictures in a row.
        classes: The names of class 0 and class 1.
        titles: Words above each picture, in place of its class name.
        figsize: Width and height in inches; None fits the pictures.

    Raises:
        PictureError: The pictures have another shape, type or range.
        LabelError: A label is neither 0 nor 1, or there is not one for each picture.
        ValueError: `columns` is less than 1.
    """
    pictures = as_pictures(images)
    names = pair_of_names(classes)
    if columns < 1:
        raise ValueError(f"`columns` must be at least 1, but it is `{columns}`.")
    numbers = None if labels is None else as_labels(labels, len(pictures))
    words = _titles(len(pictures), titles, None if numbers is None else [names[n] for n in numbers])

    columns = min(columns, len(pictures))
    rows = ceil(len(pictures) / columns)
    figure = _grid_figure(pictures, rows, columns, words is not None, figsize)
    for position, picture in enumerate(pictures):
        ax = figure.add_subplot(rows, columns, position + 1)
        put_picture(ax, picture)
        if words is not None:
            colour = style.INK if numbers is None else style.CLASS_COLOURS[numbers[position]]
            ax.set_title(words[position], loc="center", fontsize=11, color=colour, pad=4)
    describe(figure, _grid_text(len(pictures), rows, words))
    return figure


def put_picture(ax: Axes, picture: Floats) -> None:
    """Draw a checked picture on axes that then have no ticks and no frame."""
    if picture.shape[-1] == 1:
        ax.imshow(picture[..., 0], cmap="gray", vmin=0, vmax=1)
    else:
        ax.imshow(picture)
    style.bare(ax)


def _titles(
    count: int, titles: Sequence[str] | None, from_labels: list[str] | None
) -> list[str] | None:
    if titles is None:
        return from_labels
    if len(titles) != count:
        raise LabelError(f"`titles` holds `{len(titles)}` titles, but there are {count} pictures.")
    return [str(title) for title in titles]


def _grid_figure(
    pictures: Floats,
    rows: int,
    columns: int,
    titled: bool,
    figsize: tuple[float, float] | None,
) -> Figure:
    if figsize is not None:
        return style.new_figure(figsize[1], width=figsize[0])
    # One picture alone need not be as wide as six.
    width = style.WIDTH * min(1.0, columns / 5)
    shape = pictures.shape[1] / pictures.shape[2]
    return style.new_figure(rows * (width / columns * shape + (0.3 if titled else 0)), width=width)


def _grid_text(count: int, rows: int, words: list[str] | None) -> str:
    size = f"{count} pictures in {rows} {'row' if rows == 1 else 'rows'}"
    if words is None:
        return f"{size}."
    counts = Counter(words)
    if len(counts) < len(words):
        totals = listed([f"{number} {word}" for word, number in sorted(counts.items())])
        return f"{size}, {totals}; in order: {', '.join(words)}."
    return f"{size}: {', '.join(words)}."
