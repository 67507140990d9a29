"""Random versions of one picture, in NumPy: what Keras's augmenting layers do to a batch.

All draws of a version are made at once and in one order, so a transformation that is switched on
or made stronger leaves the draws of the others as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_LIMITS = {
    "rotation": 180.0,
    "shift": 1.0,
    "zoom": 0.9,
    "contrast": 1.0,
    "brightness": 1.0,
    "hue": 0.5,
}


class AugmentationError(ValueError):
    """A strength lies outside its range, or what is to be augmented is no picture."""


@dataclass(frozen=True)
class Augmentation:
    """Which transformations are applied, and how strong they may be.

    mirror: Left to right, in half of the versions.
    upside_down: Top to bottom, in half of the versions.
    rotation: Largest turn, in degrees, to either side: 0 to 180.
    shift: Largest shift, as a share of the picture's side, each way: 0 to 1.
    zoom: Largest change of size, as a share, larger or smaller: 0 to .9.
    contrast: Distances from the mean are multiplied by 1 - contrast to 1 + contrast: 0 to 1.
    brightness: Largest number added to all values, or taken from them: 0 to 1.
    hue: Largest turn of the colours, as a share of the circle of hues: 0 to .5.

    Raises:
        AugmentationError: A strength lies outside its range.
    """

    mirror: bool = False
    upside_down: bool = False
    rotation: float = 0.0
    shift: float = 0.0
    zoom: float = 0.0
    contrast: float = 0.0
    brightness: float = 0.0
    hue: float = 0.0

    def __post_init__(self) -> None:
        for name, most in _LIMITS.items():
            value = getattr(self, name)
            if not 0 <= value <= most:
                raise AugmentationError(
                    f"`{name}` must lie between 0 and {most:g}, but it is `{value}`."
                )

    def used(self) -> tuple[str, ...]:
        """Return the names of the transformations that are switched on."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))


def versions(image: Any, augmentation: Augmentation, count: int = 16, *, seed: int = 0) -> Floats:
    """Return random versions of a picture.

    Places that a turn or a shift leaves empty are filled with the picture, mirrored at its edge.

    Args:
        image: Shape (h, w, 3) or (h, w, 1), floats in 0 to 1.
        augmentation: The transformations and their strengths.
        count: How many versions, at least 1.
        seed: Of the draws.

    Returns:
        float32 in 0 to 1, shape (count, h, w, channels).

    Raises:
        AugmentationError: The picture has another shape or type, or `count` is less than 1.
    """
    picture = _picture(image)
    if count < 1:
        raise AugmentationError(f"`count` must be at least 1, but it is `{count}`.")
    drawn = np.random.default_rng(seed).uniform(-1, 1, (count, len(fields(Augmentation)) + 1))
    draws = _Draws(*drawn.astype(np.float32).T[..., None])
    height, width, channels = picture.shape
    # Channel by channel, (channels, count, pixels): NumPy is fast along long rows only.
    planes = np.ascontiguousarray(picture.reshape(-1, channels).T)
    made = np.take(planes, _sources(height, width, augmentation, draws), axis=1)
    if augmentation.hue:
        made = _turned_hue(made, augmentation.hue * draws.hue)
    if augmentation.contrast:
        mean = made.mean(axis=-1, keepdims=True)
        made = mean + (made - mean) * (1 + augmentation.contrast * draws.contrast)
    if augmentation.brightness:
        made = made + augmentation.brightness * draws.brightness
    result = np.clip(made, 0, 1).transpose(1, 2, 0).reshape(count, height, width, channels)
    return np.ascontiguousarray(result, np.float32)


class _Draws(NamedTuple):
    """Numbers from -1 to 1, one a version, each of shape (count, 1)."""

    mirror: Floats
    upside_down: Floats
    turn: Floats
    across: Floats
    up: Floats
    zoom: Floats
    contrast: Floats
    brightness: Floats
    hue: Floats


def _sources(height: int, width: int, asked: Augmentation, draws: _Draws) -> NDArray[np.int32]:
    """Return for each pixel of each version the pixel it is taken from, shape (count, pixels)."""
    down, across = np.divmod(np.arange(height * width, dtype=np.int32), np.int32(width))
    # Places are counted from the picture's middle.
    x = (across - np.float32((width - 1) / 2)) - asked.shift * width * draws.across
    y = (down - np.float32((height - 1) / 2)) - asked.shift * height * draws.up
    angle = np.deg2rad(asked.rotation * draws.turn)
    scale = 1 + asked.zoom * draws.zoom
    cosine, sine = np.cos(angle) / scale, np.sin(angle) / scale
    to_side = np.where(asked.mirror & (draws.mirror > 0), -1, 1).astype(np.float32)
    to_top = np.where(asked.upside_down & (draws.upside_down > 0), -1, 1).astype(np.float32)
    columns = _nearest(to_side * (cosine * x - sine * y), width)
    rows = _nearest(to_top * (sine * x + cosine * y), height)
    found: NDArray[np.int32] = rows * np.int32(width) + columns
    return found


def _nearest(places: Floats, count: int) -> NDArray[np.int32]:
    """Return the nearest pixels of places counted from the middle, mirrored at both ends."""
    # A thousandth more: by rounding, half a pixel must not fall to either side.
    from_edge = places + np.float32((count - 1) / 2 + 1e-3)
    pixels = np.abs(np.rint(from_edge).astype(np.int32))
    if count == 1:
        return np.zeros_like(pixels)
    if pixels.max() >= 2 * count - 1:
        pixels %= np.int32(2 * (count - 1))
    mirrored: NDArray[np.int32] = np.minimum(pixels, np.int32(2 * (count - 1)) - pixels)
    return mirrored


def turned_hue(picture: Any, share: float) -> Floats:
    """Return a picture whose colours are turned on the circle of hues; grey stays grey.

    The turn is a rotation about the axis from black to white, which keeps the mean of red, green
    and blue; what leaves 0 to 1 is cut off. `share` is a share of the full circle: a third makes
    red green.

    Args:
        picture: Shape (h, w, 3) or (h, w, 1), floats in 0 to 1.
        share: Of the circle.
    """
    values = _picture(picture)
    planes = values.reshape(-1, 1, values.shape[-1]).transpose(2, 1, 0)
    turned = _turned_hue(planes, np.array([[share]], np.float32))
    return np.clip(turned.transpose(1, 2, 0).reshape(values.shape), 0, 1)


def _turned_hue(planes: Floats, shares: Floats) -> Floats:
    """Turn planes of shape (3, count, pixels) by shares of shape (count, 1)."""
    if len(planes) != 3:
        return planes
    angle = 2 * np.pi * shares
    same = (1 + 2 * np.cos(angle)) / 3
    rest, spread = (1 - np.cos(angle)) / 3, np.sin(angle) / np.sqrt(3)
    red, green, blue = planes
    return np.stack(
        [
            same * one + (rest - spread) * following + (rest + spread) * last
            for one, following, last in (
                (red, green, blue),
                (green, blue, red),
                (blue, red, green),
            )
        ]
    ).astype(np.float32, copy=False)


def _picture(image: Any) -> Floats:
    array = np.asarray(image)
    if array.dtype.kind != "f" or array.ndim != 3 or array.shape[-1] not in (1, 3):
        raise AugmentationError(
            "`image` must be floats of shape (height, width, 3) or (height, width, 1), but its "
            f"shape is `{array.shape}` and its type `{array.dtype}`."
        )
    return array.astype(np.float32, copy=False)
