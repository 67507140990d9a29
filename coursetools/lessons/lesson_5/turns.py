"""What augmenting layers did to the marked picture: mirrored or not, turned, spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coursetools.answers.augmentation import MARKS, STEP, AugmentationSpec

UPSIDE_DOWN = 140.0
"""Degrees: a turn beyond this is taken for a picture that stands on its head."""

ASIDE = (75.0, 105.0)
"""Degrees: a turn in here lays the picture on its side, which no mirror does."""


@dataclass(frozen=True)
class Turns:
    """What came of all draws."""

    mirrored: float
    """The share that shows the picture as in a mirror."""
    upside_down: float
    """The share that stands on its head."""
    aside: float
    """The share that lies on its side."""
    angles: tuple[float, ...]
    """Degrees that each was turned, 0 to 90 where some stand on their head, else 0 to 180."""
    contrasts: tuple[float, ...]
    """The factor by which each difference of brightness grew."""
    backgrounds: tuple[float, ...]
    """The brightness of the grey."""

    @property
    def widest(self) -> float:
        """The largest turn, in degrees."""
        return max(self.angles, default=0.0)

    @property
    def mirrors_top_to_bottom(self) -> bool:
        """Whether pictures stand on their head without ever lying on their side."""
        return self.upside_down > 0.05 and self.aside == 0


def turns_of(spec: AugmentationSpec) -> Turns:
    """Work out turns and contrasts from where the marks came out and how bright they were."""
    found = [_mirror_and_angle(draw.marks) for draw in spec.draws if draw.marks]
    angles = np.array([angle for _, angle in found])
    count = max(len(found), 1)
    upside_down = float((angles > UPSIDE_DOWN).sum()) / count
    aside = float(((angles > ASIDE[0]) & (angles < ASIDE[1])).sum()) / count
    if upside_down and not aside:  # a mirror from top to bottom is no turn
        angles = np.minimum(angles, 180 - angles)
    return Turns(
        mirrored=sum(mirrored for mirrored, _ in found) / count,
        upside_down=upside_down,
        aside=aside,
        angles=tuple(float(angle) for angle in angles),
        contrasts=tuple(draw.step / STEP for draw in spec.draws),
        backgrounds=tuple(draw.background for draw in spec.draws),
    )


def _mirror_and_angle(marks: Sequence[tuple[float, float]]) -> tuple[bool, float]:
    """Give whether the map that moves the marks mirrors, and its turn in degrees, 0 to 180.

    The map is linear up to a shift, so three marks settle it. Where it mirrors, the turn is what
    is left once left and right are exchanged.
    """
    before, after = np.array(MARKS), np.array(marks)
    linear = np.linalg.solve(before[1:] - before[0], after[1:] - after[0]).T
    mirrored = bool(np.linalg.det(linear) < 0)
    if mirrored:
        linear = linear @ np.diag((-1.0, 1.0))
    return mirrored, abs(float(np.degrees(np.arctan2(linear[1, 0], linear[0, 0]))))
