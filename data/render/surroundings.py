"""What stands beside the road: houses, trees, hedges, walls, posts and a far skyline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from draws import Draws
from geometry import Point
from shaders import Shaders
from stage import Slabs, put_foliage
from street import Street
from weather import Colour

WALLS: tuple[Colour, ...] = (
    (0.35, 0.14, 0.09),
    (0.50, 0.46, 0.40),
    (0.60, 0.58, 0.55),
    (0.28, 0.22, 0.17),
    (0.30, 0.31, 0.33),
    (0.55, 0.50, 0.38),
)


@dataclass(frozen=True)
class Sight:
    """The lines from all cameras to the vehicle at the origin, which must stay clear."""

    cameras: Sequence[Point]

    def clear(self, x: float, y: float, room: float) -> bool:
        """Whether a thing here, `room` metres wide, hides nothing and holds no camera."""
        for cx, cy, _ in self.cameras:
            along = float(np.clip((x * cx + y * cy) / (cx * cx + cy * cy), 0, 1.15))
            if math.hypot(x - along * cx, y - along * cy) <= room:
                return False
        return True

    def clear_front(self, x: tuple[float, float], y: float, depth: float, side: int) -> bool:
        """Whether a house front from x[0] to x[1] at y, `depth` deep from there, is free."""
        if not all(self.clear(at, y, 3.0) for at in np.linspace(x[0], x[1], 7)):
            return False
        low, high = sorted((y, y + side * depth))
        for cx, cy, _ in self.cameras:
            if x[0] - 2 < cx < x[1] + 2 and low - 2 < cy < high + 2:
                return False
            beyond = abs(cy) >= abs(y) and cy * side > 0
            if beyond and x[0] - 6 < cx * abs(y / cy) < x[1] + 6:
                return False
        return True


@dataclass(frozen=True)
class Setting:
    """What the builders of surroundings share."""

    slabs: Slabs
    shaders: Shaders
    street: Street
    sight: Sight
    draws: Draws


def _times(colour: Colour, factor: float) -> Colour:
    return (colour[0] * factor, colour[1] * factor, colour[2] * factor)


def _windows(
    setting: Setting, x: tuple[float, float], face: float, side: int, height: float
) -> None:
    """Framed windows in rows, some lit in the dark, and a door."""
    draws, slabs, plain = setting.draws, setting.slabs, setting.shaders.plain
    pane = plain("pane", (0.02, 0.025, 0.03), 0.06)
    lit = plain("pane-lit", (0.9, 0.6, 0.3), 0.5, glow=((1, 0.65, 0.3), 0.35))
    frame = plain("frame", (0.6, 0.6, 0.58), 0.6)
    wide, tall = draws.between(0.9, 2.2), draws.between(1.1, 1.8)
    spacing, floor = draws.between(1.8, 3.5), draws.between(2.7, 3.3)
    back = face + side * 0.1
    for z in np.arange(1.0, height - 1.5, floor):
        for left in np.arange(x[0] + 0.8, x[1] - wide - 0.3, spacing):
            around = (left - 0.08, left + wide + 0.08)
            slabs.add(around, (face - side * 0.03, back), (z - 0.08, z + tall + 0.08), frame)
            glow = setting.shaders.weather.dark and draws.chance(0.2)
            inside = (left, left + wide)
            slabs.add(inside, (face - side * 0.05, back), (z, z + tall), lit if glow else pane)
            bar = (left + wide / 2 - 0.03, left + wide / 2 + 0.03)
            slabs.add(bar, (face - side * 0.06, back), (z, z + tall), frame)
    door = plain("door", draws.pick(WALLS), 0.6)
    left = draws.between(x[0] + 0.5, x[1] - 1.6)
    slabs.add((left, left + 1.1), (face - side * 0.07, back), (0, 2.2), door)


def _houses(setting: Setting, back: float, side: int) -> None:
    """A row of houses, with gaps."""
    draws = setting.draws
    x = -100.0
    while x < 100:
        width, height = draws.between(7, 22), draws.between(3.5, 14)
        face = back + side * draws.between(0, 4)
        colour = _times(draws.pick(WALLS), draws.between(0.6, 1.1))
        gap = draws.between(0, 6) if draws.chance(0.6) else 0.0
        if setting.sight.clear_front((x, x + width), face, 12, side):
            mottle = (colour, _times(colour, 0.7), 0.7)
            name = f"house{side}{x:.1f}"
            wall = setting.shaders.plain(name, colour, 0.9, mottle=mottle)
            setting.slabs.add((x, x + width), (face, face + side * 12), (0, height), wall)
            eaves = setting.shaders.plain("eaves", (0.12, 0.10, 0.09), 0.8)
            over = (face - side * 0.35, face + side * 12.3)
            setting.slabs.add((x - 0.2, x + width + 0.2), over, (height, height + 0.3), eaves)
            if abs(x) < 70:
                _windows(setting, (x, x + width), face, side, height)
        x += width + gap


def _trees(setting: Setting, back: float, side: int, count: int) -> None:
    draws, plain = setting.draws, setting.shaders.plain
    green = _times((0.05, 0.09, 0.025), draws.between(0.6, 1.6))
    mottle = (_times(green, 1.5), _times(green, 0.25), 7.0)
    leaf = plain(f"leaf{side}", green, 0.8, mottle=mottle)
    bark = plain("bark", (0.07, 0.05, 0.04), 0.9)
    for _ in range(count):
        x, y = draws.between(-55, 55), back + side * draws.between(0, 22)
        radius, height = draws.between(1.3, 3.2), draws.between(2, 4)
        if setting.sight.clear(x, y, radius * 2 + 0.5):
            centre = (x, y, height + radius)
            put_foliage(draws, centre, radius, leaf, lumps=6, fineness=3)
            trunk = ((x - 0.15, x + 0.15), (y - 0.15, y + 0.15), (0, height + radius))
            setting.slabs.add(*trunk, bark)


def _shrubs(setting: Setting, start: float, side: int) -> None:
    """Bushes and weeds along the verge, so that it is not a bare plane."""
    draws, plain = setting.draws, setting.shaders.plain
    green = _times((0.07, 0.10, 0.03), draws.between(0.5, 1.4))
    mottle = (_times(green, 1.5), _times(green, 0.45), 9.0)
    leaf = plain(f"shrub{side}", green, 0.85, mottle=mottle)
    for _ in range(draws.whole(6, 18)):
        x, y = draws.between(-30, 30), start + side * draws.between(0.5, 9)
        radius = draws.log_between(0.12, 0.8)
        if setting.sight.clear(x, y, radius + 1.6):
            put_foliage(draws, (x, y, radius * 0.4), radius, leaf, squash=0.8, fineness=3)


def _hedge(setting: Setting, back: float, side: int) -> None:
    draws = setting.draws
    green = _times((0.05, 0.08, 0.025), draws.between(0.6, 1.5))
    mottle = (_times(green, 1.5), _times(green, 0.25), 7.0)
    leaf = setting.shaders.plain(f"hedge{side}", green, 0.85, mottle=mottle)
    x = -60.0
    while x < 60:
        radius = draws.between(0.6, 1.1)
        if setting.sight.clear(x, back, 2.5):
            put_foliage(draws, (x, back, radius * 0.8), radius * 1.2, leaf, fineness=3)
        x += radius * 1.4


def _wall(setting: Setting, back: float, side: int) -> None:
    draws = setting.draws
    colour, height = draws.pick(WALLS), draws.between(1, 2.4)
    mottle = (colour, (0.15, 0.12, 0.1), 2.0)
    wall = setting.shaders.plain(f"wall{side}", colour, 0.9, mottle=mottle)
    cap = setting.shaders.plain("wall-cap", (0.4, 0.39, 0.37), 0.9)
    for k in range(-15, 15):
        if setting.sight.clear(k * 4 + 2, back, 3.5):
            x = (k * 4.0, k * 4.0 + 4)
            setting.slabs.add(x, (back - 0.1, back + 0.1), (0, height), wall)
            setting.slabs.add(x, (back - 0.16, back + 0.16), (height, height + 0.08), cap)


def _rail(setting: Setting, y: float) -> None:
    rail = setting.shaders.plain("rail", (0.45, 0.46, 0.47), 0.4, 0.7)
    for k in range(-12, 12):
        if setting.sight.clear(k * 4 + 2, y, 2.5):
            setting.slabs.add((k * 4, k * 4 + 4), (y - 0.03, y + 0.03), (0.5, 0.8), rail)
            setting.slabs.add((k * 4, k * 4 + 0.1), (y, y + 0.1), (0, 0.7), rail)


def _posts(setting: Setting, edge: float, side: int) -> None:
    """Lamp posts and road signs."""
    draws, slabs, plain = setting.draws, setting.slabs, setting.shaders.plain
    grey = plain("post", (0.2, 0.2, 0.2), 0.6, 0.3)
    y = edge + side * 0.8
    for k in range(-3, 4):
        x = k * draws.between(22, 28) + draws.between(-5, 5)
        if draws.chance(0.4) and setting.sight.clear(x, y, 0.9):
            slabs.add((x - 0.07, x + 0.07), (y - 0.07, y + 0.07), (0, 7.5), grey)
            slabs.add((x - 0.05, x + 0.05), (y, edge - side * 1.2), (7.4, 7.5), grey)
    faces = ((0.55, 0.02, 0.02), (0.02, 0.06, 0.4), (0.7, 0.7, 0.68), (0.7, 0.5, 0.03))
    for _ in range(draws.whole(0, 2)):
        x, colour, height = draws.between(-16, 16), draws.pick(faces), draws.between(1.9, 2.6)
        if setting.sight.clear(x, y, 0.9):
            slabs.add((x - 0.03, x + 0.03), (y - 0.03, y + 0.03), (0, height + 0.6), grey)
            face = plain(f"sign{colour}", colour, 0.4)
            slabs.add((x - 0.06, x - 0.03), (y - 0.32, y + 0.32), (height, height + 0.64), face)
            slabs.add((x + 0.03, x + 0.06), (y - 0.32, y + 0.32), (height, height + 0.64), face)


def _skyline(setting: Setting) -> None:
    """A ring of trees and houses far off, so that the horizon is never bare."""
    draws, plain = setting.draws, setting.shaders.plain
    green = _times((0.05, 0.08, 0.03), draws.between(0.5, 1.3))
    mottle = (_times(green, 1.3), _times(green, 0.4), 0.35)
    far = plain("far", green, 0.95, mottle=mottle)
    mottle = ((0.4, 0.36, 0.33), (0.18, 0.17, 0.17), 0.12)
    houses = plain("far-houses", (0.3, 0.28, 0.26), 0.9, mottle=mottle)
    ring = draws.between(90, 240)
    for angle in np.arange(0, 2 * np.pi, 0.06):
        radius = ring * draws.between(0.9, 1.15)
        x, y = radius * math.cos(angle), radius * math.sin(angle)
        if draws.chance(0.8):
            size, squash = draws.between(7, 14) * ring / 160, draws.between(0.5, 0.9)
            put_foliage(draws, (x, y, 2), size, far, squash=squash, fineness=2)
        if draws.chance(0.4):
            half, height = draws.between(5, 14), draws.between(5, 22)
            setting.slabs.add((x - half, x + half), (y - 6, y + 6), (0, height), houses)


def put_surroundings(setting: Setting) -> None:
    """Both sides of the road and the skyline."""
    draws, street = setting.draws, setting.street
    for side in (-1, 1):
        edge, pavement = street.edge(side), street.pavements[side]
        back = edge + side * (pavement + draws.between(0.5, 11))
        style = draws.pick(["houses", "houses", "trees", "hedge", "open", "wall"])
        if style == "houses":
            _houses(setting, back, side)
        elif style in ("hedge", "wall") and draws.chance(0.7):
            _houses(setting, back + side * draws.between(4, 12), side)
        if style == "hedge":
            _hedge(setting, back, side)
        elif style == "wall":
            _wall(setting, back, side)
        if style in ("trees", "open") or draws.chance(0.4):
            _trees(setting, back, side, draws.whole(6, 14) if style == "trees" else 4)
        _shrubs(setting, edge + side * pavement, side)
        if draws.chance(0.25):
            _rail(setting, edge + side * 0.6)
        _posts(setting, edge, side)
    _skyline(setting)
