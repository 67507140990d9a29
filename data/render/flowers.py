"""Three flowers, told apart by colour and form: a daisy, a tulip and a rose, made of petals."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from camera import View
from draws import Draws
from shaders import Nodes, Shaders
from stage import put_foliage, put_mesh
from weather import Colour

Array = npt.NDArray[np.float64]
# Rows along a petal and columns across it.
ROWS, COLUMNS = 24, 13


@dataclass(frozen=True)
class Petal:
    """One petal's measures.

    length, width: in metres (flowers stand ten times as large as real ones).
    blunt: 0 for a pointed tip, 1 for a broad one.
    open: how far it leans out at its base, in radians from upright.
    curl: by how much further it bends out (or in, below 0) towards its tip, in radians.
    cup: how far its sides bend towards the flower's middle, as a share of its width.
    wave: depth of the waves of its rim, as a share of its width.
    """

    length: float
    width: float
    blunt: float = 0.6
    open: float = 0.5
    curl: float = 0.3
    cup: float = 0.2
    wave: float = 0.0


def _petal_mesh(petal: Petal, foot: float, turn: float, height: float, phase: float) -> Array:
    """Vertices (ROWS * COLUMNS, 3): base at `foot` metres from the axis, pointing to `turn`."""
    t = np.linspace(0, 1, ROWS)[:, None]
    side = np.linspace(-1, 1, COLUMNS)[None, :]
    bulge = np.pi * np.clip(t * 0.93 + 0.07, 0, 1) ** (0.75 + 0.6 * petal.blunt)
    breadth = np.maximum(np.sin(bulge), 0) ** (0.8 - 0.4 * petal.blunt)
    lean = petal.open + petal.curl * t
    step = petal.length / (ROWS - 1)
    out = foot + np.cumsum(np.sin(lean), 0) * step
    up = height + np.cumsum(np.cos(lean), 0) * step
    across = side * breadth * petal.width / 2
    inward = petal.cup * petal.width * breadth * side**2
    ripple = petal.wave * petal.width * t**2 * np.sin(3.0 * side * np.pi + phase) * np.abs(side)
    x = out - (inward + ripple) * np.cos(lean)
    z = up + (inward + ripple) * np.sin(lean)
    c, s = math.cos(turn), math.sin(turn)
    points = np.stack([x * c - across * s, x * s + across * c, z + 0 * side], 2)
    return np.asarray(points.reshape(-1, 3))


def _petal_faces(count: int) -> list[list[int]]:
    cells = [(r, c) for r in range(ROWS - 1) for c in range(COLUMNS - 1)]
    size = ROWS * COLUMNS
    return [
        [p * size + r * COLUMNS + c + k for k in (0, COLUMNS, COLUMNS + 1, 1)]
        for p in range(count)
        for r, c in cells
    ]


def _petal_material(shaders: Shaders, name: str, base: Colour, tip: Colour) -> Any:
    """Velvety, from one colour at the base to another at the tip, with fine veins."""
    material, nodes = shaders.start(name)
    along = nodes.attribute("along")
    colour = nodes.mix_colour(base, tip, nodes.stretch(along, (0.1, 0.75, 0, 1)))
    veins = nodes.stretch(nodes.attribute("veins"), (-1, 1, 0.88, 1.0))
    shade = nodes.mix_colour((0.0, 0.0, 0.0), colour, veins)
    _through(nodes, shade, shaders)
    return material


def _through(nodes: Nodes, colour: Any, shaders: Shaders) -> None:
    """A thin surface that lets some light through."""
    surface = nodes.surface(colour, 0.55)
    glow = nodes.new("BsdfTranslucent")
    nodes.put(colour, glow.inputs[0])
    mixed = nodes.new("MixShader")
    mixed.inputs[0].default_value = 0.3
    nodes.link(surface.outputs[0], mixed.inputs[1])
    nodes.link(glow.outputs[0], mixed.inputs[2])
    shaders.finish(nodes, mixed.outputs[0])


def _put_petals(petals: list[Array], material: Any, tilt: Array, place: Array) -> None:
    vertices = np.vstack(petals) @ tilt.T + place
    along = np.tile(np.repeat(np.linspace(0, 1, ROWS), COLUMNS), len(petals))
    veins = np.tile(np.cos(np.linspace(-1, 1, COLUMNS) * 9 * np.pi), ROWS * len(petals))
    faces = _petal_faces(len(petals))
    masks = {"along": along, "veins": veins}
    put_mesh("petals", vertices, faces, [material], smooth=[True] * len(faces), masks=masks)


def _tilt(angle: float) -> Array:
    """A turn about the y axis: the flower looks towards +x."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def _put_stem(shaders: Shaders, top: Array, radius: float, bend: float) -> None:
    """A stem from the ground up to the flower."""
    t = np.linspace(0, 1, 24)[:, None, None]
    angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)[None, :, None]
    middle = np.concatenate(
        [top[0] - bend * (1 - t) ** 2, top[1] + bend * (1 - t**2), t * top[2]], 2
    )
    ring = np.concatenate([np.cos(angle), np.sin(angle), 0 * angle], 2) * radius
    vertices = (middle + ring).reshape(-1, 3)
    faces = [
        [i * 12 + j, i * 12 + (j + 1) % 12, (i + 1) * 12 + (j + 1) % 12, (i + 1) * 12 + j]
        for i in range(23)
        for j in range(12)
    ]
    green = shaders.plain("stem", (0.10, 0.24, 0.05), 0.6)
    put_mesh("stem", vertices, faces, [green], smooth=[True] * len(faces))


def _put_leaves(shaders: Shaders, leaves: list[tuple[Petal, float, float]], foot: Array) -> None:
    """Leaves as (shape, direction, height on the stem)."""
    material = _petal_material(shaders, "leaf", (0.05, 0.16, 0.03), (0.09, 0.26, 0.06))
    meshes = [_petal_mesh(leaf, 0.03, turn, z, 0.0) for leaf, turn, z in leaves]
    _put_petals(meshes, material, np.eye(3), foot)


def _put_meadow(shaders: Shaders, draws: Draws) -> None:
    """Far, dark, uneven green behind the flower, which the lens blurs."""
    for _ in range(26):
        centre = (-draws.between(7, 16), draws.between(-9, 9), draws.between(-1, 4.5))
        tone = draws.between(0.4, 1.5)
        name = f"green-{tone:.3f}"
        material = shaders.plain(name, (0.05 * tone, 0.11 * tone, 0.025 * tone), 0.9)
        put_foliage(draws, centre, draws.between(0.8, 2.2), material, fineness=3)
    back = np.array([(-18, -40, -20), (-18, 40, -20), (-18, 40, 30), (-18, -40, 30)], float)
    put_mesh("back", back, [[0, 1, 2, 3]], [shaders.plain("back", (0.035, 0.075, 0.02), 1.0)])


def put_daisy(shaders: Shaders, draws: Draws) -> View:
    """White rays about a yellow button."""
    _put_meadow(shaders, draws)
    top, tilt = np.array([0.0, 0.0, 2.0]), _tilt(0.95)
    white = _petal_material(shaders, "white", (0.74, 0.76, 0.66), (0.86, 0.86, 0.84))
    petals = []
    for k in range(24):
        length, curl = draws.between(0.66, 0.76), draws.between(0.1, 0.4)
        shape = Petal(length, 0.2, 0.9, 1.25 + 0.16 * (k % 2), curl, 0.12)
        turn = 2 * math.pi * k / 24 + draws.normal(0.04)
        petals.append(_petal_mesh(shape, 0.2, turn, -0.02 * (k % 2), 0.0))
    _put_petals(petals, white, tilt, top)
    yellow = shaders.plain("yellow", (0.86, 0.52, 0.02), 0.7)
    deep = shaders.plain("deep-yellow", (0.70, 0.30, 0.01), 0.7)
    for k in range(150):
        radius = 0.29 * math.sqrt((k + 0.5) / 150)
        turn = k * 2.39996
        height = 0.13 * math.sqrt(max(1 - (radius / 0.32) ** 2, 0))
        local = np.array([radius * math.cos(turn), radius * math.sin(turn), height])
        x, y, z = (tilt @ local + top).tolist()
        put_foliage(draws, (x, y, z), 0.036, deep if k < 30 else yellow, fineness=1)
    _put_stem(shaders, top, 0.05, 0.2)
    return View((6.0, -1.0, 3.6), (0.05, 0.02, 1.93), math.radians(19), 0.0)


def put_tulip(shaders: Shaders, draws: Draws) -> View:
    """A closed red cup on a stem with long leaves."""
    _put_meadow(shaders, draws)
    top = np.array([0.0, 0.0, 1.75])
    red = _petal_material(shaders, "red", (0.80, 0.36, 0.02), (0.72, 0.03, 0.02))
    petals = []
    for k in range(6):
        inner = k % 2
        shape = Petal(0.98 + 0.06 * inner, 0.74, 0.55, 0.62 - 0.12 * inner, -0.78, 0.34)
        turn = math.pi / 3 * k + 0.35 + draws.normal(0.05)
        petals.append(_petal_mesh(shape, 0.06, turn, 0.0, 0.0))
    _put_petals(petals, red, _tilt(0.1), top)
    _put_stem(shaders, top + np.array([0, 0, 0.05]), 0.055, 0.12)
    blade = Petal(1.9, 0.42, 0.35, 0.28, 0.5, 0.3)
    leaves = [(blade, 1.9, 0.1), (Petal(1.6, 0.4, 0.35, 0.35, 0.6, 0.3), -1.25, 0.1)]
    _put_leaves(shaders, leaves, np.zeros(3))
    return View((7.2, -0.6, 2.2), (0, 0.05, 2.0), math.radians(15.5), 0.0)


def put_rose(shaders: Shaders, draws: Draws) -> View:
    """Many pink petals wound about each other, the outer ones open."""
    _put_meadow(shaders, draws)
    top, tilt = np.array([0.0, 0.0, 1.7]), _tilt(0.55)
    pink = _petal_material(shaders, "pink", (0.55, 0.05, 0.16), (0.80, 0.26, 0.40))
    petals = []
    count = 30
    for k in range(count):
        share = k / (count - 1)
        shape = Petal(
            0.42 + 0.42 * share,
            0.34 + 0.52 * share,
            0.9,
            0.02 + 0.75 * share**1.3,
            -0.25 + 0.95 * share**1.5,
            0.34 - 0.16 * share,
            0.05 * share,
        )
        turn = k * 2.39996 + draws.normal(0.12)
        foot, height = 0.02 + 0.13 * share, 0.25 * (1 - share)
        petals.append(_petal_mesh(shape, foot, turn, height, draws.between(0, 6)))
    _put_petals(petals, pink, tilt, top)
    x, y, z = top.tolist()
    heart = shaders.plain("heart", (0.30, 0.02, 0.07), 0.8)
    put_foliage(draws, (x, y, z + 0.08), 0.17, heart, fineness=3)
    _put_stem(shaders, top - np.array([0, 0, 0.1]), 0.05, 0.15)
    leaf = Petal(0.95, 0.55, 0.6, 1.2, 0.5, 0.15, 0.04)
    _put_leaves(shaders, [(leaf, 1.5, 1.15), (leaf, -1.7, 0.95), (leaf, 0.3, 0.7)], np.zeros(3))
    return View((6.0, -0.8, 4.0), (0.1, 0.0, 1.9), math.radians(19), 0.0)


FLOWERS: dict[str, Callable[[Shaders, Draws], View]] = {
    "flower-1": put_daisy,
    "flower-2": put_tulip,
    "flower-3": put_rose,
}
