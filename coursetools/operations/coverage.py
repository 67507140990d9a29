"""How much of a thin line still has an answer after a convolution that skips pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.operations.filters import convolve, relu
from coursetools.operations.windows import starts


def answering_share(image: Any, kernel: Any, *, stride: int = 1, padding: str = "same") -> float:
    """Return the share of a picture's bright pixels that the map after ReLU still marks.

    Each pixel above 0 is asked for the stops whose middle is nearest to it, one or, halfway
    between stops, several. It counts if one of these answers above 0.

    Args:
        image: Shape (h, w), bright things on 0.
        kernel: Shape (kh, kw).
        stride: Pixels from one stop to the next.
        padding: "same" or "valid".

    Raises:
        ValueError: No pixel is above 0.
        FilterError, WindowError: As `convolve` raises them.
    """
    picture, weights = np.asarray(image), np.asarray(kernel)
    answers = relu(convolve(picture, weights, stride=stride, padding=padding)) > 0
    bright = picture > 0
    if not bright.any():
        raise ValueError("`image` has no pixel above 0, so there is nothing to answer to.")
    down, right = (
        _nearest(n, k, stride, padding) for n, k in zip(picture.shape, weights.shape, strict=True)
    )
    marked = down @ answers @ right.T > 0
    return float(marked[bright].mean())


def _nearest(n: int, k: int, stride: int, padding: str) -> NDArray[np.int64]:
    """Return 1 for each pixel (row) and stop (column) whose middle is as near as any."""
    middles = np.array(starts(n, k, stride, padding)) + (k - 1) / 2
    distances = np.abs(np.arange(n)[:, None] - middles)
    return np.asarray(distances == distances.min(axis=1, keepdims=True), np.int64)
