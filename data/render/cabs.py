"""Truck cabs: over the engine (flat face) and behind a bonnet."""

from __future__ import annotations

from dataclasses import dataclass

from draws import Draws
from geometry import Parts, Point, mirrors, number_plate, truck_wheel
from loft import Patch, Shell, SideWindow, loft


@dataclass(frozen=True)
class CabPlan:
    """What a cab has to fit: its front end, width, height, floor and wheel radius, in metres."""

    front: float
    width: float
    height: float
    floor: float
    wheel: float
    sleeper: bool = False


@dataclass(frozen=True)
class Cab:
    """Where a built cab ends (`rear`), its axle stands and its headlamps are."""

    rear: float
    axle: float
    headlamps: tuple[Point, ...]


def flat_cab(parts: Parts, plan: CabPlan, draws: Draws) -> Cab:
    """A cab over the engine, with an upright windscreen, a grille and lamps in the bumper."""
    front, width, height, floor = plan.front, plan.width, plan.height, plan.floor
    half = width / 2
    rear = front - (2.25 if plan.sleeper else 1.75) * draws.between(0.95, 1.05)
    sill = floor + 0.42 * (height - floor) * draws.between(0.95, 1.08)
    axle = front - draws.between(1.25, 1.4)
    glass_top = min(height - draws.between(0.34, 0.48), sill + 1.0)
    if not plan.sleeper:
        glass_top = height - draws.between(0.3, 0.42)
    lamp_low = floor + draws.between(0.1, 0.16)
    grille_half = width * draws.between(0.28, 0.38)
    grille_low, grille_high = floor + 0.42, sill - draws.between(0.1, 0.22)
    shell = Shell(
        rear=rear,
        front=front,
        width=width,
        floor=floor,
        top=[
            (rear, height - 0.02),
            (front - 0.75, height),
            (front - 0.32 * draws.between(0.6, 1.4), height - 0.12),
            (front - 0.07, sill),
            (front + 0.02, sill - 0.25),
            (front + 0.05, sill - 0.5),
        ],
        belt=[(rear, sill + 0.02), (front - 0.5, sill - 0.03), (front, sill - 0.12)],
        arches=[axle],
        arch_radius=plan.wheel + 0.08,
        axle_height=plan.wheel,
        side_windows=[SideWindow(front - 1.3, front - 0.2, 0, -0.25)],
        roof_windows=[(front - 0.3, front - 0.05)],
        screens=[Patch(front - 0.4, sill + 0.03, glass_top, 0, half - 0.12)],
        lamps=[Patch(front - 0.25, lamp_low, lamp_low + 0.2, half - 0.55, half - 0.1)],
        grilles=[
            Patch(front - 0.2, grille_low, grille_high, 0, grille_half),
            Patch(front - 0.2, floor, floor + 0.1, 0, width),
        ],
        seams=[front - 1.35, front - 0.32],
        lean=0.05,
        taper=(0.0, draws.between(0.06, 0.1)),
        bow=0.05,
        crown=0.02,
        edge_radius=0.13,
        shoulder=0.0,
        lift=0.02,
        crease=0.0,
        cladding=0.1,
        softness=0.05,
        stations=90,
        under_height=floor + 0.5,
    )
    loft(parts, shell)
    _flat_face(parts, plan, sill, (grille_low, grille_high, grille_half), draws)
    lamps = tuple((front + 0.08, s * (half - 0.32), lamp_low + 0.1) for s in (1, -1))
    return _on_wheels(parts, plan, Cab(rear, axle, lamps))


def _flat_face(
    parts: Parts,
    plan: CabPlan,
    sill: float,
    grille: tuple[float, float, float],
    draws: Draws,
) -> None:
    """Grille bars, a badge, wipers, a bumper, mirrors, steps and a sun visor."""
    front, half, floor = plan.front, plan.width / 2, plan.floor
    low, high, grille_half = grille
    bars, material = draws.whole(2, 5), draws.pick(["rim", "paint", "dark", "rim"])
    for i in range(bars):
        z = low + (high - low) * (i + 0.5) / bars
        parts.box((front + 0.065, 0, z), (0.04, grille_half * 1.9, 0.035), material, bevel=0.008)
    parts.box((front + 0.09, 0, (low + high) / 2), (0.03, 0.2, 0.16), "rim", bevel=0.02)
    bumper = draws.pick(["dark", "paint", "metal"])
    parts.box((front + 0.06, 0, floor + 0.02), (0.12, plan.width * 0.97, 0.2), bumper, bevel=0.04)
    for y in (-0.5, 0.1, 0.6):
        parts.box((front + 0.01, y, sill + 0.06), (0.03, 0.5, 0.025), "dark", bevel=0.005)
    for side in (1, -1):
        glass = (front - 0.12, side * (half + 0.15), sill + 0.35)
        parts.box(glass, (0.1, 0.2, 0.44), "dark", bevel=0.04)
        arm = (front - 0.12, side * (half + 0.04), sill + 0.55)
        parts.box(arm, (0.04, 0.2, 0.04), "dark", bevel=0.01)
        for step in range(2):
            place = (front - 0.75, side * (half - 0.04), floor + 0.02 - 0.25 * step)
            parts.box(place, (0.5, 0.12, 0.05), "dark", bevel=0.01)
        handle = (front - 1.15, side * (half + 0.005), sill - 0.2)
        parts.box(handle, (0.2, 0.03, 0.04), "dark", bevel=0.01)
    if draws.chance(0.45):
        visor = (front - 0.02, 0, plan.height - 0.24)
        parts.box(visor, (0.3, plan.width * 0.9, 0.05), "dark", bevel=0.02)
    if draws.chance(0.5):
        for y in (-0.7, -0.25, 0.25, 0.7):
            place = (front - 0.42, y * half, plan.height + 0.03)
            parts.box(place, (0.08, 0.12, 0.06), "marker", bevel=0.02)


def bonneted_cab(parts: Parts, plan: CabPlan, draws: Draws) -> Cab:
    """A cab behind a bonnet."""
    front, width, height, floor = plan.front, plan.width, plan.height, plan.floor
    half = width / 2
    bonnet = draws.between(1.05, 1.5)
    rear = front - bonnet - draws.between(1.7, 2.0)
    hood, screen = floor + draws.between(0.85, 1.0), front - bonnet
    shell = Shell(
        rear=rear,
        front=front,
        width=width,
        floor=floor,
        top=[
            (rear, height - 0.02),
            (screen - 0.75, height),
            (screen - 0.5, height - 0.06),
            (screen, hood + 0.06),
            (front - 0.25, hood - 0.1),
            (front - 0.04, hood - 0.2),
            (front + 0.03, hood - 0.45),
        ],
        belt=[(rear, hood + 0.1), (screen, hood), (front, hood - 0.12)],
        arches=[front - 0.87],
        arch_radius=plan.wheel + 0.08,
        axle_height=plan.wheel,
        side_windows=[SideWindow(rear + 0.45, screen + 0.02)],
        roof_windows=[(screen - 0.5, screen - 0.04)],
        lamps=[Patch(front - 0.25, hood - 0.42, hood - 0.22, half - 0.5, 2)],
        grilles=[
            Patch(front - 0.15, hood - 0.62, hood - 0.2, 0, width * 0.27),
            Patch(front - 0.25, floor, floor + 0.22, 0, width),
        ],
        seams=[rear + 0.35, screen - 0.05],
        lean=0.12,
        taper=(0.1, 0.1),
        crown=0.04,
        edge_radius=0.12,
        cladding=0.1,
        softness=0.05,
        stations=100,
        under_height=floor + 0.5,
    )
    loft(parts, shell)
    mirrors(parts, screen - 0.2, half - 0.02, hood + 0.25, 1.5, "dark")
    for i in range(3):
        z = hood - 0.56 + 0.14 * i
        parts.box((front + 0.06, 0, z), (0.04, width * 0.5, 0.035), "rim", bevel=0.008)
    bumper = draws.pick(["dark", "metal", "paint"])
    parts.box((front + 0.08, 0, floor + 0.05), (0.14, width * 0.95, 0.2), bumper, bevel=0.04)
    if draws.chance(0.4):
        for side in (1, -1):
            pipe = (rear - 0.08, side * (half - 0.15), floor)
            parts.lathe(pipe, [(0, 0.07), (height - floor + 0.4, 0.07)], "rim", axis="z", steps=14)
    lamps = tuple((front + 0.06, s * (half - 0.38), hood - 0.32) for s in (1, -1))
    return _on_wheels(parts, plan, Cab(rear, front - 0.87, lamps))


def _on_wheels(parts: Parts, plan: CabPlan, cab: Cab) -> Cab:
    number_plate(parts, plan.front + 0.13, plan.floor + 0.06, front=True)
    for side in (1, -1):
        truck_wheel(parts, cab.axle, side * (plan.width / 2 - 0.03), plan.wheel)
    return cab
