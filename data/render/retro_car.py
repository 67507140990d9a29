"""The small old-fashioned car of `car-front`: a plain body with a finely made front.

Its front is made of separate pieces with sharp edges (bars, frames, rings), so that each filter
of a lesson finds something to answer to.
"""

from __future__ import annotations

import math

import numpy as np

from draws import Draws
from geometry import Parts, Point, about_x, alloy_wheel, mirrors
from loft import Shell, SideWindow, loft

FRONT, REAR, WIDTH, HEIGHT = 1.92, -1.92, 1.66, 1.44
LENGTH = FRONT - REAR
BONNET, NOSE, FLOOR = 0.95, 0.86, 0.21
AXLES, WHEEL = (1.18, -1.22), 0.31
SCREEN, ROOF_FRONT, ROOF_REAR = 0.82, 0.24, -1.1
# The front's face, which bulges to 3.5 cm before FRONT in its middle.
FACE = FRONT + 0.035
GRILLE_MIDDLE, GRILLE_WIDTH, GRILLE_HEIGHT, BARS = 0.655, 0.80, 0.30, 4
LAMP_Y, LAMP_Z, LAMP_RADIUS = 0.585, 0.675, 0.145
BUMPER_Z = 0.395


def _body() -> Shell:
    """An upright, nearly flat front and a rounded cabin."""
    return Shell(
        rear=REAR,
        front=FRONT,
        width=WIDTH,
        floor=FLOOR,
        top=[
            (REAR, 0.72),
            (REAR + 0.1, 0.92),
            (REAR + 0.3, 0.98),
            (ROOF_REAR, HEIGHT - 0.03),
            ((ROOF_REAR + ROOF_FRONT) / 2, HEIGHT),
            (ROOF_FRONT, HEIGHT - 0.03),
            (SCREEN, BONNET),
            (FRONT - 0.3, BONNET - 0.03),
            (FRONT - 0.03, NOSE),
        ],
        belt=[(REAR, 0.92), (0.0, 0.93), (SCREEN, 0.90), (FRONT, 0.84)],
        arches=AXLES,
        arch_radius=WHEEL + 0.05,
        axle_height=WHEEL,
        side_windows=[SideWindow(-1.3, -0.32, 0.5), SideWindow(-0.24, SCREEN + 0.02, 0.0, -1.1)],
        roof_windows=[(ROOF_FRONT + 0.04, SCREEN - 0.05), (-1.62, ROOF_REAR - 0.05)],
        seams=[-0.28, 0.66],
        taper=(0.03, 0.06),
        bow=0.13,
        crown=0.05,
        lean=0.38,
        crease=0.012,
        crease_at=0.78,
        cladding=0.0,
        lift=0.06,
    )


def _swept(
    parts: Parts, path: list[tuple[float, float]], z: float, half: Point, material: str
) -> None:
    """A rounded beam along a path of (x, y); `half` is its half depth, half height, roundness."""
    depth, height, power = half
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    out = depth * np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** power
    up = height * np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** power
    line = np.array(path)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    normal = np.stack([along[:, 1], -along[:, 0]], 1)
    flat = line[:, None] + normal[:, None] * out[None, :, None]
    heights = np.repeat((z + up)[None], len(line), 0)[..., None]
    vertices = np.concatenate([flat, heights], 2).reshape(-1, 3)
    n = len(angle)
    faces = [
        [i * n + j, (i + 1) * n + j, (i + 1) * n + (j + 1) % n, i * n + (j + 1) % n]
        for i in range(len(line) - 1)
        for j in range(n)
    ]
    faces += [list(range(n)), [(len(line) - 1) * n + j for j in range(n)][::-1]]
    parts.add(vertices, faces, material, True)


def _grille(parts: Parts) -> None:
    """A dark opening in a bright frame, with bright level bars."""
    centre = (FACE - 0.03, 0.0, GRILLE_MIDDLE)
    parts.box(centre, (0.08, GRILLE_WIDTH, GRILLE_HEIGHT), "black", bevel=0.01)
    pitch = GRILLE_HEIGHT / (BARS + 1)
    for k in range(1, BARS + 1):
        z = GRILLE_MIDDLE - GRILLE_HEIGHT / 2 + k * pitch
        parts.box((FACE + 0.02, 0, z), (0.03, GRILLE_WIDTH, 0.026), "bright", bevel=0.006)
    for side in (1, -1):
        z = GRILLE_MIDDLE + side * GRILLE_HEIGHT / 2
        parts.box((FACE + 0.015, 0, z), (0.06, GRILLE_WIDTH + 0.06, 0.034), "bright", bevel=0.012)
        y = side * GRILLE_WIDTH / 2
        size = (0.06, 0.034, GRILLE_HEIGHT + 0.03)
        parts.box((FACE + 0.015, y, GRILLE_MIDDLE), size, "bright", bevel=0.012)


def _lamps(parts: Parts) -> None:
    """Round lamps in bright rings, and a small round indicator under each."""
    for side in (1, -1):
        y, x, r = side * LAMP_Y, FACE - 0.02, LAMP_RADIUS
        parts.lathe((x, y, LAMP_Z), [(-0.2, r), (0.03, r * 1.04)], "paint", axis="x", steps=48)
        ring = [(0.0, r * 1.0), (0.045, r), (0.06, r * 0.95), (0.055, r * 0.86)]
        parts.lathe((x, y, LAMP_Z), ring, "bright", axis="x", steps=48)
        gap = [(0.05, r * 0.87), (0.058, r * 0.80)]
        parts.lathe((x, y, LAMP_Z), gap, "black", axis="x", steps=48)
        lens = [(0.05, r * 0.78), (0.075, r * 0.7), (0.09, r * 0.45), (0.097, r * 0.2), (0.1, 1e-4)]
        parts.lathe((x, y, LAMP_Z), lens, "lens", axis="x", steps=48)
        low = (FACE - 0.03, side * (LAMP_Y + 0.03), 0.49)
        parts.lathe(low, [(0, 0.05), (0.03, 0.05), (0.045, 0.035)], "amber", axis="x", steps=24)


def _bumper(parts: Parts) -> None:
    """A bright beam round the front, with two upright horns, and a blank plate below."""
    half, corner = WIDTH / 2 - 0.02, 0.22
    turn = np.linspace(0, math.pi / 2, 12)
    x, y = FRONT + 0.13 - corner, half - corner + 0.03
    left = [(x + corner * math.sin(t), y + corner * math.cos(t)) for t in turn]
    path = [(x - 0.2, half + 0.03), (x - 0.1, half + 0.03), *left]
    path += [(a, -b) for a, b in path[::-1]]
    _swept(parts, path, BUMPER_Z, (0.035, 0.062, 0.7), "chrome")
    for side in (1, -1):
        parts.box(
            (FRONT + 0.16, side * 0.36, BUMPER_Z + 0.01),
            (0.06, 0.05, 0.17),
            "chrome",
            bevel=0.02,
            segments=3,
        )
    parts.box((FRONT + 0.15, 0, 0.265), (0.012, 0.56, 0.135), "black", bevel=0.002)
    parts.box((FRONT + 0.157, 0, 0.265), (0.012, 0.53, 0.11), "plate", bevel=0.002)


def _trim(parts: Parts) -> None:
    """The bonnet's edge and ridge, a badge, wipers and mirrors."""
    half = WIDTH / 2 * 0.91
    across = np.linspace(half * 0.96, -half * 0.96, 25)
    edge = [(FRONT + 0.035 * (1 - (y / half) ** 2) + 0.002, float(y)) for y in across]
    _swept(parts, edge, NOSE - 0.034, (0.006, 0.008, 1.0), "black")
    parts.box((FACE - 0.01, 0, NOSE + 0.012), (0.05, 0.10, 0.045), "bright", bevel=0.02)
    for y in (-0.42, 0.12):
        place = (SCREEN - 0.07, y, BONNET + 0.055)
        turn = about_x(0.1)
        parts.box(place, (0.03, 0.5, 0.018), "black", bevel=0.004, turn=turn)
    mirrors(parts, SCREEN - 0.25, WIDTH / 2 - 0.05, 1.0, 0.9, "chrome")


def make_body(draws: Draws) -> Parts:
    """The body and its wheels, in materials of `paint.py`."""
    parts = Parts()
    loft(parts, _body())
    for axle in AXLES:
        for side in (1, -1):
            alloy_wheel(parts, axle, side * (WIDTH / 2 - 0.03), WHEEL, draws)
    return parts


def make_front() -> Parts:
    """The pieces of the front: black, bright, chrome, lens, amber, plate and paint."""
    parts = Parts()
    for add in (_grille, _lamps, _bumper, _trim):
        add(parts)
    return parts
