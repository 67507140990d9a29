"""Trucks: rigid ones with five kinds of load, and articulated ones."""

from __future__ import annotations

from cabs import Cab, CabPlan, bonneted_cab, flat_cab
from draws import Draws
from geometry import Parts, number_plate, truck_wheel
from loads import add_box, add_flatbed, add_lockers, add_tank, add_tub
from pickups import make_pickup
from vehicle import Vehicle

RIGID_LENGTHS = {
    "box": (5.8, 8.2),
    "flatbed": (5.6, 7.4),
    "tipper": (6.0, 7.8),
    "tanker": (6.8, 8.8),
    "fire": (6.8, 8.6),
}


def _frame(parts: Parts, rear: float, front: float, height: float) -> None:
    parts.pair(((rear + front) / 2, 0.42, height), (front - rear, 0.09, 0.24), "dark", bevel=0.01)


def _back_end(parts: Parts, x: float, width: float, height: float) -> None:
    """Under-run bar, tail lamps and number plate."""
    parts.box((x, 0, height), (0.1, width * 0.95, 0.12), "dark", bevel=0.02)
    lamp = (x - 0.05, width / 2 - 0.25, height + 0.02)
    parts.pair(lamp, (0.04, 0.34, 0.13), "tail_lamp", bevel=0.01)
    number_plate(parts, x - 0.06, height, front=False)


def _axles(parts: Parts, places: list[float], width: float, radius: float) -> None:
    """Axles with twin wheels, under mudguards."""
    for x in places:
        for side in (1, -1):
            truck_wheel(parts, x, side * (width / 2 - 0.03), radius, twin=True)
        guard = (x, width / 2 - 0.3, 2 * radius + 0.06)
        parts.pair(guard, (2 * radius + 0.1, 0.55, 0.03), "dark", bevel=0.01)


def _between_axles(
    parts: Parts, rear: float, front: float, width: float, height: float, draws: Draws
) -> None:
    """Fuel tank or tool box and side rails, in the gap between axles."""
    gap = front - rear
    if gap < 0.8:
        return
    length = min(gap - 0.2, draws.between(0.7, 1.3))
    x = front - 0.15 - length / 2
    tank, material = draws.chance(0.6), draws.pick(["metal", "dark"])
    for side in (1, -1):
        if tank:
            half = length / 2
            profile = [(-half, 0.25), (0.02 - half, 0.3), (half - 0.02, 0.3), (half, 0.25)]
            place = (x, side * (width / 2 - 0.38), height - 0.25)
            parts.lathe(place, profile, material, axis="x", steps=20)
        else:
            place = (x, side * (width / 2 - 0.35), height - 0.25)
            parts.box(place, (length, 0.5, 0.5), "dark", bevel=0.03)
    if gap - length > 1.0:
        for drop in (0.1, 0.35):
            place = (rear + (gap - length) / 2, width / 2 - 0.06, height - drop)
            parts.pair(place, (gap - length - 0.3, 0.04, 0.1), "metal", bevel=0.01)


def _make_cab(parts: Parts, plan: CabPlan, bonnet: bool, draws: Draws) -> Cab:
    return bonneted_cab(parts, plan, draws) if bonnet else flat_cab(parts, plan, draws)


def _finish(
    parts: Parts, kind: str, cab: Cab, length: float, width: float, height: float
) -> Vehicle:
    tails = tuple((-length / 2 - 0.1, s * (width / 2 - 0.25), 0.9) for s in (1, -1))
    return Vehicle(kind, length, width, height, tuple(parts.all), cab.headlamps, tails)


def _rigid(kind: str, draws: Draws) -> Vehicle:
    """A truck in one piece."""
    parts = Parts()
    width, radius = draws.between(2.15, 2.5), draws.between(0.42, 0.52)
    length = draws.between(*RIGID_LENGTHS[kind])
    height = draws.between(2.6, 3.0) if kind == "tipper" else draws.between(2.25, 2.9)
    floor, sleeper = draws.between(0.42, 0.58), kind == "fire"
    plan = CabPlan(length / 2, width, height, floor, radius, sleeper)
    cab = _make_cab(parts, plan, draws.chance(0.1 if kind == "fire" else 0.25), draws)
    rear, front = -length / 2, cab.rear - draws.between(0.06, 0.2)
    low = 2 * radius + draws.between(0.08, 0.2)
    _frame(parts, rear + 0.2, cab.axle + 0.6, low - 0.18)
    axle = rear + (front - rear) * draws.between(0.26, 0.34)
    single = length < 7 or draws.chance(0.4)
    axles = [axle] if single else [axle - 0.65, axle + 0.65]
    _axles(parts, axles, width, radius)
    nearest = axles[-1] + radius + 0.1
    _between_axles(parts, nearest, cab.axle - radius - 0.15, width, low - 0.1, draws)
    top = height
    if kind == "box":
        top = low + draws.between(2.0, 2.6)
        add_box(parts, (rear, front), width * 1.01, low, top, draws)
    elif kind == "flatbed":
        top = add_flatbed(parts, (rear, front), width, low, draws)
    elif kind == "tipper":
        top = add_tub(parts, (rear, front), width, low, draws.between(0.8, 1.4), draws)
    elif kind == "tanker":
        top = add_tank(parts, (rear + 0.1, front), width, low, draws)
    else:
        top = height - draws.between(-0.35, 0.15)
        add_lockers(parts, (rear, front), width, low, top, (axles, radius), draws)
        place = (length / 2 - 0.8, 0, height + 0.09)
        parts.box(place, (0.3, width * 0.7, 0.16), "beacon", bevel=0.04)
    _back_end(parts, rear - 0.03, width, low - 0.25)
    return _finish(parts, kind, cab, length, width, max(top, height))


def _articulated(draws: Draws) -> Vehicle:
    """A tractor and its trailer in line."""
    parts = Parts()
    width, radius, low = 2.5, 0.51, 1.2
    trailer, height = draws.between(6.5, 10.0), draws.between(2.9, 3.7)
    bonnet = draws.chance(0.3)
    length = trailer + (4.6 if bonnet else 3.4) * 0.62
    rear = -length / 2
    cab = _make_cab(parts, CabPlan(length / 2, width, height, 0.45, radius, True), bonnet, draws)
    front = cab.rear - draws.between(0.35, 0.6)
    _frame(parts, cab.axle - 4.0, cab.axle + 0.8, 0.95)
    driven = [cab.axle - 3.4] if draws.chance(0.6) else [cab.axle - 2.9, cab.axle - 4.2]
    _axles(parts, driven, width, radius)
    _between_axles(parts, driven[0] + radius, cab.axle - radius - 0.1, width, 1.0, draws)
    trailing = [rear + 1.2, rear + 2.5] + ([rear + 3.8] if trailer > 8 else [])
    _axles(parts, trailing, width, radius)
    _frame(parts, rear, front - 0.5, low - 0.15)
    gap = (trailing[-1] + radius + 0.3, driven[-1] - radius - 0.4)
    _between_axles(parts, *gap, width, 1.05, draws)
    load = draws.pick(["box", "box", "tank", "flat", "tub"])
    top = low + draws.between(2.4, 2.75)
    if load == "box":
        add_box(parts, (rear, front), width, low, top, draws)
    elif load == "tank":
        top = add_tank(parts, (rear + 0.1, front), width, low, draws)
    elif load == "flat":
        top = add_flatbed(parts, (rear, front), width, low, draws)
    else:
        top = add_tub(parts, (rear, front), width, low - 0.05, 1.4, draws)
    parts.pair((driven[-1] - 1.9, 0.6, 0.7), (0.1, 0.1, 1.0), "dark", bevel=0.01)
    _back_end(parts, rear - 0.05, width, 0.85)
    if draws.chance(0.5) and not bonnet:
        place = (cab.rear + 0.7, 0, height + 0.22)
        size = (1.1, width * 0.85, 0.5)
        parts.box(place, size, "paint", bevel=0.2, taper=(0.7, 0.95), segments=2)
    return _finish(parts, "artic", cab, length, width, max(height, top))


def make_truck(kind: str, draws: Draws) -> Vehicle:
    """A truck of a kind in `vehicle.TRUCK_KINDS`."""
    if kind == "pickup":
        return make_pickup(draws)
    if kind == "artic":
        return _articulated(draws)
    return _rigid(kind, draws)
