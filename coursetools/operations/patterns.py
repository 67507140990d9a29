"""Pictures made from nothing: a ring, two dots, a smooth random map.

Randomness comes from `seed`; without one it comes from NumPy's global state, which `set_seed`
fixes for a whole notebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# With it, `scale` means the contrast it meant in the course that these lessons come from.
_CONTRAST = 0.15


class PatternError(ValueError):
    """A size, place or scale of a made picture is none, or lies outside it."""


def circle(
    size: Sequence[int],
    val: float | None = None,
    r_shrink: int = 0,
    *,
    seed: int | None = None,
) -> Floats:
    """Return a picture of a ring one pixel thin, on black.

    It is drawn on one row and column more, to have a middle, and these are then left out; so
    the ring lies evenly in a picture of even size. The line is Bresenham's circle.

    Args:
        size: Height and width in pixels.
        val: The ring's value; None gives each of its pixels a random one from 0 to 1.
        r_shrink: Pixels by which the radius is less than half the height.
        seed: For the random values; None takes NumPy's global state.

    Returns:
        float32 of shape (height, width).

    Raises:
        PatternError: A size is less than 1, or `r_shrink` leaves no radius.
    """
    height, width = _size(size)
    radius = height // 2 - r_shrink
    if radius < 0 or r_shrink < 0:
        raise PatternError(
            f"`r_shrink` must be from 0 to {height // 2}, half the height, but it is `{r_shrink}`."
        )
    ring = np.zeros((height + 1, width + 1), np.float32)
    rows, columns = _ring_places(radius) + np.array([[height // 2], [width // 2]])
    inside = (rows >= 0) & (rows <= height) & (columns >= 0) & (columns <= width)
    rows, columns = rows[inside], columns[inside]
    if val is None:
        values = _random(seed).uniform(size=ring.shape)
        ring[rows, columns] = values[rows, columns]
    else:
        ring[rows, columns] = val
    return ring[np.ix_(_all_but_one(height), _all_but_one(width))]


def two_dots(size: Sequence[int], x: int = 3, y: int = 5) -> Floats:
    """Return a black picture with two dots of value 1, at row x, column y and at row y, column x.

    Args:
        size: Height and width in pixels.
        x: Row of one dot and column of the other.
        y: Column of the one and row of the other; the same as `x` gives one dot only.

    Returns:
        float32 of shape (height, width).

    Raises:
        PatternError: A size is less than 1, or a dot lies outside.
    """
    height, width = _size(size)
    if not (min(x, y) >= 0 and max(x, y) < min(height, width)):
        raise PatternError(
            f"Dots at `{(x, y)}` and `{(y, x)}` do not both lie in a picture of {height} rows "
            f"and {width} columns."
        )
    dots = np.zeros((height, width), np.float32)
    dots[x, y] = dots[y, x] = 1
    return dots


def random_map(
    size: Sequence[int],
    scale: float = 0.5,
    decay_power: float = 1.0,
    *,
    seed: int | None = None,
) -> Floats:
    """Return a random map of soft blots, as a feature map may look.

    Waves of every length get random heights and places, long ones the greater heights; their sum
    goes through a sigmoid. (C. Olah, A. Mordvintsev and L. Schubert, "Feature Visualization",
    Distill, 2017, start their optimisation with such pictures.)

    Args:
        size: Height and width in pixels.
        scale: Contrast, at least 0; with 0 all values are 0.5.
        decay_power: How much longer waves outdo shorter ones; 0 is noise without blots.
        seed: For the waves; None takes NumPy's global state.

    Returns:
        float32 of shape (height, width), values from 0 to 1.

    Raises:
        PatternError: A size is less than 1, or `scale` is negative.
    """
    height, width = _size(size)
    if not scale >= 0:
        raise PatternError(f"`scale` must be 0 or more, but it is `{scale}`.")
    down = np.fft.fftfreq(height)[:, None]
    across = np.fft.rfftfreq(width)
    waves = np.hypot(down, across)
    # The constant part has no wavelength; it is given the longest there is.
    heights = np.maximum(waves, 1 / max(height, width)) ** -decay_power
    random = _random(seed)
    real, imaginary = random.normal(scale=scale, size=(2, *waves.shape))
    spectrum = (real + 1j * imaginary) * heights * np.sqrt(height * width) * _CONTRAST
    summed = np.fft.irfft2(spectrum, s=(height, width))
    # tanh is a sigmoid that does not overflow.
    return ((1 + np.tanh(summed / 2)) / 2).astype(np.float32)


def _ring_places(radius: int) -> NDArray[np.int64]:
    """Return rows and columns, shape (2, n), of the pixels of Bresenham's circle around 0."""
    eighth = []
    along, out, error = 0, radius, 3 - 2 * radius
    while along <= out:
        eighth.append((along, out))
        if error < 0:
            error += 4 * along + 6
        else:
            error += 4 * (along - out) + 10
            out -= 1
        along += 1
    places = {
        (first * sign, second * other)
        for pair in eighth
        for first, second in (pair, pair[::-1])
        for sign in (1, -1)
        for other in (1, -1)
    }
    return np.array(sorted(places), np.int64).T


def _all_but_one(count: int) -> NDArray[np.int64]:
    """Return which `count` of `count + 1` rows are kept: all but the one nearest the middle."""
    return np.delete(np.arange(count + 1), count // 2)


def _size(size: Sequence[int]) -> tuple[int, int]:
    try:
        height, width = (int(side) for side in size)
    except (TypeError, ValueError):
        raise PatternError(
            f"`size` must be height and width, such as [64, 64], but it is `{size!r}`."
        ) from None
    if height < 1 or width < 1:
        raise PatternError(f"`size` must be at least 1 pixel each way, but it is `{size!r}`.")
    return height, width


def _random(seed: int | None) -> Any:
    return np.random if seed is None else np.random.default_rng(seed)
