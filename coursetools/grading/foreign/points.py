"""Points as other tools write them."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence

from coursetools.grading.foreign.assignment import Found

MOST = 100.0
"""The most that one check of ours is worth."""

_PLACES = 2


def read_points(value: object, name: str, found: Found, default: float = 0.0) -> float:
    """Give a number of points; whatever is none is said, and `default` is written."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        found.leave(name, f"Its points are not a number: {default:g} is written.")
        return default
    if value < 0:
        found.leave(name, f"It is worth {value:g} points, less than none: 0 is written.")
        return 0.0
    if value > MOST:
        found.leave(name, f"It is worth {value:g} points; {MOST:g} is the most, and is written.")
        return MOST
    return float(value)


def shared_out(total: float, given: Sequence[float | None]) -> tuple[float, ...]:
    """Give each test its points: its own, or an equal share of what the others leave.

    The shares are rounded to hundredths, and the last one takes the rest.
    """
    open_places = [place for place, points in enumerate(given) if points is None]
    points = [own or 0.0 for own in given]
    left = max(0.0, total - sum(points))
    for count, place in enumerate(open_places, 1):
        last = count == len(open_places)
        share = left if last else round(left / (len(open_places) - count + 1), _PLACES)
        points[place] = round(share, _PLACES)
        left -= points[place]
    return tuple(points)
