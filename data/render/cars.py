"""Car bodies of six kinds, each drawn within the measures of real ones."""

from __future__ import annotations

from dataclasses import dataclass

from draws import Draws
from geometry import Parts, alloy_wheel, mirrors, number_plate
from loft import Patch, Shell, SideWindow, loft
from vehicle import Vehicle

Range = tuple[float, float]


@dataclass(frozen=True)
class Measures:
    """Ranges in metres for one kind of car; `slope` is windscreen length for a metre of height."""

    length: Range
    width: Range
    height: Range
    hood: Range = (0.90, 0.98)
    floor: float = 0.19
    wheel: float = 0.315
    slope: float = 1.4
    lean: float = 0.4
    rear_overhang: Range = (0.95, 1.15)
    boot: Range | None = None
    rear_window: Range = (0.3, 0.6)


MEASURES = {
    "hatchback": Measures((3.75, 4.25), (1.70, 1.78), (1.43, 1.53), rear_overhang=(0.68, 0.9)),
    "saloon": Measures((4.4, 4.95), (1.74, 1.86), (1.40, 1.48), boot=(0.35, 0.6)),
    "estate": Measures((4.4, 4.9), (1.74, 1.84), (1.43, 1.52), rear_window=(0.3, 0.65)),
    "suv": Measures(
        (4.2, 4.85),
        (1.80, 1.95),
        (1.62, 1.82),
        hood=(1.0, 1.12),
        floor=0.27,
        wheel=0.37,
        slope=1.0,
        lean=0.3,
        rear_overhang=(0.7, 0.95),
        rear_window=(0.2, 0.45),
    ),
    "coupe": Measures(
        (4.2, 4.7),
        (1.76, 1.88),
        (1.27, 1.36),
        hood=(0.84, 0.9),
        floor=0.16,
        wheel=0.335,
        slope=1.7,
        lean=0.5,
        boot=(0.15, 0.35),
    ),
    "mpv": Measures(
        (4.3, 5.0),
        (1.8, 1.92),
        (1.66, 1.88),
        hood=(1.0, 1.1),
        floor=0.2,
        wheel=0.335,
        slope=1.15,
        lean=0.24,
        rear_overhang=(0.7, 0.95),
        rear_window=(0.12, 0.3),
    ),
}


@dataclass(frozen=True)
class _Line:
    """The drawn outline: places along the car and heights that several parts share."""

    front: float
    rear: float
    width: float
    height: float
    hood: float
    nose: float
    belt: float
    tail: float
    screen: float
    roof_front: float
    roof_rear: float
    rear_window: float
    pillar: float
    front_axle: float
    rear_axle: float


def _draw_line(kind: str, measures: Measures, draws: Draws) -> _Line:
    length = draws.between(*measures.length)
    front, rear = length / 2, -length / 2
    height, hood = draws.between(*measures.height), draws.between(*measures.hood)
    overhang = draws.between(0.80, 0.95)
    further = 0.3 if kind == "mpv" else 0.0
    screen = front - overhang - draws.between(0.25, 0.45) + further
    roof_front = screen - measures.slope * draws.between(0.9, 1.1) * (height - hood)
    if measures.boot:
        rear_window = rear + draws.between(*measures.boot) + 0.08
        reach = (0.75, 1.0) if kind == "saloon" else (1.1, 1.4)
        roof_rear = rear_window + draws.between(*reach)
    else:
        rear_window = rear + 0.1
        roof_rear = rear + draws.between(*measures.rear_window) + 0.12
    return _Line(
        front=front,
        rear=rear,
        width=draws.between(*measures.width),
        height=height,
        hood=hood,
        nose=hood - draws.between(0.14, 0.28),
        belt=hood + draws.between(0.0, 0.06),
        tail=hood + draws.between(0.0, 0.1),
        screen=screen,
        roof_front=roof_front,
        roof_rear=roof_rear,
        rear_window=rear_window,
        pillar=(screen + max(roof_rear, rear + 0.5)) / 2 + draws.between(-0.2, 0.1),
        front_axle=front - overhang,
        rear_axle=rear + draws.between(*measures.rear_overhang),
    )


def _top(kind: str, line: _Line) -> list[tuple[float, float]]:
    """The outline seen from the side, from the rear bumper to the front one."""
    middle = ((line.roof_rear + line.roof_front) / 2, line.height)
    front = [
        (line.roof_front, line.height - 0.02),
        (line.screen, line.hood),
        (line.front - 0.35, (line.hood + line.nose) / 2 + 0.04),
        (line.front - 0.07, line.nose),
        (line.front + 0.02, line.nose - 0.25),
    ]
    if MEASURES[kind].boot:
        rear = [
            (line.rear - 0.02, 0.5),
            (line.rear + 0.02, line.tail - 0.1),
            (line.rear + 0.1, line.tail),
            (line.rear_window, line.tail + 0.03),
            (line.roof_rear, line.height - 0.03),
        ]
    else:
        drop = 0.06 if kind == "hatchback" else 0.04
        rear = [
            (line.rear - 0.02, 0.5),
            (line.rear + 0.03, line.belt - 0.08),
            (line.rear_window, line.belt + 0.02),
            (line.roof_rear, line.height - drop),
        ]
    return [*rear, middle, *front]


def _side_windows(kind: str, line: _Line) -> tuple[list[SideWindow], list[float]]:
    """Side windows, and the pillars between them."""
    post = 0.05
    front = SideWindow(line.pillar + post, line.screen + 0.05)
    glass_height = max(line.height - line.belt, 0.2)
    if MEASURES[kind].boot:
        lean = (line.roof_rear - line.rear_window) / glass_height * 0.85
        start = line.rear_window + (0.3 if kind == "coupe" else 0.22)
        return [SideWindow(start, line.pillar - post, lean), front], [line.pillar]
    lean = (line.roof_rear - line.rear_window) / glass_height * 0.8
    start = line.rear + (0.5 if kind == "hatchback" else 0.34)
    door = line.rear_axle + 0.3
    if kind == "hatchback" or door > line.pillar - 0.55:
        return [SideWindow(start, line.pillar - post, lean), front], [line.pillar]
    quarter = SideWindow(start, door - 0.04, lean)
    return [quarter, SideWindow(door + 0.04, line.pillar - post), front], [line.pillar, door]


def _lamps(kind: str, line: _Line, draws: Draws) -> tuple[list[Patch], list[Patch]]:
    half = line.width / 2
    high = line.nose - draws.between(0.03, 0.08)
    inner = half * draws.between(0.52, 0.64)
    depth = draws.between(0.3, 0.5)
    head = [Patch(line.front - depth, high - draws.between(0.08, 0.14), high, inner, 2)]
    if kind in ("estate", "mpv", "suv") and draws.chance(0.6):
        top = min(line.height - 0.3, line.belt + draws.between(0.15, 0.4))
        return head, [Patch(line.rear + 0.16, line.belt - 0.2, top, half - 0.2, 2)]
    high = line.tail - draws.between(0.06, 0.12)
    inner = half * draws.between(0.45, 0.65)
    low = high - draws.between(0.12, 0.26)
    return head, [Patch(line.rear + draws.between(0.18, 0.3), low, high, inner, 2)]


def _grilles(line: _Line, floor: float, draws: Draws) -> list[Patch]:
    width = line.width
    upper_low = line.nose - draws.between(0.3, 0.36)
    return [
        Patch(line.front - 0.2, upper_low, line.nose - 0.1, 0, width * draws.between(0.22, 0.3)),
        Patch(line.front - 0.25, floor + 0.05, floor + draws.between(0.2, 0.28), 0, width * 0.36),
        Patch(line.rear + 0.2, floor, floor + 0.15, 0, width * 0.35),
    ]


def _details(parts: Parts, kind: str, line: _Line, draws: Draws) -> None:
    """Mirrors, plates, handles, a badge, wipers, roof bars and a roof box."""
    half = line.width / 2
    mirrors(parts, line.screen - 0.28, half - 0.05, line.belt + 0.09)
    floor = MEASURES[kind].floor
    number_plate(parts, line.front + 0.045, floor + 0.25, front=True)
    rear_plate = line.tail - 0.3 if draws.chance(0.5) else floor + 0.3
    number_plate(parts, line.rear - 0.045, rear_plate, front=False)
    parts.box((line.front + 0.04, 0, line.nose - 0.17), (0.02, 0.1, 0.1), "rim", bevel=0.01)
    if draws.chance(0.5):
        strip = (0.02, line.width * 0.42, 0.025)
        parts.box((line.front + 0.035, 0, line.nose - 0.12), strip, "rim", bevel=0.005)
    handle = draws.pick(["paint", "paint", "dark", "rim"])
    doors = [line.pillar] if kind == "coupe" else [line.pillar, line.rear_axle + 0.55]
    for door in doors:
        place = (min(door, line.screen) + 0.15, half - 0.012, line.belt - 0.13)
        parts.pair(place, (0.17, 0.03, 0.03), handle, bevel=0.01)
    for y in (-0.4, 0.15):
        size = (0.03, 0.5, 0.02)
        parts.box((line.screen - 0.05, y, line.hood + 0.035), size, "dark", bevel=0.005)
    roof_middle, roof = (line.roof_rear + line.roof_front) / 2, line.roof_front - line.roof_rear
    if kind in ("estate", "suv", "mpv") and draws.chance(0.5):
        place = (roof_middle, half - 0.36, line.height + 0.045)
        bars = draws.pick(["rim", "dark"])
        parts.pair(place, (roof * 0.95, 0.035, 0.03), bars, bevel=0.01)
        if draws.chance(0.2):
            place = (roof_middle - 0.2, 0, line.height + 0.22)
            parts.box(place, (1.7, 0.8, 0.32), "dark", bevel=0.14, segments=3)


def _shell(kind: str, line: _Line, radius: float, draws: Draws) -> Shell:
    """The body of a drawn line, around wheels of this radius."""
    measures = MEASURES[kind]
    arch = radius + draws.between(0.035, 0.06)
    windows, pillars = _side_windows(kind, line)
    lamps, tail_lamps = _lamps(kind, line, draws)
    rear_glass_end = line.roof_rear - (0.04 if measures.boot else 0.02)
    seams = [line.pillar, line.screen - 0.12]
    if kind != "coupe":
        seams.append(line.rear_axle + arch * 0.75)
    return Shell(
        rear=line.rear,
        front=line.front,
        width=line.width,
        floor=measures.floor,
        top=_top(kind, line),
        belt=[
            (line.rear, line.belt + 0.08),
            (0, line.belt + 0.02),
            (line.screen, line.belt - 0.02),
            (line.front, line.belt - 0.05),
        ],
        arches=[line.front_axle, line.rear_axle],
        arch_radius=arch,
        axle_height=radius,
        side_windows=windows,
        roof_windows=[
            (line.roof_front + 0.03, line.screen - 0.05),
            (line.rear_window + 0.03, rear_glass_end),
        ],
        lamps=lamps,
        tail_lamps=tail_lamps,
        grilles=_grilles(line, measures.floor, draws),
        seams=seams,
        pillars=pillars if draws.chance(0.6) else (),
        lean=measures.lean * draws.between(0.85, 1.1),
        taper=(0.05, draws.between(0.1, 0.17)),
        bow=draws.between(0.1, 0.25),
        crown=0.05,
        crease=draws.between(0.004, 0.014),
        crease_at=draws.between(0.6, 0.8),
        cladding=0.14 if kind == "suv" else 0.06,
        arch_trim=0.07 if kind == "suv" and draws.chance(0.7) else 0.0,
    )


def make_car(kind: str, draws: Draws) -> Vehicle:
    """A car of a kind in `vehicle.CAR_KINDS`."""
    line = _draw_line(kind, MEASURES[kind], draws)
    radius = MEASURES[kind].wheel * draws.between(0.96, 1.05)
    parts = Parts()
    loft(parts, _shell(kind, line, radius, draws))
    for axle in (line.front_axle, line.rear_axle):
        for side in (1, -1):
            alloy_wheel(parts, axle, side * (line.width / 2 - 0.015), radius, draws)
    _details(parts, kind, line, draws)
    half = line.width / 2
    return Vehicle(
        kind=kind,
        length=line.front - line.rear,
        width=line.width,
        height=line.height,
        parts=tuple(parts.all),
        headlamps=tuple((line.front + 0.02, s * (half - 0.3), line.nose - 0.12) for s in (1, -1)),
        tail_lamps=tuple((line.rear - 0.02, s * (half - 0.25), line.tail - 0.17) for s in (1, -1)),
    )
