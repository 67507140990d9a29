"""Which pictures are near each other, by their pixels or by what a base makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.visual.inputs import (
    Floats,
    Integers,
    PictureError,
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


def as_vectors(features: Any, count: int) -> NDArray[Any]:
    """Return the features of `count` pictures as an array, shape (count, ...).

    Raises:
        PictureError: There is not one row for each picture.
    """
    array = np.asarray(features)
    if array.ndim < 2 or len(array) != count:
        raise PictureError(
            f"`features` must have one row for each of the {count} pictures, but its shape is "
            f"`{array.shape}`."
        )
    return array


def _rows(vectors: Any) -> Floats:
    array = np.asarray(vectors)
    if array.ndim < 2 or len(array) < 2 or array.dtype.kind not in "biuf":
        raise PictureError(
            "`vectors` must be numbers of shape (n, ...) with n at least 2, but the type is "
            f"`{array.dtype}` and the shape `{array.shape}`."
        )
    return array.reshape(len(array), -1).astype(np.float32)
