"""Meshes as plain arrays: the parts a vehicle or a street is put together from.

Axes of a vehicle: x forward, y to its left, z up; the ground is z = 0; all lengths in metres.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import bmesh
import numpy as np
import numpy.typing as npt

from draws import Draws

Array = npt.NDArray[np.float64]
Point = tuple[float, float, float]
Faces = list[list[int]]


@dataclass(frozen=True)
class Part:
    """One mesh of one material.

    vertices: (n, 3) positions.
    faces: lists of vertex numbers.
    material: the name of a material in `paint.py`.
    smooth: shaded as a curved surface.
    masks: signed distances per vertex, above 0 inside; the paint shader cuts them sharply.
    """

    vertices: Array
    faces: Faces
    material: str
    smooth: bool = False
    masks: dict[str, Array] = field(default_factory=dict)


class Parts:
    """A growing list of parts."""

    def __init__(self) -> None:
        self.all: list[Part] = []

    def add(
        self,
        vertices: Array,
        faces: Faces,
        material: str,
        smooth: bool = False,
        masks: dict[str, Array] | None = None,
    ) -> None:
        """Take up one mesh."""
        self.all.append(Part(vertices, faces, material, smooth, masks or {}))

    def box(
        self,
        centre: Sequence[float],
        size: Sequence[float],
        material: str,
        *,
        bevel: float = 0.02,
        segments: int = 1,
        taper: tuple[float, float] | None = None,
        turn: Array | None = None,
    ) -> None:
        """A box with bevelled edges; `taper` narrows its top in x and y, `turn` rotates it."""
        mesh = bmesh.new()
        bmesh.ops.create_cube(mesh, size=1)
        for vertex in mesh.verts:
            if taper and vertex.co.z > 0:
                vertex.co.x *= taper[0]
                vertex.co.y *= taper[1]
            for axis in range(3):
                vertex.co[axis] *= size[axis]
        width = min(bevel, 0.45 * min(size))
        if width > 1e-4:
            bmesh.ops.bevel(
                mesh,
                geom=list(mesh.edges),
                offset=width,
                segments=segments,
                affect="EDGES",
                profile=0.5,
            )
        vertices = np.array([vertex.co[:] for vertex in mesh.verts], float)
        faces = [[vertex.index for vertex in face.verts] for face in mesh.faces]
        mesh.free()
        if turn is not None:
            vertices = vertices @ turn.T
        self.add(vertices + np.asarray(centre, float), faces, material, segments > 1)

    def pair(
        self, centre: Sequence[float], size: Sequence[float], material: str, bevel: float = 0.02
    ) -> None:
        """The same box on the left and on the right."""
        for side in (1, -1):
            self.box((centre[0], side * centre[1], centre[2]), size, material, bevel=bevel)

    def lathe(
        self,
        centre: Sequence[float],
        profile: Sequence[tuple[float, float]],
        material: str,
        *,
        axis: str = "y",
        steps: int = 28,
        smooth: bool = True,
        flatten: float = 1.0,
    ) -> None:
        """A turned body; `profile` lists (place along the axis, radius), `flatten` scales y."""
        ring = np.linspace(0, 2 * np.pi, steps, endpoint=False)
        along = np.repeat([p[0] for p in profile], steps)
        radius = np.repeat([p[1] for p in profile], steps)
        angle = np.tile(ring, len(profile))
        across, upward = radius * np.cos(angle), radius * np.sin(angle)
        columns = {
            "x": (along, across * flatten, upward),
            "y": (across, along, upward),
            "z": (across, upward, along),
        }[axis]
        faces = [
            [i * steps + j, i * steps + k, (i + 1) * steps + k, (i + 1) * steps + j]
            for i in range(len(profile) - 1)
            for j, k in ((j, (j + 1) % steps) for j in range(steps))
        ]
        last = (len(profile) - 1) * steps
        faces += [list(range(steps))[::-1], [last + j for j in range(steps)]]
        self.add(np.stack(columns, 1) + np.asarray(centre, float), faces, material, smooth)


def about_x(angle: float) -> Array:
    """The matrix of a rotation about the x axis."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def about_y(angle: float) -> Array:
    """The matrix of a rotation about the y axis."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])


def _tyre(parts: Parts, centre: Point, radius: float, rim: float, half: float, side: int) -> None:
    ring = [
        (-half, rim),
        (-half, radius * 0.93),
        (-half * 0.8, radius),
        (half * 0.8, radius),
        (half, radius * 0.93),
        (half, rim),
    ]
    profile = [*ring, (half - 0.03, rim * 0.97)] if side > 0 else [(0.03 - half, rim * 0.97), *ring]
    parts.lathe(centre, profile, "tyre")


def alloy_wheel(parts: Parts, x: float, y: float, radius: float, draws: Draws) -> None:
    """A car's wheel; its outer face is at `y` and looks away from the middle."""
    side, rim, width = (1 if y > 0 else -1), radius * 0.7, draws.between(0.2, 0.24)
    _tyre(parts, (x, y - side * width / 2, radius), radius, rim, width / 2, side)
    face = y - side * 0.035
    parts.lathe((x, face - side * 0.05, radius), [(-0.004, rim), (0.004, rim)], "dark")
    parts.lathe(
        (x, face, radius),
        [(-0.015, rim * 0.86), (-0.02, rim), (0.02, rim), (0.015, rim * 0.86)],
        "rim",
    )
    spokes = draws.pick([5, 5, 6, 7, 10])
    breadth = rim * draws.between(0.14, 0.32) * 6 / spokes
    start = draws.between(0, 6)
    for i in range(spokes):
        angle = start + 2 * np.pi * i / spokes
        place = (x + math.cos(angle) * rim * 0.5, face, radius + math.sin(angle) * rim * 0.5)
        size = (rim * 0.95, 0.03, breadth)
        parts.box(place, size, "rim", bevel=0.006, turn=about_y(angle))
    parts.lathe((x, face, radius), [(-0.02, rim * 0.2), (0.02, rim * 0.18)], "rim")


def truck_wheel(parts: Parts, x: float, y: float, radius: float, twin: bool = False) -> None:
    """A truck's steel wheel, or a pair of them side by side (`twin`), outer face at `y`."""
    side, rim, width = (1 if y > 0 else -1), radius * 0.6, 0.58 if twin else 0.28
    _tyre(parts, (x, y - side * width / 2, radius), radius, rim, width / 2, side)
    face = y - side * (0.105 if twin else 0.005)
    parts.lathe((x, face, radius), [(-0.01, rim * 0.97), (0.01, rim * 0.97)], "steel")
    parts.lathe((x, face, radius), [(-0.07, rim * 0.42), (0.07, rim * 0.36)], "steel", steps=16)
    for i in range(8):
        angle = 2 * np.pi * i / 8
        place = (
            x + math.cos(angle) * rim * 0.68,
            face + side * 0.012,
            radius + math.sin(angle) * rim * 0.68,
        )
        hole = [(-0.004, rim * 0.11), (0.004, rim * 0.11)]
        parts.lathe(place, hole, "dark", steps=8)


def number_plate(parts: Parts, x: float, z: float, front: bool) -> None:
    """A blank plate across the middle."""
    parts.box((x, 0, z), (0.02, 0.5, 0.11), "plate_front" if front else "plate_rear", bevel=0.002)


def mirrors(
    parts: Parts, x: float, y: float, z: float, scale: float = 1.0, material: str = "paint"
) -> None:
    """A car's two outer mirrors."""
    for side in (1, -1):
        place = (x, side * (y + 0.09 * scale), z)
        size = (0.11 * scale, 0.2 * scale, 0.14 * scale)
        parts.box(place, size, material, bevel=0.03, segments=2)
