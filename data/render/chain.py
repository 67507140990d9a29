"""The camera chain: from linear light to the finished small picture.

A cheap traffic camera in order: bloom, exposure with an error, blur, rain, vignette, sensor
noise, a soft shoulder, contrast and colour, down-scaling, sharpening with halos, JPEG. This, more
than the scene, makes a rendering look like a photograph; `severity` is the knob that sets how hard
the pictures are.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from draws import Draws

Array = npt.NDArray[np.float64]
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
LUMA = np.array([0.299, 0.587, 0.114])
# Side of the pictures, in pixels, that widths in this module are meant for.
USUAL_SIZE = 128


@dataclass(frozen=True)
class Conditions:
    """What of the scene the camera reacts to."""

    night: bool
    dark: bool
    rain: bool


def blur(picture: Array, width: float) -> Array:
    """A Gaussian blur over rows and columns, edges repeated; `width` in pixels."""
    if width < 0.15:
        return picture
    reach = max(1, int(3 * width + 0.5))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    weights = weights / weights.sum()
    for axis in (0, 1):
        margins = [(0, 0)] * picture.ndim
        margins[axis] = (reach, reach)
        padded = np.pad(picture, margins, mode="edge")
        length = picture.shape[axis]
        shifted = (np.take(padded, range(k, k + length), axis) for k in range(2 * reach + 1))
        picture = sum(
            (w * s for w, s in zip(weights, shifted, strict=True)), np.zeros_like(picture)
        )
    return picture


def _shift(picture: Array, down: float, right: float) -> Array:
    """The picture moved by parts of a pixel, edges repeated."""
    rows, columns = picture.shape[:2]
    margin = 8
    padded = np.pad(picture, ((margin, margin), (margin, margin), (0, 0)), mode="edge")
    top, left = int(np.floor(down)), int(np.floor(right))
    fy, fx = down - top, right - left

    def window(y: int, x: int) -> Array:
        y0, x0 = margin + top + y, margin + left + x
        return padded[y0 : y0 + rows, x0 : x0 + columns]

    above = window(0, 0) * (1 - fx) + window(0, 1) * fx
    below = window(1, 0) * (1 - fx) + window(1, 1) * fx
    return above * (1 - fy) + below * fy


def _motion_blur(picture: Array, length: float, angle: float) -> Array:
    steps = np.linspace(-0.5, 0.5, 9) * length
    moved = [_shift(picture, t * np.sin(angle), t * np.cos(angle)) for t in steps]
    return np.asarray(np.mean(moved, axis=0))


def _bloom(picture: Array, scale: float) -> Array:
    """Light of lamps spread over their surroundings."""
    bright = np.clip(picture - 2.0, 0, 10)
    return picture + blur(bright, 2.0 * scale) * 0.22 + blur(bright, 6 * scale) * 0.08


def _exposure(picture: Array, night: bool, severity: float, draws: Draws) -> float:
    """The factor that brings the middle of the picture to a mid tone, with an error."""
    light = picture @ LUMINANCE
    rows, columns = light.shape
    middle = light[rows // 6 : -rows // 6, columns // 9 : -columns // 9]
    mean = float(np.exp(np.log(middle + 0.004).mean()))
    goal = draws.between(0.17, 0.27) * (0.75 if night else 1.0)
    return goal / max(mean, 0.012 if night else 0.004) * 2 ** draws.normal(0.25 * severity)


def _rain(picture: Array, draws: Draws) -> Array:
    """Bright, thin, slightly slanted streaks."""
    size = picture.shape[0]
    streaks = np.zeros((size, size))
    for _ in range(draws.whole(30, 110)):
        x, y = draws.between(0, size), draws.between(-10, size)
        strength, slant = draws.between(0.05, 0.2), draws.normal(0.05) + 0.12
        for step in range(draws.whole(5, 15)):
            row, column = int(y + step), int(x + slant * step)
            if 0 <= row < size and 0 <= column < size:
                streaks[row, column] = max(streaks[row, column], strength)
    share = blur(streaks, 0.6)[..., None]
    return np.asarray(picture * (1 - share) + share * (picture.mean() * 1.8))


def _sensor(picture: Array, dark: bool, severity: float, draws: Draws) -> Array:
    """Vignette, a slight colour cast and noise that grows with the root of the light."""
    size = picture.shape[0]
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    corner = draws.between(0, 0.25)
    picture = picture * (1 - corner * (x**2 + y**2) / 2)[..., None]
    generator = draws.generator
    picture = picture * np.exp(generator.normal(0, 0.03 * severity, 3))
    level = draws.log_between(0.004, 0.02) * (1.6 if dark else 1.0) * severity
    fine = generator.normal(0, 1, picture.shape)
    coarse = blur(generator.normal(0, 1, picture.shape), 0.8) * 2.2
    return picture + level * (0.4 * fine + 0.6 * coarse) * np.sqrt(np.clip(picture, 0.01, 1))


def _tone(picture: Array, draws: Draws) -> Array:
    """Soft shoulder, sRGB curve, automatic contrast with an error, brightness and saturation."""
    light = np.clip(picture, 0, None)
    knee = draws.between(0.7, 0.9)
    soft = knee + (1 - knee) * (1 - np.exp(-(light - knee) / (1 - knee)))
    light = np.where(light > knee, soft, light)
    curve = 1.055 * np.power(np.maximum(light, 1e-9), 1 / 2.4) - 0.055
    value = np.where(light <= 0.0031308, 12.92 * light, curve)
    middle, spread = value.mean(), max(float((value @ LUMA).std()), 0.02)
    gain = (draws.between(0.16, 0.24) / spread) ** 0.7
    value = middle + (value - middle) * min(gain, 2.0) + draws.between(-0.03, 0.03)
    grey = (value @ LUMA)[..., None]
    return np.asarray(grey + (value - grey) * draws.between(0.6, 1.0))


def _photograph(
    light: Array, conditions: Conditions, draws: Draws, severity: float, scale: float
) -> Image.Image:
    """From linear light to a picture with the faults of lens and sensor, before any software.

    `scale` is the picture's size as a share of the usual one: widths in pixels go with it.
    """
    picture = _bloom(np.clip(light, 0, 60), scale)
    picture = picture * _exposure(picture, conditions.night, severity, draws)
    if draws.chance(0.2):
        length = draws.between(1, 3.5) * severity * scale
        picture = _motion_blur(picture, length, draws.normal(0.25))
    picture = blur(picture, draws.between(0.2, 0.85) * severity * scale)
    if conditions.rain:
        picture = _rain(picture, draws)
    picture = _tone(_sensor(picture, conditions.dark, severity, draws), draws)
    return Image.fromarray((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8))


def finish(light: Array, conditions: Conditions, draws: Draws, severity: float) -> Image.Image:
    """Linear light, shape (n, n, 3), as a finished RGB picture of the same size."""
    size = light.shape[0]
    image = _photograph(light, conditions, draws, severity, 1.0)
    small = draws.pick([size, size, size, size * 7 // 8, size * 3 // 4])
    if severity < 0.5:
        small = size
    if small < size:
        image = image.resize((small, small), Image.Resampling.BILINEAR)
    if draws.chance(0.6):
        radius, amount = draws.between(0.7, 1.4), draws.whole(40, 120)
        image = image.filter(ImageFilter.UnsharpMask(radius, amount, 0))
    compressed = io.BytesIO()
    image.save(compressed, "JPEG", quality=draws.whole(50, 85), subsampling=2)
    image = Image.open(compressed).convert("RGB")
    if small < size:
        image = image.resize((size, size), Image.Resampling.BICUBIC)
    return image


def finish_tiny(
    light: Array, conditions: Conditions, draws: Draws, severity: float, size: int
) -> Image.Image:
    """Linear light as a finished picture reduced to `size` pixels a side, by area.

    As from a larger photograph made small: no JPEG, whose blocks would be as large as a wheel, and
    no rain, whose streaks would be finer than a pixel.
    """
    dry = Conditions(conditions.night, conditions.dark, rain=False)
    image = _photograph(light, dry, draws, severity, light.shape[0] / USUAL_SIZE)
    if draws.chance(0.6):
        image = image.filter(ImageFilter.UnsharpMask(0.7, draws.whole(30, 90), 0))
    return image.resize((size, size), Image.Resampling.BOX)
