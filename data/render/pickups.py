"""Pick-ups: a truck of a car's size, the hardest kind to tell."""

from __future__ import annotations

from dataclasses import dataclass

from draws import Draws
from geometry import Parts, alloy_wheel, mirrors, number_plate
from loads import Span
from loft import Patch, Shell, SideWindow, loft
from vehicle import Vehicle

FLOOR = 0.34


def _bed_load(parts: Parts, bed: Span, rail: float, half: float, draws: Draws) -> None:
    """What lies in a pick-up's bed, or a cover or a bar over it."""
    rear, cab = bed
    what = draws.pick(["crates", "crates", "cover", "bar", "bar", "nothing"])
    if what == "crates":
        for _ in range(draws.whole(2, 5)):
            size = draws.vector(0.3, 0.75)
            place = (draws.between(rear + 0.5, cab - 0.5), draws.between(-0.35, 0.35))
            material = draws.pick(["livery", "wood", "dark", "gravel"])
            parts.box((*place, rail - 0.45 + size[2] / 2), size, material)
    elif what == "cover":
        size = (cab - rear - 0.1, half * 1.72, 0.04)
        parts.box(((rear + cab) / 2, 0, rail), size, "dark", bevel=0.01)
    elif what == "bar":
        parts.pair((cab - 0.15, half - 0.2, rail + 0.25), (0.06, 0.06, 0.55), "dark")
        parts.box((cab - 0.15, 0, rail + 0.5), (0.06, half * 2 - 0.4, 0.06), "dark")


@dataclass(frozen=True)
class _Line:
    """The drawn outline of a pick-up: places along it and heights, in metres."""

    length: float
    width: float
    height: float
    hood: float
    radius: float
    front_axle: float
    rear_axle: float
    screen: float
    roof_front: float
    double_cab: bool
    cab: float
    rail: float
    door: float


def _draw_line(draws: Draws) -> _Line:
    length, width = draws.between(4.9, 5.7), draws.between(1.78, 2.0)
    height, hood = draws.between(1.68, 1.9), draws.between(1.03, 1.15)
    radius = 0.375 * draws.between(0.95, 1.08)
    front_axle = length / 2 - draws.between(0.82, 0.95)
    rear_axle = -length / 2 + draws.between(1.0, 1.2)
    screen = front_axle - draws.between(0.35, 0.5)
    roof_front = screen - draws.between(0.6, 0.75)
    double = draws.chance(0.45)
    return _Line(
        length=length,
        width=width,
        height=height,
        hood=hood,
        radius=radius,
        front_axle=front_axle,
        rear_axle=rear_axle,
        screen=screen,
        roof_front=roof_front,
        double_cab=double,
        cab=screen - (draws.between(2.3, 2.5) if double else draws.between(1.5, 1.7)),
        rail=hood + draws.between(-0.04, 0.05),
        door=screen - draws.between(1.1, 1.2),
    )


def _top(line: _Line) -> list[tuple[float, float]]:
    """The outline seen from the side, from the tailgate to the bumper."""
    front, rear, roof_rear = line.length / 2, -line.length / 2, line.cab + 0.15
    nose = line.hood - 0.12
    return [
        (rear - 0.02, 0.6),
        (rear + 0.02, line.rail - 0.02),
        (rear + 0.05, line.rail),
        (line.cab - 0.03, line.rail),
        (line.cab + 0.02, line.hood + 0.07),
        (roof_rear, line.height - 0.04),
        ((roof_rear + line.roof_front) / 2, line.height),
        (line.roof_front, line.height - 0.02),
        (line.screen, line.hood),
        (front - 0.3, line.hood - 0.05),
        (front - 0.06, nose),
        (front + 0.02, nose - 0.3),
    ]


def _shell(line: _Line, draws: Draws) -> Shell:
    front, rear, half = line.length / 2, -line.length / 2, line.width / 2
    nose, belt, screen, cab, door = (
        line.hood - 0.12,
        line.hood + 0.02,
        line.screen,
        line.cab,
        line.door,
    )
    windows = [SideWindow(cab + 0.28, screen + 0.05, 0.1)]
    if line.double_cab:
        rear_window = SideWindow(cab + 0.2, door - 0.05, 0.2)
        windows = [rear_window, SideWindow(door + 0.05, screen + 0.05)]
    return Shell(
        rear=rear,
        front=front,
        width=line.width,
        floor=FLOOR,
        top=_top(line),
        belt=[
            (rear, line.rail),
            (cab, line.rail),
            (cab + 0.3, belt + 0.03),
            (screen, belt - 0.02),
            (front, belt - 0.05),
        ],
        arches=[line.front_axle, line.rear_axle],
        arch_radius=line.radius + 0.07,
        axle_height=line.radius,
        side_windows=windows,
        roof_windows=[(line.roof_front + 0.03, screen - 0.05), (cab + 0.03, cab + 0.12)],
        lamps=[Patch(front - 0.3, nose - 0.2, nose - 0.02, half - 0.5, 2)],
        tail_lamps=[Patch(rear + 0.08, line.rail - 0.45, line.rail - 0.06, half - 0.2, 2)],
        grilles=[
            Patch(front - 0.15, nose - 0.3, nose - 0.04, 0, line.width * 0.28),
            Patch(front - 0.2, FLOOR, FLOOR + 0.16, 0, line.width * 0.4),
        ],
        seams=[cab - 0.04, door if line.double_cab else cab + 0.3, screen - 0.12],
        pillars=[door] if line.double_cab else (),
        lean=0.28,
        taper=(0.03, 0.1),
        crown=0.04,
        cladding=0.08,
        arch_trim=0.06 if draws.chance(0.4) else 0.0,
        softness=0.035,
        stations=140,
        bed=(rear + 0.07, cab - 0.08, line.rail - 0.45),
    )


def make_pickup(draws: Draws) -> Vehicle:
    """A pick-up with a single or a double cab."""
    line = _draw_line(draws)
    front, rear, half = line.length / 2, -line.length / 2, line.width / 2
    nose, rail = line.hood - 0.12, line.rail
    parts = Parts()
    loft(parts, _shell(line, draws))
    for axle in (line.front_axle, line.rear_axle):
        for side in (1, -1):
            alloy_wheel(parts, axle, side * (half - 0.01), line.radius, draws)
    mirrors(parts, line.screen - 0.25, half - 0.04, line.hood + 0.13, 1.2)
    number_plate(parts, front + 0.045, FLOOR + 0.22, front=True)
    bumper = draws.pick(["rim", "dark"])
    size = (0.14, line.width * 0.9, 0.16)
    parts.box((rear - 0.06, 0, FLOOR + 0.2), size, bumper, bevel=0.04)
    number_plate(parts, rear - 0.14, FLOOR + 0.2, front=False)
    _bed_load(parts, (rear, line.cab), rail, half, draws)
    return Vehicle(
        kind="pickup",
        length=line.length,
        width=line.width,
        height=line.height,
        parts=tuple(parts.all),
        headlamps=tuple((front + 0.02, s * (half - 0.3), nose - 0.1) for s in (1, -1)),
        tail_lamps=tuple((rear - 0.03, s * (half - 0.12), rail - 0.25) for s in (1, -1)),
    )
