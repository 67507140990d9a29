"""Four square tiles seen from straight above: fields, a river, houses, a motorway.

Light comes from one side, so that houses, trees and vehicles throw shadows, as in an aerial
photograph. Traffic keeps to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from camera import View
from draws import Draws
from land import GROUND, Land, Spot, turned
from shaders import Shaders

Array = npt.NDArray[np.float64]

HEIGHT = 600.0
VIEW = View((0.0, 0.0, HEIGHT), (0.0, 0.0, 0.0), 2 * math.atan(GROUND / 2 / HEIGHT), 0.0)


def put_fields(shaders: Shaders, draws: Draws) -> View:
    """Parcels of crops, a ploughed one, a dirt track and a hedgerow."""
    land = Land(shaders, draws)
    land.whole(land.earth("meadow", (0.085, 0.12, 0.04)))
    wheat, soil = ((-70, 6), (-70, 75), (12, 70), (4, -2)), ((8, -3), (16, 70), (70, 75), (70, -12))
    beet = ((-70, -75), (-70, -2), (-16, -6), (-22, -75))
    barley = ((-17, -75), (-11, -7), (70, -18), (70, -75))
    land.parcel(wheat, "wheat", (0.34, 0.27, 0.11), 11, 0.78)
    land.parcel(soil, "soil", (0.16, 0.10, 0.065), 26, 0.72)
    land.parcel(beet, "beet", (0.05, 0.13, 0.03), 18, 1.5)
    land.parcel(barley, "barley", (0.16, 0.22, 0.06), 9, 0.8)
    x = np.linspace(-80, 80, 80)
    track = np.stack([x, np.interp(x, [-80, -40, 0, 40, 80], [2.5, 1.5, -4, -10.5, -16.5])], 1)
    land.strip(track, 4.2, land.earth("track", (0.33, 0.26, 0.18), 0.4, 0.2))
    land.strip(track, 1.0, land.earth("verge", (0.12, 0.13, 0.05), 0.6))
    for share in np.linspace(0, 1, 17).tolist():
        land.tree((-19 + 5 * share + draws.normal(0.7), -70 + 60 * share), draws.between(1.6, 3.4))
    for spot in ((30, -5.5), (47, -9.0), (-47, 8.5)):
        land.tree(spot, draws.between(2.6, 3.8))
    return VIEW


def _put_water(land: Land, middle: Array, width: Array) -> None:
    """A river between sandy banks: the deeper, the darker."""
    land.strip(middle, width + 9, land.earth("rim", (0.07, 0.10, 0.035), 0.3))
    sand = land.earth("sand", (0.42, 0.35, 0.24), 0.3, 0.2)
    land.strip(middle + np.array([0, 1.2]), width + 4.5, sand)
    depths = (
        (1.0, (0.055, 0.085, 0.075)),
        (0.82, (0.030, 0.060, 0.070)),
        (0.5, (0.018, 0.042, 0.060)),
    )
    for share, colour in depths:
        light = (colour[0] * 1.2, colour[1] * 1.2, colour[2] * 1.2)
        water = land.shaders.plain(f"water-{share}", colour, 0.35, mottle=(light, colour, 0.25))
        land.strip(middle, width * share, water)


def _put_boat(land: Land, middle: Array, at: int) -> None:
    """A white boat with its wake, on its way along the line."""
    step = middle[at + 1] - middle[at]
    wake = land.shaders.plain("wake", (0.22, 0.28, 0.30), 0.6)
    land.strip(middle[at - 16 : at], np.linspace(4.2, 1.2, 16), wake)
    white = land.shaders.plain("boat", (0.75, 0.74, 0.70), 0.5)
    heading = math.atan2(step[1], step[0])
    land.block((float(middle[at, 0]), float(middle[at, 1])), (7.0, 2.4, 1.2), heading, white)


def put_river(shaders: Shaders, draws: Draws) -> View:
    """A bending river between a meadow and a wood, and a small boat."""
    land = Land(shaders, draws)
    land.whole(land.earth("meadow", (0.10, 0.15, 0.045), 0.08))
    x = np.linspace(-80, 80, 160)
    middle = np.stack([x, 0.42 * x + 17 * np.sin(x / 30 + draws.between(0, 1))], 1)
    width = 33 + 5 * np.sin(x / 17)
    _put_water(land, middle, width)
    _put_boat(land, middle, 66)
    for along, bank in zip(x.tolist(), (middle[:, 1] - width / 2).tolist(), strict=True):
        for reach in (7, 12, 17, 23, 30, 38):
            if draws.chance(0.32):
                place = (along + draws.normal(1.2), bank - reach + draws.normal(1.4))
                land.tree(place, draws.between(1.8, 3.6))
    for _ in range(14):
        at = draws.whole(20, 140)
        beside = float(middle[at, 1] + width[at] / 2) + draws.between(6, 12)
        land.tree((float(x[at]), beside), draws.between(1.4, 2.6))
    return VIEW


# The housing estate's main street: its direction in radians, and a point of it.
STREET_TURN, STREET_POINT = math.atan(0.16), (0.0, 2.0)


def _by_street(along: float, aside: float) -> Spot:
    """A place so far along the main street and so far to its left."""
    return turned((along, aside), STREET_TURN, STREET_POINT)


def _put_plot(land: Land, along: float, side: int, number: int) -> None:
    """A house with its drive, mostly a car on it, and three trees in the garden behind."""
    draws = land.draws
    spot = _by_street(along + draws.normal(0.8), side * draws.between(17, 19.5))
    size = (draws.between(11, 13.5), draws.between(8.2, 9.6))
    across = math.pi / 2 if draws.chance(0.35) else 0.0
    land.house(spot, STREET_TURN + across, size, number)
    gate, door = _by_street(along + 8.6, side * 5.4), _by_street(along + 8.6, side * 19.0)
    drive = land.earth("drive", (0.27, 0.25, 0.23), 0.6, 0.15)
    land.strip(np.linspace(gate, door, 3), 3.4, drive)
    if draws.chance(0.75):
        parked = _by_street(along + 8.6, side * draws.between(10.0, 17.0))
        land.car(parked, STREET_TURN + math.pi / 2, draws.whole(0, 5))
    for _ in range(3):
        tree = _by_street(along + draws.between(-9, 6), side * draws.between(29, 42))
        land.tree(tree, draws.between(1.5, 3.3))


def put_houses(shaders: Shaders, draws: Draws) -> View:
    """Gardens and gabled houses on both sides of a street, with a side street."""
    land = Land(shaders, draws)
    land.whole(land.earth("lawn", (0.10, 0.16, 0.05), 0.12, 0.3))
    street = np.array([_by_street(along, 0.0) for along in np.linspace(-80, 80, 60).tolist()])
    lane = np.array([_by_street(4.5, aside) for aside in np.linspace(-80, 4, 40).tolist()])
    pavement = land.earth("pavement", (0.34, 0.33, 0.31), 0.5, 0.1)
    asphalt = land.earth("asphalt", (0.13, 0.13, 0.135), 0.5, 0.15)
    for width, material in ((11.0, pavement), (7.0, asphalt)):
        land.strip(street, width, material)
        land.strip(lane, width - 1, material)
    plots = [(along, side) for side in (1, -1) for along in (-47, -25.5, -4, 17.5, 39, 60)]
    plots.remove((-4, -1))  # there the side street begins
    for number, (along, side) in enumerate(plots):
        _put_plot(land, along, side, number)
    for k, along in enumerate((-38, -9, 21, 33)):
        left = k % 2 == 0
        heading = STREET_TURN + (math.pi if left else 0)
        land.car(_by_street(along, 2.6 if left else -2.6), heading, k + 2)
    return VIEW


@dataclass(frozen=True)
class _Driver:
    """Somebody on the motorway: where along it, which carriageway and lane, and in what."""

    along: float
    side: int
    lane: float
    paint: int
    lorry: bool = False


DRIVERS = (
    _Driver(-44, 1, 4.4, 0),
    _Driver(-20, 1, 8.1, 1, lorry=True),
    _Driver(-4, -1, 11.7, 2, lorry=True),
    _Driver(7, 1, 4.4, 1),
    _Driver(14, -1, 8.0, 4),
    _Driver(40, -1, 11.8, 3),
    _Driver(47, 1, 11.7, 3, lorry=True),
    _Driver(-34, -1, 8.0, 5),
    _Driver(-46, -1, 4.4, 0),
    _Driver(30, 1, 8.1, 2),
)
BRIDGE, BRIDGE_TURN = (22.0, 6.6), math.atan(0.33) + math.pi / 2
# Across the motorway, to its left.
ACROSS = np.array([-0.287, 0.958])


def _put_carriageways(land: Land, middle: Array) -> None:
    """Two times two lanes and a hard shoulder, with their white lines and a rail between."""
    land.strip(middle, 36, land.earth("slope", (0.07, 0.10, 0.035), 0.3))
    asphalt = land.earth("asphalt", (0.15, 0.15, 0.155), 0.4, 0.12)
    white = land.shaders.plain("white", (0.75, 0.75, 0.74), 0.8)
    for side in (1, -1):
        land.strip(middle + ACROSS * side * 8.2, 12.4, asphalt)
        for edge in (2.6, 13.6):
            land.strip(middle + ACROSS * side * edge, 0.55, white)
        for lane in (6.2, 9.9):
            land.dashes(middle + ACROSS * side * lane, 0.5, 9, 13, white)
    land.strip(middle, 0.8, land.shaders.plain("rail", (0.55, 0.55, 0.54), 0.5))


def _put_drivers(land: Land, middle: Array) -> None:
    for driver in DRIVERS:
        at = int(np.argmin(abs(middle[:, 0] - driver.along)))
        x, y = (middle[at] + ACROSS * driver.side * driver.lane).tolist()
        step = middle[at + 1] - middle[at]
        heading = math.atan2(step[1], step[0]) + (math.pi if driver.side > 0 else 0)
        put = land.lorry if driver.lorry else land.car
        put((x, y), heading, driver.paint)


def _put_bridge(land: Land) -> None:
    deck = land.shaders.plain("deck", (0.36, 0.35, 0.33), 0.8)
    land.block(BRIDGE, (150, 9.5, 1.2), BRIDGE_TURN, deck, 6.0)
    road = land.earth("deck-road", (0.17, 0.17, 0.17), 0.4, 0.1)
    land.block(BRIDGE, (150, 6.5, 0.1), BRIDGE_TURN, road, 7.2)


def put_motorway(shaders: Shaders, draws: Draws) -> View:
    """Two carriageways with traffic, a bridge over them, trees and fields beside them."""
    land = Land(shaders, draws)
    land.whole(land.earth("meadow", (0.11, 0.15, 0.05), 0.1))
    wheat = ((-70, 24), (-70, 90), (70, 110), (70, 62))
    land.parcel(wheat, "wheat", (0.32, 0.26, 0.12), 9, 0.82)
    barley = ((-70, -110), (-70, -52), (70, -18), (70, -110))
    land.parcel(barley, "barley", (0.13, 0.19, 0.06), 12, 0.8)
    x = np.linspace(-85, 85, 341)
    middle = np.stack([x, 0.3 * x + 0.0012 * x**2], 1)
    _put_carriageways(land, middle)
    _put_drivers(land, middle)
    _put_bridge(land)
    for _ in range(70):
        at = draws.whole(50, 290)
        aside = draws.pick([-1, 1]) * draws.between(18.5, 25)
        tree = (middle[at] + ACROSS * aside).tolist()
        from_bridge = turned((tree[0] - BRIDGE[0], tree[1] - BRIDGE[1]), -BRIDGE_TURN)
        if abs(from_bridge[1]) > 9:
            land.tree((tree[0], tree[1]), draws.between(1.3, 2.8))
    return VIEW


TILES: dict[str, Callable[[Shaders, Draws], View]] = {
    "tile-1": put_fields,
    "tile-2": put_river,
    "tile-3": put_houses,
    "tile-4": put_motorway,
}
