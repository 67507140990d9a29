"""Country seen from above, put together: ground, roads, houses, trees, vehicles.

A tile's side is GROUND metres; x points to the right in the picture and y up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from draws import Draws
from geometry import Point
from shaders import Shaders
from stage import put_foliage, put_mesh
from weather import Colour

Array = npt.NDArray[np.float64]
Spot = tuple[float, float]

GROUND = 110.0
ROOFS: tuple[Colour, ...] = (
    (0.32, 0.10, 0.06),
    (0.26, 0.09, 0.06),
    (0.16, 0.15, 0.15),
    (0.36, 0.15, 0.08),
    (0.20, 0.11, 0.08),
)
PAINTS: tuple[Colour, ...] = (
    (0.75, 0.75, 0.74),
    (0.70, 0.70, 0.70),
    (0.35, 0.36, 0.38),
    (0.03, 0.03, 0.035),
    (0.45, 0.03, 0.03),
    (0.05, 0.12, 0.40),
)


def turned(point: Spot, angle: float, origin: Spot = (0.0, 0.0)) -> Spot:
    """A point turned about (0, 0) and then moved by `origin`."""
    c, s = math.cos(angle), math.sin(angle)
    return (point[0] * c - point[1] * s + origin[0], point[0] * s + point[1] * c + origin[1])


def _between(a: Spot, b: Spot, share: float) -> Spot:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


class Land:
    """The ground of a tile and what is put on it."""

    def __init__(self, shaders: Shaders, draws: Draws) -> None:
        self.shaders = shaders
        self.draws = draws
        self._layer = 0.0

    def earth(self, name: str, colour: Colour, scale: float = 0.15, spread: float = 0.35) -> Any:
        """An uneven ground colour; `scale` is the fineness of its patches, a metre."""
        light = (colour[0] * (1 + spread), colour[1] * (1 + spread), colour[2] * (1 + spread))
        dark = (colour[0] * (1 - spread), colour[1] * (1 - spread), colour[2] * (1 - spread))
        return self.shaders.plain(name, colour, 0.95, mottle=(light, dark, scale))

    def flat(self, corners: Sequence[Spot], material: Any, height: float | None = None) -> None:
        """A polygon lying on everything put before."""
        self._layer += 0.01
        level = self._layer if height is None else height
        vertices = np.array([(x, y, level) for x, y in corners])
        put_mesh("flat", vertices, [list(range(len(corners)))], [material])

    def whole(self, material: Any) -> None:
        """The ground from edge to edge."""
        far = GROUND
        self.flat([(-far, -far), (far, -far), (far, far), (-far, far)], material)

    def strip(self, middle: Array, width: float | Array, material: Any) -> None:
        """A band along a line (n, 2): a road, a river, a painted line."""
        self._layer += 0.01
        along = np.gradient(middle, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True)
        normal = np.stack([-along[:, 1], along[:, 0]], 1)
        half = (np.ones(len(middle)) * width / 2)[:, None]
        edges = np.concatenate([middle + normal * half, middle - normal * half])
        vertices = np.column_stack([edges, np.full(len(edges), self._layer)])
        n = len(middle)
        faces = [[i, n + i, n + i + 1, i + 1] for i in range(n - 1)]
        put_mesh("strip", vertices, faces, [material])

    def dashes(self, middle: Array, width: float, on: int, off: int, material: Any) -> None:
        """A broken line: `on` points drawn, `off` points left out."""
        for start in range(0, len(middle) - on, on + off):
            self.strip(middle[start : start + on], width, material)

    def parcel(
        self, corners: Sequence[Spot], name: str, colour: Colour, rows: int, bright: float
    ) -> None:
        """A field with `rows` lines of furrows or wheel tracks, `bright` times as bright."""
        self.flat(corners, self.earth(name, colour, 0.12, 0.2))
        line = (colour[0] * bright, colour[1] * bright, colour[2] * bright)
        material = self.earth(name + "-rows", line, 0.3, 0.2)
        a, b, c, d = corners
        for k in range(rows):
            start, end = (k + 0.35) / rows, (k + 0.65) / rows
            near = (_between(a, b, start), _between(a, b, end))
            far = (_between(d, c, end), _between(d, c, start))
            self.flat([*near, *far], material)

    def block(self, spot: Spot, size: Point, turn: float, material: Any, base: float = 0.0) -> None:
        """An upright box: (length, breadth, height), turned about the vertical."""
        a, b = size[0] / 2, size[1] / 2
        ring = [turned(corner, turn, spot) for corner in ((-a, -b), (a, -b), (a, b), (-a, b))]
        vertices = [(x, y, z) for z in (base, base + size[2]) for x, y in ring]
        faces = [[4, 5, 6, 7], *([i, (i + 1) % 4, (i + 1) % 4 + 4, i + 4] for i in range(4))]
        put_mesh("block", np.array(vertices), faces, [material])

    def tree(self, spot: Spot, radius: float) -> None:
        """A round crown and its shadow."""
        tone = self.draws.between(0.6, 1.3)
        name = f"crown-{tone:.4f}"
        green = self.shaders.plain(name, (0.045 * tone, 0.085 * tone, 0.025 * tone), 0.95)
        centre = (spot[0], spot[1], radius)
        put_foliage(self.draws, centre, radius, green, squash=1.1, fineness=3)

    def house(self, spot: Spot, turn: float, size: Spot, number: int) -> None:
        """Walls, a gabled roof and a chimney; `size` is its length and breadth."""
        length, breadth = size
        wall = self.shaders.plain("wall", (0.55, 0.52, 0.46), 0.9)
        self.block(spot, (length, breadth, 4.5), turn, wall)
        a, b, ridge, eaves = length / 2 + 0.4, breadth / 2 + 0.5, 4.4 + breadth * 0.42, 4.3
        low = [(x, y, eaves) for x, y in ((-a, -b), (a, -b), (a, b), (-a, b))]
        outline = [*low, (-a, 0.0, ridge), (a, 0.0, ridge)]
        vertices = np.array([(*turned((x, y), turn, spot), z) for x, y, z in outline])
        faces = [[0, 1, 5, 4], [2, 3, 4, 5], [1, 2, 5], [3, 0, 4]]
        kind = number % len(ROOFS)
        put_mesh("roof", vertices, faces, [self.earth(f"roof-{kind}", ROOFS[kind], 0.8, 0.15)])
        chimney = turned((length * 0.25, breadth * 0.12), turn, spot)
        brick = self.shaders.plain("chimney", (0.25, 0.1, 0.07), 0.9)
        self.block(chimney, (0.9, 0.9, ridge + 0.8), turn, brick)

    def car(self, spot: Spot, turn: float, number: int) -> None:
        """A car: body, and a dark band of glass about its roof."""
        kind = number % len(PAINTS)
        paint = self.shaders.plain(f"paint-{kind}", PAINTS[kind], 0.35)
        glass = self.shaders.plain("glass", (0.01, 0.012, 0.015), 0.2)
        self.block(spot, (4.4, 1.85, 0.8), turn, paint, 0.25)
        cabin = turned((-0.25, 0.0), turn, spot)
        self.block(cabin, (2.7, 1.6, 0.45), turn, glass, 1.0)
        self.block(cabin, (1.5, 1.5, 0.5), turn, paint, 1.0)

    def lorry(self, spot: Spot, turn: float, number: int) -> None:
        """A cab and a long white box."""
        white = self.shaders.plain("box", (0.72, 0.72, 0.70), 0.6)
        cab = self.shaders.plain(f"cab-{number}", PAINTS[-1 - number % 3], 0.4)
        self.block(spot, (10.5, 2.5, 3.4), turn, white, 0.4)
        self.block(turned((6.7, 0.0), turn, spot), (2.1, 2.4, 2.7), turn, cab, 0.4)
