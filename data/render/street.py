"""The road under the vehicle: asphalt, lines, kerbs, pavements and the land around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from draws import Draws
from shaders import Shaders
from stage import Slabs
from weather import Colour

FAR = 900.0


@dataclass(frozen=True)
class Street:
    """The road's edges (`low`, `high` in y), its lane width, and widths of the pavements."""

    low: float
    high: float
    lane: float
    pavements: dict[int, float]

    def edge(self, side: int) -> float:
        """Where the kerb stands on a side, 1 or -1."""
        return self.high + 0.3 if side > 0 else self.low - 0.3


def draw_street(draws: Draws) -> Street:
    """A road of one to six lanes; the vehicle's lane is centred on y = 0."""
    lane, most = draws.between(3.1, 3.7), draws.pick([1, 1, 2])
    low = -lane * (0.5 + draws.whole(0, most))
    high = lane * (0.5 + draws.whole(0, most))
    widths = {side: draws.between(1.5, 4) if draws.chance(0.7) else 0.0 for side in (-1, 1)}
    return Street(low, high, lane, widths)


def _grey(value: float, factor: float = 1.0) -> Colour:
    return (value * factor, value * 0.98 * factor, value * 0.95 * factor)


def _asphalt(shaders: Shaders, tone: float) -> Any:
    """Asphalt with stains and worn stretches, glossy when wet."""
    wet, draws = shaders.weather.wet, shaders.draws
    material, nodes = shaders.start("asphalt")
    grain = nodes.stretch(nodes.noise(60, 4), (0.35, 0.65, 0, 1))
    colour = nodes.mix_colour(_grey(tone, 0.75), _grey(tone, 1.25), grain)
    offset = draws.vector(-50, 50)
    stains = nodes.noise(0.6, 6, squeeze=(0.25, 1.6, 1), offset=offset)
    colour = nodes.mix_colour(_grey(tone, 0.5), colour, nodes.stretch(stains, (0.3, 0.5, 0, 1)))
    worn = nodes.noise(2.2, 8, squeeze=(0.5, 1, 1), offset=offset)
    colour = nodes.mix_colour(_grey(tone, 1.5), colour, nodes.stretch(worn, (0.25, 0.42, 0, 1)))
    surface = nodes.surface(colour, 0.32 if wet else 0.85, 0.0, 0.5 if wet else 0.0)
    bump = nodes.new("Bump")
    bump.inputs["Strength"].default_value = 0.3
    nodes.link(nodes.noise(90, 2), bump.inputs["Height"])
    nodes.link(bump.outputs[0], surface.inputs["Normal"])
    shaders.finish(nodes, surface.outputs[0])
    return material


def _lines(slabs: Slabs, shaders: Shaders, street: Street, draws: Draws) -> None:
    """Edge lines, and dashed or full lines between lanes."""
    mottle = ((0.65, 0.65, 0.6), (0.2, 0.2, 0.19), 5.0)
    white = shaders.plain("mark", (0.6, 0.6, 0.56), 0.7, mottle=mottle)
    yellow = shaders.plain("mark-yellow", (0.6, 0.45, 0.05), 0.7)
    height = (-0.01, 0.004)
    y = street.low
    while y <= street.high + 0.01:
        style, start = draws.between(0, 1), draws.between(0, 6)
        at_edge = y <= street.low + 0.01 or y >= street.high - 0.01
        if at_edge and style < 0.75:
            inner = y + (0.15 if y < 0 else -0.15)
            paint = white if style < 0.6 else yellow
            slabs.add((-200, 200), (inner - 0.06, inner + 0.06), height, paint)
        elif not at_edge and style < 0.2:
            slabs.add((-200, 200), (y - 0.06, y + 0.06), height, white)
        elif not at_edge:
            gap, dash = draws.between(5, 10), draws.between(1.5, 3.5)
            for k in range(-12, 13):
                x = k * gap + start
                slabs.add((x, x + dash), (y - 0.06, y + 0.06), height, white)
        y += street.lane
    if draws.chance(0.18):
        x = draws.pick([-1, 1]) * draws.between(3, 9)
        for k in range(int(street.high - street.low)):
            y = street.low + k + 0.25
            slabs.add((x - 1.3, x + 1.3), (y, y + 0.5), height, white)


def _marks(slabs: Slabs, shaders: Shaders, street: Street, tone: float, draws: Draws) -> None:
    """Repairs, manhole covers and skid marks."""
    patch = shaders.plain("patch", _grey(tone, draws.pick([0.5, 0.65, 1.4])), 0.8)
    for _ in range(draws.whole(0, 3)):
        x, y = draws.between(-14, 14), draws.between(street.low, street.high)
        length, width = draws.between(0.4, 4), draws.between(0.3, 1.2)
        slabs.add((x - length, x + length), (y - width, y + width), (-0.01, 0.003), patch)
    cover = shaders.plain("cover", (0.05, 0.045, 0.04), 0.5, 0.5)
    for _ in range(draws.whole(0, 2)):
        x, y = draws.between(-12, 12), draws.between(street.low + 0.5, street.high - 0.5)
        slabs.add((x - 0.35, x + 0.35), (y - 0.35, y + 0.35), (-0.01, 0.003), cover)


def _grass(shaders: Shaders, draws: Draws) -> Any:
    """Ground between green and dry, mottled at two scales."""
    green, dry = draws.between(0.6, 1.5), draws.between(0.5, 1.2)
    share = draws.between(0, 0.6)
    parts = zip((0.06, 0.085, 0.028), (0.16, 0.13, 0.07), strict=True)
    base = [g * green * (1 - share) + d * dry * share for g, d in parts]
    light: Colour = (base[0] * 1.35, base[1] * 1.35, base[2] * 1.35)
    deep: Colour = (base[0] * 0.45, base[1] * 0.45, base[2] * 0.45)
    bare: Colour = (0.18 * dry * 1.1, 0.14 * dry * 1.1, 0.07 * dry * 1.1)
    material, nodes = shaders.start("grass")
    tufts = nodes.stretch(nodes.noise(draws.between(3, 9), 8), (0.35, 0.65, 0, 1))
    patches = nodes.stretch(nodes.noise(draws.between(0.2, 0.6), 6), (0.42, 0.7, 0, 1))
    colour = nodes.mix_colour(nodes.mix_colour(light, deep, tufts), bare, patches)
    shaders.finish(nodes, nodes.surface(colour, 0.95).outputs[0])
    return material


def put_street(slabs: Slabs, shaders: Shaders, street: Street, draws: Draws) -> None:
    """Lay the road, its lines, kerbs, pavements and the land beyond."""
    tone = draws.between(0.035, 0.13)
    edges = (street.low - 0.3, street.high + 0.3)
    slabs.add((-300, 300), edges, (-0.2, 0), _asphalt(shaders, tone))
    _lines(slabs, shaders, street, draws)
    _marks(slabs, shaders, street, tone, draws)
    grass = _grass(shaders, draws)
    slabs.add((-FAR, FAR), (-FAR, FAR), (-0.5, -0.21), grass)
    mottle = ((0.3, 0.29, 0.28), (0.16, 0.16, 0.15), 2.0)
    kerb = shaders.plain("kerb", (0.24, 0.24, 0.23), 0.85, mottle=mottle)
    pale = draws.between(0.10, 0.21)
    mottle = (_grey(pale, 1.12), _grey(pale, 0.85), 3.0)
    pavement = shaders.plain("pavement", _grey(pale), 0.9, mottle=mottle)
    joint = shaders.plain("joint", _grey(pale, 0.6), 0.9)
    for side in (-1, 1):
        edge, width = street.edge(side), street.pavements[side]
        slabs.add((-300, 300), (edge, edge + side * 0.15), (-0.2, 0.12), kerb)
        if width:
            span = (edge + side * 0.15, edge + side * width)
            slabs.add((-300, 300), span, (-0.2, 0.11), pavement)
            for k in range(-30, 31):
                slabs.add((k * 1.5, k * 1.5 + 0.03), span, (0, 0.112), joint)
        verge = grass if draws.chance(0.75) else pavement
        start = edge + side * max(width, 0.15)
        slabs.add((-FAR, FAR), (start, edge + side * FAR), (-0.2, 0.09), verge)
