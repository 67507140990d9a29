"""The photograph-like picture of a car's front: the car, its paint and a plain street."""

from __future__ import annotations

import math
from typing import Any

import retro_car
from camera import View
from draws import Draws
from paint import Finish, material_for
from shaders import Shaders
from stage import Slabs, put_mesh, put_vehicle
from vehicle import Vehicle
from weather import Colour

PAINT: Colour = (0.20, 0.46, 0.60)
WALLS: tuple[Colour, ...] = (
    (0.16, 0.07, 0.05),
    (0.22, 0.17, 0.12),
    (0.13, 0.09, 0.07),
    (0.19, 0.10, 0.06),
)
VIEW = View((7.4, -2.45, 1.35), (0.9, 0.0, 0.70), math.radians(21.4), 0.0)


def _materials(shaders: Shaders, finish: Finish) -> dict[str, Any]:
    """The materials of the front's pieces."""
    return {
        "black": shaders.plain("black", (0.006, 0.006, 0.007), 0.7),
        "bright": shaders.plain("bright", (0.85, 0.85, 0.86), 0.32, 0.55),
        "chrome": shaders.plain("chrome", (0.86, 0.87, 0.88), 0.14, 1.0),
        "lens": shaders.plain("lens", (0.80, 0.82, 0.80), 0.12, 0.1, glow=((1, 0.97, 0.9), 0.25)),
        "amber": shaders.plain("amber", (0.75, 0.26, 0.02), 0.2, glow=((1, 0.4, 0.05), 0.1)),
        "plate": shaders.plain("plate", (0.82, 0.82, 0.80), 0.5),
        "paint": material_for(shaders, "car-", "paint", finish),
    }


def _put_front(shaders: Shaders, finish: Finish) -> None:
    materials = _materials(shaders, finish)
    for part in retro_car.make_front().all:
        flags = [part.smooth] * len(part.faces)
        put_mesh("front", part.vertices, part.faces, [materials[part.material]], smooth=flags)


def _put_street(slabs: Slabs, shaders: Shaders) -> None:
    """Asphalt, and across it, well behind the car, a kerb and a row of plain houses."""
    mottle = ((0.20, 0.20, 0.195), (0.15, 0.15, 0.148), 30.0)
    road = shaders.plain("road", (0.17, 0.17, 0.17), 0.9, mottle=mottle)
    kerb = shaders.plain("kerb", (0.4, 0.4, 0.4), 0.9)
    pavement = shaders.plain("pavement", (0.30, 0.29, 0.28), 0.9)
    slabs.add((-14, 60), (-40, 40), (-0.2, 0), road)
    slabs.add((-14.2, -14), (-40, 40), (-0.2, 0.12), kerb)
    slabs.add((-18, -14.2), (-40, 40), (-0.2, 0.11), pavement)
    for k, y in enumerate(range(-30, 30, 8)):
        kind = k % len(WALLS)
        wall = shaders.plain(f"wall-{kind}", WALLS[kind], 0.9)
        slabs.add((-26, -18), (y, y + 8), (0, 8 + k % 3), wall)
        for window in (y + 1.6, y + 5.0):
            for z in (1.3, 4.4):
                _put_window(slabs, shaders, window, z)


def _put_window(slabs: Slabs, shaders: Shaders, y: float, z: float) -> None:
    """A pane in a pale frame, in the houses' front."""
    frame = shaders.plain("frame", (0.45, 0.44, 0.42), 0.7)
    pane = shaders.plain("pane", (0.02, 0.025, 0.03), 0.1)
    slabs.add((-18, -17.97), (y - 0.12, y + 1.5), (z - 0.1, z + 1.9), frame)
    slabs.add((-17.97, -17.94), (y, y + 1.38), (z, z + 1.8), pane)


def put_car_front(shaders: Shaders, draws: Draws) -> View:
    """Put the car and the street on the stage; returns where to look from."""
    slabs = Slabs()
    grey: Colour = (0.5, 0.5, 0.5)
    finish = Finish(PAINT, 0.0, grey, grey, grey, 0.02, 0.7, False, {})
    body = tuple(retro_car.make_body(draws).all)
    vehicle = Vehicle("saloon", retro_car.LENGTH, retro_car.WIDTH, retro_car.HEIGHT, body, (), ())
    put_vehicle(vehicle, shaders, finish, "car-", (0, 0), 0)
    _put_front(shaders, finish)
    _put_street(slabs, shaders)
    slabs.put()
    return VIEW
