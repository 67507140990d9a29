"""Drawing flat shapes with soft edges: everything is drawn large and then averaged down.

Points are (x, y) in pixels of the finished picture, from its top left corner; colours are
(red, green, blue) of 0 to 255. Only whole-number arithmetic of Pillow is behind it, so that a
drawing comes out the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

Point = tuple[float, float]
Colour = tuple[int, int, int]
Array = npt.NDArray[np.float64]


def curve(*points: Point, steps: int = 24) -> list[Point]:
    """Points along a Bezier curve: of the second or third degree, by the number of points."""
    t = np.linspace(0, 1, steps)[:, None]
    line = [np.asarray(point, float) for point in points]
    layers = [np.repeat(point[None], steps, 0) for point in line]
    while len(layers) > 1:
        layers = [(1 - t) * a + t * b for a, b in pairwise(layers)]
    return [(float(x), float(y)) for x, y in layers[0]]


def smooth_line(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """A line through all the points without corners (Catmull and Rom's spline)."""
    knots = np.array([points[0], *points, points[-1]], float)
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        bend = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        pieces.append(b + ((c - a) * t + bend) / 2)
    line = np.vstack([*pieces, knots[-1:]])
    return [(float(x), float(y)) for x, y in line]


class Canvas:
    """A picture under construction."""

    def __init__(self, size: int, ground: Colour = (0, 0, 0), finer: int = 8) -> None:
        """A square of `size` pixels; each is averaged from `finer` times `finer` drawn ones."""
        self.size = size
        self.finer = finer
        self._image = Image.new("RGB", (size * finer, size * finer), ground)
        self._draw = ImageDraw.Draw(self._image)

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        # Pillow draws pixel centres at whole numbers, so half a fine pixel is taken off.
        return [(x * self.finer - 0.5, y * self.finer - 0.5) for x, y in points]

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled outline."""
        self._draw.polygon(self._scaled(points), fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """A filled upright rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def ellipse(self, centre: Point, radii: Point, colour: Colour) -> None:
        """A filled ellipse."""
        angle = np.linspace(0, 2 * np.pi, 180, endpoint=False)
        x = centre[0] + radii[0] * np.cos(angle)
        y = centre[1] + radii[1] * np.sin(angle)
        self.polygon(list(zip(x.tolist(), y.tolist(), strict=True)), colour)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        self.ellipse(centre, (radius, radius), colour)

    def stroke(
        self, points: Sequence[Point], width: float | Sequence[float], colour: Colour
    ) -> None:
        """A line with round ends and joints; `width` is one number or one for each point."""
        widths = [float(width)] * len(points) if isinstance(width, (int, float)) else list(width)
        for point, wide in zip(points, widths, strict=True):
            self.disc(point, wide / 2, colour)
        for (a, b), wide in zip(pairwise(points), widths, strict=False):
            along = np.subtract(b, a)
            length = float(np.hypot(*along))
            if length == 0:
                continue
            x, y = along[1] / length * wide / 2, -along[0] / length * wide / 2
            corners = [(a[0] + x, a[1] + y), (b[0] + x, b[1] + y)]
            corners += [(b[0] - x, b[1] - y), (a[0] - x, a[1] - y)]
            self.polygon(corners, colour)

    def finish(self) -> Image.Image:
        """The drawing at its own size, in RGB."""
        return self._image.reduce(self.finer)
