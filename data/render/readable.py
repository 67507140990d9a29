"""Can a person read the vehicle in a finished picture?

Measured on the picture's luminance (0 to 255) with the vehicle's silhouette: how large it is, how
much is drawn inside it, how it stands out from its surroundings, and how sharp its lines are. The
thresholds were set by looking at pictures on either side of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chain import LUMA, blur

LEAST_AREA = 0.10
LEAST_INNER = 24.0
LEAST_EDGE = 20.0
LEAST_SHARPNESS = 7.0
BRIGHTNESS = (28.0, 225.0)


class UnreadableSceneError(RuntimeError):
    """No attempt at a scene gave pictures a person could read."""


@dataclass(frozen=True)
class Readability:
    """Measures of one finished picture.

    area: share of the frame the vehicle covers.
    inner: standard deviation of the luminance inside the vehicle.
    edge: mean difference of colour across its outline, each side averaged over three pixels.
    sharpness: standard deviation of the luminance's fine detail inside the vehicle.
    brightness: mean luminance of the whole picture.
    """

    area: float
    inner: float
    edge: float
    sharpness: float
    brightness: float

    @property
    def good(self) -> bool:
        """Whether every measure is above its floor."""
        return (
            self.area >= LEAST_AREA
            and self.inner >= LEAST_INNER
            and self.edge >= LEAST_EDGE
            and self.sharpness >= LEAST_SHARPNESS
            and BRIGHTNESS[0] <= self.brightness <= BRIGHTNESS[1]
        )


def _outline_difference(picture: npt.NDArray[np.float64], mask: npt.NDArray[np.bool_]) -> float:
    """Mean colour difference between the two sides of the outline, a few pixels apart."""
    weight = mask.astype(float)
    inside_share, outside_share = blur(weight, 1.5), blur(1 - weight, 1.5)
    inside = blur(picture * weight[..., None], 1.5) / np.maximum(inside_share, 1e-6)[..., None]
    outside = blur(picture * (1 - weight)[..., None], 1.5)
    outside = outside / np.maximum(outside_share, 1e-6)[..., None]
    border = (inside_share > 0.3) & (outside_share > 0.3)
    if not border.any():
        return 0.0
    return float(np.abs(inside - outside).max(axis=-1)[border].mean())


def measure(picture: npt.NDArray[np.uint8], mask: npt.NDArray[np.bool_]) -> Readability:
    """Measures of a picture, shape (n, n, 3), with the vehicle's mask, shape (n, n)."""
    if not mask.any():
        return Readability(0.0, 0.0, 0.0, 0.0, 0.0)
    colours = picture.astype(float)
    grey = colours @ LUMA
    fine = grey - blur(grey, 2.0)
    return Readability(
        area=float(mask.mean()),
        inner=float(grey[mask].std()),
        edge=_outline_difference(colours, mask),
        sharpness=float(fine[mask].std()),
        brightness=float(grey.mean()),
    )
