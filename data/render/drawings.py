"""Drawn pictures of few shapes: a letter, a ring, two handwritten digits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from canvas import Canvas, Colour, Point, smooth_line

WHITE: Colour = (255, 255, 255)
RING_SIDE, RING_RADIUS = 64, 28


def letter_k() -> Image.Image:
    """A bold small letter k, light on dark, without serifs: upright and slanted edges. Grey."""
    canvas = Canvas(256, (26, 26, 26))
    light = (235, 235, 235)
    canvas.box(62, 30, 102, 226, light)  # the stem
    canvas.polygon([(102, 148), (156, 92), (206, 92), (102, 198)], light)  # the upper arm
    canvas.polygon([(124, 160), (154, 131), (212, 226), (164, 226)], light)  # the leg
    return canvas.finish().convert("L")


def _midpoint_circle(radius: int) -> npt.NDArray[np.uint8]:
    """A one-pixel circle by the midpoint rule, of shape (2 radius + 1, 2 radius + 1).

    Bresenham, A linear algorithm for incremental digital display of circular arcs, 1977.
    """
    ring = np.zeros((2 * radius + 1, 2 * radius + 1), np.uint8)
    x, y, error = 0, radius, 3 - 2 * radius
    while x <= y:
        for a, b in ((x, y), (y, x)):
            for down in (radius - a, radius + a):
                ring[down, [radius - b, radius + b]] = 255
        if error < 0:
            error += 4 * x + 6
        else:
            error += 4 * (x - y) + 10
            y -= 1
        x += 1
    return ring


def circle_64() -> Image.Image:
    """A thin white ring on black, symmetric about the middle of its 64 by 64 pixels. Grey.

    A circle about a pixel is an odd number of pixels wide; without its middle row and column it is
    even, and stays closed, as it runs straight there.
    """
    odd = _midpoint_circle(RING_RADIUS)
    even = np.delete(np.delete(odd, RING_RADIUS, 0), RING_RADIUS, 1)
    return Image.fromarray(np.pad(even, (RING_SIDE - len(even)) // 2))


def digit_6() -> Image.Image:
    """A handwritten six, white on black. Grey."""
    return _written_six(lean=0.0)


def digit_9() -> Image.Image:
    """A handwritten nine: the six, a little different, upside down. Grey."""
    return _written_six(lean=0.06).transpose(Image.Transpose.ROTATE_180)


def _written_six(lean: float) -> Image.Image:
    line: list[Point] = [(80, 20), (58, 36), (42, 62), (40, 88), (52, 106), (72, 106)]
    line += [(86, 92), (82, 74), (66, 68), (50, 76), (42, 92)]
    canvas = Canvas(128)
    moved = [(x + lean * (64 - y), y) for x, y in line]
    canvas.stroke(smooth_line(moved), 11, WHITE)
    return canvas.finish().convert("L")
