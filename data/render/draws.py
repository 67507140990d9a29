"""Random draws in plain words, each stream made from whole numbers only.

Every picture is drawn from the key (seed, part, class, scene, ...), never from a shared
generator: so a picture does not depend on which others were made before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Option = TypeVar("Option")


class Draws:
    """One stream of random draws; the same key gives the same stream."""

    def __init__(self, *key: int) -> None:
        self.key = key
        self.generator = np.random.default_rng(key)

    def branch(self, *more: int) -> Draws:
        """A stream of its own, from this stream's key and further numbers."""
        return Draws(*self.key, *more)

    def between(self, low: float, high: float) -> float:
        """A number between two others, all equally likely."""
        return float(self.generator.uniform(low, high))

    def log_between(self, low: float, high: float) -> float:
        """A number between two positive others, its logarithm equally likely."""
        return float(np.exp(self.generator.uniform(np.log(low), np.log(high))))

    def normal(self, spread: float) -> float:
        """A number around zero with this standard deviation."""
        return float(self.generator.normal(0.0, spread))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(self.generator.integers(low, high + 1))

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return bool(self.generator.random() < probability)

    def pick(self, options: Sequence[Option]) -> Option:
        """One of the options; write an option twice to make it twice as likely."""
        return options[int(self.generator.integers(len(options)))]

    def vector(self, low: float, high: float, size: int = 3) -> tuple[float, ...]:
        """Several numbers between two others."""
        return tuple(float(v) for v in self.generator.uniform(low, high, size))
