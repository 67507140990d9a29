"""Other road users: parked and driving vehicles, and people on the pavement."""

from __future__ import annotations

import math

from cars import make_car
from draws import Draws
from geometry import Parts, Point
from paint import draw_finish
from shaders import Shaders
from stage import put_mesh, put_vehicle
from surroundings import Setting
from trucks import make_truck
from vehicle import CAR_KINDS, Vehicle
from weather import Colour

CLOTHES: tuple[Colour, ...] = (
    (0.03, 0.04, 0.08),
    (0.35, 0.05, 0.05),
    (0.5, 0.48, 0.42),
    (0.05, 0.15, 0.1),
    (0.02, 0.02, 0.02),
    (0.5, 0.3, 0.05),
)


def _person(shaders: Shaders, draws: Draws, place: tuple[float, float], number: int) -> None:
    """A walking figure of a few rounded boxes; a dozen pixels high in a picture."""
    parts = Parts()
    tall, stride = draws.between(0.92, 1.06), draws.between(0.1, 0.22)
    for side in (1, -1):
        leg = (side * stride, side * 0.09, 0.42 * tall)
        parts.box(leg, (0.16, 0.15, 0.84 * tall), "legs", bevel=0.05)
        arm = (-side * stride * 0.8, side * 0.27, 1.12 * tall)
        parts.box(arm, (0.12, 0.11, 0.62 * tall), "coat", bevel=0.04)
    trunk = (0, 0, 1.14 * tall)
    parts.box(trunk, (0.28, 0.44, 0.68 * tall), "coat", bevel=0.1, segments=2)
    head = [(-0.13, 0.03), (-0.08, 0.09), (0.0, 0.115), (0.08, 0.09), (0.13, 0.03)]
    parts.lathe((0, 0, 1.65 * tall), head, "skin", axis="z", steps=12)
    colours = {
        "legs": draws.pick(CLOTHES),
        "coat": draws.pick(CLOTHES),
        "skin": draws.pick([(0.5, 0.33, 0.24), (0.3, 0.18, 0.12), (0.12, 0.07, 0.05)]),
    }
    yaw = draws.pick([0.0, math.pi]) + draws.normal(0.3)
    for part in parts.all:
        material = shaders.plain(f"person{number}-{part.material}", colours[part.material], 0.8)
        placed = put_mesh("person", part.vertices, part.faces, [material])
        placed.location = (*place, 0.1)
        placed.rotation_euler = (0, 0, yaw)


def put_people(setting: Setting, length: float) -> None:
    """Up to three people on the pavements, clear of every sight line."""
    draws, street = setting.draws, setting.street
    for number in range(draws.pick([0, 0, 1, 1, 2, 3])):
        side = draws.pick([-1, 1])
        aside = draws.between(0.5, max(street.pavements[side], 1.2) - 0.1)
        x = draws.between(-length, length)
        y = street.edge(side) + side * aside
        if setting.sight.clear(x, y, 0.7):
            _person(setting.shaders, draws, (x, y), number)


def _free(place: Point, half: float, taken: list[tuple[float, float, float]]) -> bool:
    return all(
        abs(place[1] - y) > 2.3 or abs(place[0] - x) > half + other + 1.0 for x, y, other in taken
    )


def put_traffic(setting: Setting, vehicle: Vehicle) -> None:
    """Up to five other vehicles, parked or driving, out of the sight lines.

    They are mostly cars whatever the class of the picture, so that they do not tell it.
    """
    draws, street = setting.draws, setting.street
    taken = [(0.0, 0.0, vehicle.length / 2)]
    lanes = [street.lane * k for k in range(-4, 5)]
    lanes = [y for y in lanes if street.low < y < street.high]
    for number in range(draws.pick([0, 1, 2, 3, 3, 4, 5])):
        if draws.chance(0.8):
            other = make_car(draws.pick(CAR_KINDS), draws)
        else:
            other = make_truck(draws.pick(["pickup", "box"]), draws)
        ahead = draws.pick([-1, 1]) * draws.between(vehicle.length / 2 + 4.5, 34)
        side = draws.pick([-1, 1])
        y = draws.pick(lanes)
        if draws.chance(0.3) and street.pavements[side]:
            y = street.edge(side) - side * 1.2
        nearest = min(math.hypot(ahead - c[0], y - c[1]) for c in setting.sight.cameras)
        room = _free((ahead, y, 0), other.length / 2, taken)
        if room and nearest > 9 and setting.sight.clear(ahead, y, 3.4):
            taken.append((ahead, y, other.length / 2))
            finish = draw_finish(other.kind, draws, {})
            yaw = draws.pick([0.0, math.pi])
            put_vehicle(other, setting.shaders, finish, f"other{number}-", (ahead, y), yaw)
