"""Shifts of a picture, and what pooling, once or several times, leaves of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.operations.pooling import as_maps, average_pool, max_pool

Floats = NDArray[Any]

_ROUNDING = 1e-6
FILLS = {"zeros": "constant", "edge": "edge"}


class ShiftError(ValueError):
    """A shift, a number of pools or a way to condense is none that is known."""


def shifted(image: Any, down: int, right: int = 0, *, fill: str = "zeros") -> Floats:
    """Return a picture moved by whole pixels; what leaves it at one edge is lost.

    Args:
        image: Shape (h, w), (h, w, c) or (n, h, w, c).
        down: Pixels to move down; negative moves up.
        right: Pixels to move right; negative moves left.
        fill: What comes in at the other edge: "zeros", or "edge", the outermost pixels again.

    Returns:
        The same shape; float32, or float64 for float64 pictures.

    Raises:
        MapError: The picture has another shape or type.
        ShiftError: A shift is not whole, or `fill` is another word.
    """
    array = as_maps(image)
    moves = (_count(down, "down"), _count(right, "right"))
    if fill not in FILLS:
        raise ShiftError(f"`fill` must be 'zeros' or 'edge', but it is `{fill!r}`.")
    first = 1 if array.ndim == 4 else 0
    around = [(0, 0)] * array.ndim
    kept = [slice(None)] * array.ndim
    for axis, move in enumerate(moves, start=first):
        around[axis] = (max(move, 0), max(-move, 0))
        kept[axis] = slice(max(-move, 0), max(-move, 0) + array.shape[axis])
    padded = np.pad(array, around, mode=FILLS[fill])  # type: ignore[call-overload]
    return np.asarray(padded[tuple(kept)])


def pool_again(image: Any, pools: int = 4, *, kind: str = "max") -> tuple[Floats, ...]:
    """Return a picture and what is left of it after one pool, two pools, and so on.

    Args:
        image: Shape (h, w), (h, w, c) or (n, h, w, c).
        pools: How often to condense, each time with a 2x2 window moved by 2.
        kind: "max", "average", or "skip", which keeps the first pixel of each window.

    Returns:
        `pools` + 1 arrays; sizes that do not divide are rounded up.

    Raises:
        MapError: The picture has another shape or type.
        ShiftError: `pools` is not whole or negative, or `kind` is another word.
    """
    condense = _condenser(kind)
    steps = [as_maps(image)]
    for _ in range(_at_least_none(pools, "pools")):
        steps.append(condense(steps[-1]))
    return tuple(steps)


def active_cells(maps: Any) -> NDArray[np.bool_]:
    """Return where maps are above 0, but for what is only rounding.

    A kernel whose weights add up to 0 leaves about a ten-millionth of its strongest answer on a
    flat area, so less than a millionth of the largest value counts as 0.

    Raises:
        MapError: The maps are not numbers of shape (h, w), (h, w, c) or (n, h, w, c).
    """
    array = as_maps(maps)
    return np.asarray(array > max(float(array.max()), 0) * _ROUNDING)


def active_share(maps: Any) -> float:
    """Return the share of values that `active_cells` finds above 0.

    Raises:
        MapError: The maps are not numbers of shape (h, w), (h, w, c) or (n, h, w, c).
    """
    return float(active_cells(maps).mean())


def distinct_after_pools(
    image: Any, *, reach: int = 3, pools: int = 4, kind: str = "max"
) -> tuple[int, ...]:
    """Count the different results that all shifts of a picture give, after each pool.

    Args:
        image: Shape (h, w) or (h, w, c).
        reach: Most pixels of a shift in each direction: 3 makes 7 times 7, 49 shifts.
        pools: How often to condense.
        kind: As in `pool_again`.

    Returns:
        `pools` + 1 counts; the first is that of the shifted pictures themselves.

    Raises:
        MapError, ShiftError: As `shifted` and `pool_again` raise them.
    """
    reach = _at_least_none(reach, "reach")
    results: list[set[bytes]] = [set() for _ in range(_at_least_none(pools, "pools") + 1)]
    for down, right in product(range(-reach, reach + 1), repeat=2):
        for found, step in zip(
            results, pool_again(shifted(image, down, right), pools, kind=kind), strict=True
        ):
            # Adding 0 turns -0 into 0, which is the same number but other bytes.
            found.add((step + 0).tobytes())
    return tuple(len(found) for found in results)


def _condenser(kind: str) -> Callable[[Floats], Floats]:
    ways: dict[str, Callable[[Floats], Floats]] = {
        "max": lambda maps: max_pool(maps, padding="same"),
        "average": lambda maps: average_pool(maps, padding="same"),
        "skip": lambda maps: maps[:, ::2, ::2] if maps.ndim == 4 else maps[::2, ::2],
    }
    if kind not in ways:
        raise ShiftError(f"`kind` must be 'max', 'average' or 'skip', but it is `{kind!r}`.")
    return ways[kind]


def _count(number: Any, name: str) -> int:
    try:
        return index(number)
    except TypeError:
        raise ShiftError(f"`{name}` must be a whole number, but it is `{number!r}`.") from None


def _at_least_none(number: Any, name: str) -> int:
    found = _count(number, name)
    if found < 0:
        raise ShiftError(f"`{name}` must be at least 0, but it is `{number}`.")
    return found
