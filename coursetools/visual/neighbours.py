"""Sections 4 and 11: the nearest pictures, in pixels and in the features of a base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import (
    Floats,
    Integers,
    PictureError,
    as_labels,
    as_pictures,
    pair_of_names,
)

SPACES = ("pixels", "features")


def nearest(vectors: Any, queries: Sequence[int], k: int) -> Integers:
    """Return the k nearest neighbours of some items, nearest first, never the item itself.

    Near is a small Euclidean distance between the items' numbers, laid out in one row.

    Args:
        vectors: One item a row, shape (n, ...): pictures, feature maps or feature vectors.
        queries: Positions of the items asked for.
        k: How many neighbours, 1 to n - 1.

    Returns:
        Positions of the neighbours, shape (len(queries), k).

    Raises:
        PictureError: `vectors` are not numbers, or too few of them.
        IndexError: A query is not a position in `vectors`.
        ValueError: `k` is less than 1 or more than n - 1.
    """
    rows = _rows(vectors)
    count = len(rows)
    asked = np.asarray(queries, dtype=np.int64).reshape(-1)
    if ((asked < 0) | (asked >= count)).any():
        raise IndexError(
            f"A query must be a position from 0 to {count - 1}, not `{asked.tolist()}`."
        )
    if not 1 <= k < count:
        raise ValueError(f"`k` must be from 1 to {count - 1}, but it is `{k}`.")
    # |a - b|^2 = |a|^2 - 2ab + |b|^2; |a|^2 is the same for all neighbours of a.
    distances = (rows**2).sum(axis=1)[None, :] - 2 * rows[asked] @ rows.T
    distances[np.arange(len(asked)), asked] = np.inf
    return np.argsort(distances, axis=1, kind="stable")[:, :k]


def same_class_share(labels: Any, queries: Sequence[int], neighbours: Integers) -> float:
    """Return the share of neighbours that have the class of their query, 0 to 1."""
    classes = np.asarray(labels).reshape(-1)
    asked = np.asarray(queries, dtype=np.int64)
    return float((classes[neighbours] == classes[asked][:, None]).mean())


@style.styled
def neighbour_rows(
    images: Any,
    labels: Any,
    features: Any,
    *,
    queries: Sequence[int] | None = None,
    k: int = 5,
    spaces: Sequence[str] = SPACES,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Figure:
    """Return a figure of some pictures, each with its nearest in pixels and in features.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or whole numbers to 255.
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
    vectors = {"pixels": pictures, "features": _as_many(features, len(pictures))}
    if not spaces or not set(spaces) <= set(SPACES):
        raise ValueError(f"`spaces` must be some of {SPACES}, but it is `{spaces!r}`.")
    if not 1 <= k <= 8:
        raise ValueError(f"`k` must be from 1 to 8, but it is `{k}`.")
    asked = spread_queries(truth, 6) if queries is None else list(queries)
    found = {space: nearest(vectors[space], asked, k) for space in spaces}
    shares = {space: same_class_share(truth, asked, found[space]) for space in spaces}
    figure = _draw_blocks(pictures, truth, asked, found, names)
    figure.suptitle(
        "Same class as the query: "
        + ", ".join(f"{shares[space]:.0%} by {space}" for space in spaces),
        x=0.01,
        ha="left",
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


def _rows(vectors: Any) -> Floats:
    array = np.asarray(vectors)
    if array.ndim < 2 or len(array) < 2 or array.dtype.kind not in "biuf":
        raise PictureError(
            "`vectors` must be numbers of shape (n, ...) with n at least 2, but the type is "
            f"`{array.dtype}` and the shape `{array.shape}`."
        )
    return array.reshape(len(array), -1).astype(np.float32)


def _as_many(features: Any, count: int) -> NDArray[Any]:
    array = np.asarray(features)
    if array.ndim < 2 or len(array) != count:
        raise PictureError(
            f"`features` must have one row for each of the {count} pictures, but its shape is "
            f"`{array.shape}`."
        )
    return array


def _draw_blocks(
    pictures: Floats,
    truth: Integers,
    asked: list[int],
    found: dict[str, Integers],
    names: tuple[str, str],
) -> Figure:
    rows, k = len(found), next(iter(found.values())).shape[1]
    figure = style.new_figure(len(asked) * rows * 0.8 + 0.6)
    grid = figure.add_gridspec(len(asked) * rows, k + 2, width_ratios=(rows, *([1] * (k + 1))))
    for block, query in enumerate(asked):
        place = slice(block * rows, (block + 1) * rows)
        ax = figure.add_subplot(grid[place, 0])
        put_picture(ax, pictures[query])
        for row, (space, neighbours) in enumerate(found.items()):
            line = block * rows + row
            word = figure.add_subplot(grid[line, 1])
            style.bare(word)
            word.text(0.95, 0.5, f"by {space}", ha="right", va="center", fontsize=10)
            for column, number in enumerate(neighbours[block]):
                neighbour = figure.add_subplot(grid[line, column + 2])
                put_picture(neighbour, pictures[number])
                frame(neighbour, same=bool(truth[number] == truth[query]))
    return figure


def frame(ax: Axes, *, same: bool) -> None:
    """Frame a neighbour: solid for the query's class, dashed with a cross for the other."""
    for spine in ax.spines.values():
        spine.set(visible=True, color=style.BASE if same else style.TRUCK, linewidth=2.5)
        if not same:
            spine.set_linestyle((0, (3, 2)))


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
    share = ", ".join(f"{value:.0%} by {space}" for space, value in shares.items())
    return f"Nearest pictures of {len(asked)} queries. Same class: {share}. " + " ".join(parts)
