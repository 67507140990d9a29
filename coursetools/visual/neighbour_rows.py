"""Sections 4 and 11, drawn: the nearest pictures, in pixels and in the features of a base."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import (
    Floats,
    Integers,
    as_labels,
    as_pictures,
    pair_of_names,
)
from coursetools.visual.neighbours import SPACES, as_vectors, nearest, same_class_share

# Inches: a neighbour's side, the gap between two, and the room for the name of a space.
_SIDE, _GAP, _WORD = 0.61, 0.05, 0.72
_QUERY = 2 * _SIDE + _GAP


@style.styled
def neighbour_rows(
    images: Any,
    labels: Any,
    features: Any,
    *,
    queries: Sequence[int] | None = None,
    k: int = 4,
    spaces: Sequence[str] = SPACES,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Figure:
    """Return a figure of some pictures, each with its nearest in pixels and in features.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or _QUERY numbers to 255.
        labels: 0 or 1 for each picture.
        features: What a base makes of each picture, shape (n, ...).
        queries: Positions of the pictures to show; None takes six, spread over both classes.
        k: Neighbours in a row, 1 to 8.
        spaces: "pixels", "features" or both.
        classes: The names of class 0 and class 1.

    Raises:
        PictureError: The pictures have another shape or range, or the features another number.
        LabelError: A label is neither 0 nor 1.
        ValueError: `k` or `spaces` is another.
    """
    pictures = as_pictures(images)
    truth = as_labels(labels, len(pictures))
    names = pair_of_names(classes)
    vectors = {"pixels": pictures, "features": as_vectors(features, len(pictures))}
    if not spaces or not set(spaces) <= set(SPACES):
        raise ValueError(f"`spaces` must be some of {SPACES}, but it is `{spaces!r}`.")
    if not 1 <= k <= 8:
        raise ValueError(f"`k` must be from 1 to 8, but it is `{k}`.")
    asked = spread_queries(truth, 6) if queries is None else list(queries)
    found = {space: nearest(vectors[space], asked, k) for space in spaces}
    shares = {space: same_class_share(truth, asked, found[space]) for space in spaces}
    figure = _draw_blocks(pictures, truth, asked, found, names)
    figure.text(
        0.01,
        1 - 0.22 / figure.get_figheight(),
        "Same class: " + ", ".join(f"{shares[space]:.0%} by {space}" for space in spaces),
        va="center",
        fontsize=13,
        fontweight="bold",
    )
    describe(figure, _text(truth, asked, found, shares, names))
    return figure


def spread_queries(labels: Integers, count: int) -> list[int]:
    """Return `count` positions, half of each class, spread evenly over the pictures."""
    chosen: list[int] = []
    for number, half in ((0, (count + 1) // 2), (1, count // 2)):
        places = np.flatnonzero(labels == number)
        steps = np.linspace(0, len(places) - 1, min(half, len(places)) + 2)[1:-1]
        chosen += [int(places[round(step)]) for step in steps]
    return chosen


def _draw_blocks(
    pictures: Floats,
    truth: Integers,
    asked: list[int],
    found: dict[str, Integers],
    names: tuple[str, str],
) -> Figure:
    """Draw a block a query, two blocks beside each other where they fit."""
    rows, k = len(found), next(iter(found.values())).shape[1]
    room = (style.WIDTH - 0.2 - _QUERY - _WORD) / k - _GAP
    side = _SIDE if rows > 1 else min(_QUERY, room)
    beside = 2 if k <= 4 and rows > 1 else 1
    block_height = _QUERY + 0.42
    lines = ceil(len(asked) / beside)
    height = lines * block_height + 0.62
    figure, ax = shapes.drawing_board(height)
    for block, query in enumerate(asked):
        line, column = divmod(block, beside)
        corner = 0.1 + column * style.WIDTH / 2, height - 0.5 - (line + 1) * block_height + 0.12
        neighbours = {space: numbers[block] for space, numbers in found.items()}
        _draw_block(ax, corner, side, pictures, truth, query, neighbours, names)
    ax.text(
        style.WIDTH - 0.1,
        height - 0.22,
        "solid frame: class of the query    dashed: the other class",
        ha="right",
        va="center",
        fontsize=9.5,
        color=style.MUTED,
    )
    return figure


def _draw_block(
    ax: Axes,
    corner: tuple[float, float],
    side: float,
    pictures: Floats,
    truth: Integers,
    query: int,
    found: dict[str, Integers],
    names: tuple[str, str],
) -> None:
    x, y = corner
    number = int(truth[query])
    shapes.thumbnail(ax, pictures[query], corner, _QUERY)
    ax.text(x, y + _QUERY + 0.05, names[number], color=style.CLASS_COLOURS[number], weight="bold")
    start = x + _QUERY + _WORD
    middle = y + (_QUERY - side) / 2
    for row, (space, neighbours) in enumerate(found.items()):
        low = y + (len(found) - 1 - row) * (side + _GAP) if len(found) > 1 else middle
        ax.text(start - 0.1, low + side / 2, space, ha="right", va="center", fontsize=9.5)
        for place, neighbour in enumerate(neighbours):
            left = start + place * (side + _GAP)
            shapes.thumbnail(ax, pictures[neighbour], (left, low), side, framed=False)
            _frame(ax, (left, low), side, same=bool(truth[neighbour] == number))


def _frame(ax: Axes, corner: tuple[float, float], side: float, *, same: bool) -> None:
    ax.add_patch(
        Rectangle(
            corner,
            side,
            side,
            fill=False,
            edgecolor=style.BASE if same else style.TRUCK,
            linewidth=2.2,
            linestyle="-" if same else (0, (3, 1.5)),
            zorder=4,
        )
    )


def _text(
    truth: Integers,
    asked: list[int],
    found: dict[str, Integers],
    shares: dict[str, float],
    names: tuple[str, str],
) -> str:
    parts = []
    for block, query in enumerate(asked):
        rows = "; ".join(
            f"by {space} " + ", ".join(f"{names[truth[n]]} {n}" for n in neighbours[block])
            for space, neighbours in found.items()
        )
        parts.append(f"{names[truth[query]]} {query}: {rows}.")
    word = "query" if len(asked) == 1 else "queries"
    share = ", ".join(f"{value:.0%} by {space}" for space, value in shares.items())
    return f"Nearest pictures of {len(asked)} {word}. Same class: {share}. " + " ".join(parts)
