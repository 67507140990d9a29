"""A weekly series to filter, made up by a formula, and kernels of one dimension.

The series stands for the bicycles that a town hires out each week: more in summer than in
winter, slowly more from year to year, some weeks of a strike, and chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

WEEKS_OF_A_YEAR = 52


def weekly_series(seed: int = 0, *, weeks: int = 208) -> NDArray[np.float32]:
    """Return hires of bicycles a week, in thousands: float32 of shape (weeks,), never negative.

    Args:
        seed: Another seed draws other weather and another strike.
        weeks: Length of the series, at least 1; 208 are four years.

    Raises:
        ValueError: `weeks` is less than 1.
    """
    if weeks < 1:
        raise ValueError(f"`weeks` must be at least 1, but it is `{weeks}`.")
    random = np.random.default_rng(seed)
    week = np.arange(weeks)
    years = week / WEEKS_OF_A_YEAR
    level = 30 + 4 * years - 12 * np.cos(2 * np.pi * (years - 0.05))
    weather = random.normal(0, 3.5, weeks)
    strike = int(random.integers(weeks // 4, 3 * weeks // 4 + 1))
    level = np.where((week >= strike) & (week < strike + 3), 0.35 * level, level)
    return np.asarray(np.maximum(level + weather, 0), np.float32)


def _weights(*values: float, over: float = 1) -> NDArray[np.float32]:
    array = (np.array(values) / over).astype(np.float32)
    array.flags.writeable = False
    return array


detrend = _weights(-1, 1)
"""Later minus earlier: 0 where the series is flat."""

average = _weights(1, 1, 1, 1, 1, over=5)
"""The mean of five neighbours."""

spencer = _weights(-3, -6, -5, 3, 21, 46, 67, 74, 67, 46, 21, 3, -5, -6, -3, over=320)
"""Spencer's fifteen-point average (J. Spencer, 1904), which leaves a cubic as it is."""

SERIES_KERNELS: Mapping[str, NDArray[np.float32]] = MappingProxyType(
    {"detrend": detrend, "average": average, "spencer": spencer}
)
"""The kernels of one dimension by name."""
