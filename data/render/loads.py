"""What a truck carries: box, flatbed, tipper tub, tank and a fire engine's lockers."""

from __future__ import annotations

import numpy as np

from draws import Draws
from geometry import Parts, about_x

Span = tuple[float, float]


def add_box(parts: Parts, span: Span, width: float, low: float, high: float, draws: Draws) -> None:
    """A closed box with rails, rear doors, sometimes ribs and a painted stripe."""
    rear, front = span
    length, middle, tall = front - rear, (rear + front) / 2, high - low
    material = draws.pick(["load", "load", "livery"])
    parts.box((middle, 0, (low + high) / 2), (length, width, tall), material, bevel=0.03)
    if draws.chance(0.4):
        ribs = int(length / draws.between(0.35, 0.7))
        for i in range(1, ribs):
            place = (rear + length * i / ribs, width / 2, (low + high) / 2)
            parts.pair(place, (0.05, 0.03, tall - 0.1), material, bevel=0.008)
    for z in (low + 0.03, high - 0.03):
        parts.pair((middle, width / 2, z), (length, 0.03, 0.07), "metal", bevel=0.008)
    parts.box((rear - 0.01, 0, (low + high) / 2), (0.02, 0.03, tall - 0.1), "dark", bevel=0)
    for y in (-0.9, -0.45, 0.45, 0.9):
        place = (rear - 0.02, y * width / 2.5, (low + high) / 2)
        parts.box(place, (0.03, 0.035, tall - 0.2), "metal", bevel=0.005)
    if draws.chance(0.65):
        start, end = sorted(draws.vector(0.08, 0.92, 2))
        band = draws.between(0.1, 0.4) * tall
        z = draws.between(low + 0.3 * tall, high - 0.3 * tall)
        if end - start > 0.15:
            place = (rear + length * (start + end) / 2, width / 2 + 0.012, z)
            stripe = "stripe" if material == "load" else "load"
            parts.pair(place, (length * (end - start), 0.016, band), stripe, bevel=0)


def _crates(parts: Parts, span: Span, width: float, floor: float, draws: Draws) -> None:
    """Crates, pipes or tarpaulin bundles from the back of a bed to its front."""
    what = draws.pick(["crates", "crates", "pipes", "bundles"])
    x, end = span[0] + 0.4, span[1] - 1.0
    while x < end:
        length, tall = draws.between(0.7, 1.7), draws.between(0.6, 1.6)
        middle = x + length / 2
        if what == "crates":
            material = draws.pick(["wood", "livery", "tarp", "load"])
            size = (length, width * 0.8, tall)
            parts.box((middle, 0, floor + tall / 2), size, material, bevel=0.02)
        elif what == "pipes":
            for row in range(2):
                for i in range(5 - row):
                    y = (i - 2 + row / 2) * width * 0.18
                    place = (middle, y, floor + 0.2 + 0.33 * row)
                    profile = [(-length / 2, 0.18), (length / 2, 0.18)]
                    parts.lathe(place, profile, "metal", axis="x", steps=14)
        else:
            place = (middle, draws.between(-0.2, 0.2), floor + tall * 0.4)
            size = (length, width * 0.66, tall * 0.8)
            parts.box(place, size, "tarp", bevel=0.15, segments=3)
        x += length + draws.between(0.02, 0.4)


def add_flatbed(parts: Parts, span: Span, width: float, low: float, draws: Draws) -> float:
    """An open bed, with low boards or a load or both; returns the height of its top."""
    rear, front = span
    length, middle = front - rear, (rear + front) / 2
    deck = draws.pick(["wood", "metal"])
    parts.box((middle, 0, low + 0.06), (length, width, 0.13), deck, bevel=0.01)
    head = draws.pick(["metal", "paint"])
    parts.box((front - 0.05, 0, low + 0.6), (0.08, width, 1.1), head, bevel=0.01)
    floor = low + 0.13
    boards = draws.chance(0.45)
    if boards:
        tall = draws.between(0.35, 0.55)
        material = draws.pick(["load", "metal", "paint"])
        place = (middle, width / 2 - 0.02, floor + tall / 2)
        parts.pair(place, (length, 0.05, tall), material, bevel=0.01)
        parts.box((rear + 0.02, 0, floor + tall / 2), (0.05, width, tall), material, bevel=0.01)
        for i in range(int(length / 1.2) + 1):
            place = (rear + 0.1 + i * 1.2, width / 2 + 0.01, floor + tall / 2)
            parts.pair(place, (0.07, 0.03, tall), "dark", bevel=0.005)
    if not boards or draws.chance(0.6):
        _crates(parts, span, width, floor, draws)
    return low + 1.2


def add_tub(parts: Parts, span: Span, width: float, low: float, tall: float, draws: Draws) -> float:
    """A tipper's open tub, mostly with gravel in it; returns the height of its top."""
    rear, front = span
    length, middle = front - rear, (rear + front) / 2
    material = draws.pick(["paint", "load", "livery", "metal"])
    base = low + 0.12
    parts.box((middle, 0, low + 0.1), (length, width * 0.8, 0.15), "dark", bevel=0.01)
    for side in (1, -1):
        turn = about_x(-side * 0.07)
        wall = (middle, side * (width / 2 - 0.1), base + tall / 2)
        parts.box(wall, (length, 0.07, tall), material, bevel=0.01, turn=turn)
        ribs = int(length / 0.7)
        for i in range(ribs + 1):
            x = rear + 0.05 + (length - 0.1) * i / ribs
            place = (x, side * (width / 2 - 0.05), base + tall / 2)
            parts.box(place, (0.09, 0.09, tall), material, bevel=0.01, turn=turn)
        edge = (middle, side * (width / 2 - 0.02), base + tall)
        parts.box(edge, (length, 0.12, 0.1), material, bevel=0.01)
    gate = (0.07, width * 0.93, tall)
    parts.box((rear + 0.03, 0, base + tall / 2), gate, material, bevel=0.01)
    head = (0.08, width * 0.93, tall + 0.25)
    parts.box((front - 0.04, 0, base + 0.08 + tall / 2), head, material, bevel=0.01)
    if draws.chance(0.6):
        guard = (front + 0.45, 0, low + tall + 0.35)
        parts.box(guard, (1.1, width * 0.9, 0.06), material, bevel=0.01)
    if draws.chance(0.7):
        _gravel(parts, span, width, low, tall, draws)
    return low + tall + 0.38


def _gravel(parts: Parts, span: Span, width: float, low: float, tall: float, draws: Draws) -> None:
    rear, front = span
    n = 26
    x, y = np.meshgrid(
        np.linspace(rear + 0.1, front - 0.1, n),
        np.linspace(-width * 0.44, width * 0.44, n),
        indexing="ij",
    )
    heaps = np.abs(np.sin((x - rear) / (front - rear) * np.pi * draws.whole(1, 2))) ** 0.7
    z = low + tall * draws.between(0.75, 1.0) + 0.35 * np.cos(y / width * 2.6) * heaps
    z = z + draws.generator.normal(0, 0.025, x.shape)
    faces = [
        [i * n + k, (i + 1) * n + k, (i + 1) * n + k + 1, i * n + k + 1]
        for i in range(n - 1)
        for k in range(n - 1)
    ]
    parts.add(np.stack([x, y, z], -1).reshape(-1, 3), faces, "gravel")


def add_tank(parts: Parts, span: Span, width: float, low: float, draws: Draws) -> float:
    """An elliptic tank with bands, hatches and a ladder; returns the height of its top."""
    rear, front = span
    length, middle = front - rear, (rear + front) / 2
    radius = draws.between(0.82, 1.0)
    flatten, centre = width / 2 / radius * 0.97, low + radius * 0.95
    end = [(0.0, 0.2), (0.02, 0.6 * radius), (0.12, 0.9 * radius), (0.25, radius)]
    profile = [(-length / 2 + a, r) for a, r in end]
    profile += [(length / 2 - a, r) for a, r in reversed(end)]
    material = draws.pick(["metal", "load", "livery"])
    place = (middle, 0.0, centre)
    parts.lathe(place, profile, material, axis="x", steps=40, flatten=flatten)
    bands = int(length / 1.3)
    for i in range(bands + 1):
        ring = [(-0.03, radius * 1.012), (0.03, radius * 1.012)]
        place = (rear + 0.3 + (length - 0.6) * i / bands, 0.0, centre)
        parts.lathe(place, ring, "metal", axis="x", steps=40, flatten=flatten)
    parts.box((middle, 0, low), (length * 0.95, width * 0.6, 0.2), "dark", bevel=0.02)
    parts.box((middle, 0, centre + radius + 0.05), (length * 0.8, 0.6, 0.05), "dark", bevel=0.01)
    for i in range(int(length / 2)):
        place = (rear + 1 + i * 2.0, 0.0, centre + radius)
        parts.lathe(place, [(0, 0.25), (0.18, 0.25)], "metal", axis="z", steps=16)
    parts.pair((rear, 0.25, centre), (0.05, 0.05, 2 * radius), "metal", bevel=0.01)
    if draws.chance(0.5):
        stripe = (middle, width / 2 * 0.985, centre)
        parts.pair(stripe, (length * 0.7, 0.03, 0.28), "stripe", bevel=0)
    return centre + radius


def add_lockers(
    parts: Parts,
    span: Span,
    width: float,
    low: float,
    high: float,
    wheels: tuple[list[float], float],
    draws: Draws,
) -> None:
    """A fire engine's body: shutters along the sides, a stripe, a ladder on the roof.

    `wheels` is (places of the rear axles, wheel radius): shutters over wheels are shorter.
    """
    rear, front = span
    length, middle = front - rear, (rear + front) / 2
    body = (length, width, high - low + 0.3)
    parts.box((middle, 0, (low - 0.3 + high) / 2), body, "paint", bevel=0.05, segments=2)
    count = max(int(length / 1.1), 1)
    for i in range(count):
        x = rear + 0.15 + (length - 0.3) * (i + 0.5) / count
        over = any(abs(x - axle) < wheels[1] + 0.6 for axle in wheels[0])
        bottom = low + 0.05 if over else low - 0.2
        size = ((length - 0.3) / count - 0.1, 0.02, high - 0.25 - bottom)
        parts.pair((x, width / 2 + 0.005, (bottom + high - 0.25) / 2), size, "shutter", bevel=0.005)
    parts.pair((middle, width / 2 + 0.012, high - 0.14), (length, 0.02, 0.12), "stripe", bevel=0)
    if draws.chance(0.7):
        parts.pair((middle + 0.5, 0.3, high + 0.3), (length * 1.05, 0.06, 0.1), "metal")
        for i in range(14):
            place = (rear + 0.3 + length * i / 14, 0, high + 0.3)
            parts.box(place, (0.04, 0.6, 0.04), "metal", bevel=0)
