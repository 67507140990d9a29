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


@dataclass(frozen=True)
class Floors:
    """What a picture of one size must reach; the measures are explained at `Readability`.

    `width` is that of the blur in pixels which parts fine detail from the rest; three quarters of
    it is how far each side of the outline is averaged.
    """

    area: float
    inner: float
    edge: float
    sharpness: float
    width: float
    brightness: tuple[float, float] = (28.0, 225.0)


USUAL = Floors(area=0.10, inner=24.0, edge=20.0, sharpness=7.0, width=2.0)
TINY = Floors(area=0.15, inner=26.0, edge=22.0, sharpness=9.0, width=1.0)
"""For 32x32 pixels, of which the vehicle needs more: a wheel is three of them."""


def floors_for(size: int) -> Floors:
    """The floors for pictures with this many pixels a side."""
    return USUAL if size >= 64 else TINY


class UnreadableSceneError(RuntimeError):
    """No attempt at a scene gave pictures a person could read."""


@dataclass(frozen=True)
class Readability:
    """Measures of one finished picture.

    area: share of the frame the vehicle covers.
    inner: standard deviation of the luminance inside the vehicle.
    edge: mean difference of colour across its outline, each side averaged over a few pixels.
    sharpness: standard deviation of the luminance's fine detail inside the vehicle.
    brightness: mean luminance of the whole picture.
    """

    area: float
    inner: float
    edge: float
    sharpness: float
    brightness: float

    def reaches(self, floors: Floors) -> bool:
        """Whether every measure is above its floor."""
        darkest, brightest = floors.brightness
        return (
            self.area >= floors.area
            and self.inner >= floors.inner
            and self.edge >= floors.edge
            and self.sharpness >= floors.sharpness
            and darkest <= self.brightness <= brightest
        )


def _outline_difference(
    picture: npt.NDArray[np.float64], mask: npt.NDArray[np.bool_], width: float
) -> float:
    """Mean colour difference between the two sides of the outline, about `width` apart."""
    weight = mask.astype(float)
    inside_share, outside_share = blur(weight, width), blur(1 - weight, width)
    inside = blur(picture * weight[..., None], width) / np.maximum(inside_share, 1e-6)[..., None]
    outside = blur(picture * (1 - weight)[..., None], width)
    outside = outside / np.maximum(outside_share, 1e-6)[..., None]
    border = (inside_share > 0.3) & (outside_share > 0.3)
    if not border.any():
        return 0.0
    return float(np.abs(inside - outside).max(axis=-1)[border].mean())


def measure(
    picture: npt.NDArray[np.uint8], mask: npt.NDArray[np.bool_], floors: Floors = USUAL
) -> Readability:
    """Measures of a picture, shape (n, n, 3), with the vehicle's mask, shape (n, n)."""
    if not mask.any():
        return Readability(0.0, 0.0, 0.0, 0.0, 0.0)
    colours = picture.astype(float)
    grey = colours @ LUMA
    fine = grey - blur(grey, floors.width)
    return Readability(
        area=float(mask.mean()),
        inner=float(grey[mask].std()),
        edge=_outline_difference(colours, mask, floors.width * 0.75),
        sharpness=float(fine[mask].std()),
        brightness=float(grey.mean()),
    )
