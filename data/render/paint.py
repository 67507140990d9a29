"""A vehicle's materials: paint with windows and lamps cut in by masks, tyres, loads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from draws import Draws
from shaders import Nodes, Shaders
from weather import Colour

GREYS: tuple[Colour, ...] = ((0.55, 0.56, 0.57), (0.30, 0.31, 0.33), (0.10, 0.105, 0.11))
# (colour, whether it is a metallic paint)
CAR_PAINTS: tuple[tuple[Colour, bool], ...] = (
    *((grey, True) for grey in GREYS * 2),
    *(((0.014, 0.014, 0.015), False),) * 2,
    *(((0.78, 0.78, 0.77), False),) * 7,
    ((0.03, 0.055, 0.14), True),
    ((0.03, 0.08, 0.25), False),
    ((0.30, 0.02, 0.02), False),
    ((0.36, 0.02, 0.015), False),
    ((0.45, 0.42, 0.36), True),
    ((0.03, 0.09, 0.06), True),
    ((0.10, 0.22, 0.38), True),
    ((0.40, 0.14, 0.04), True),
    ((0.55, 0.40, 0.08), False),
    ((0.18, 0.14, 0.10), True),
    ((0.28, 0.33, 0.30), True),
)
TRUCK_PAINTS: tuple[tuple[Colour, bool], ...] = (
    *(((0.78, 0.78, 0.77), False),) * 3,
    ((0.30, 0.02, 0.02), False),
    ((0.03, 0.08, 0.25), False),
    ((0.10, 0.22, 0.38), True),
    ((0.55, 0.40, 0.08), False),
    ((0.03, 0.14, 0.06), False),
    ((0.50, 0.17, 0.03), False),
    ((0.55, 0.56, 0.57), True),
    ((0.014, 0.014, 0.015), False),
    ((0.40, 0.41, 0.42), True),
    ((0.10, 0.105, 0.11), True),
    ((0.45, 0.42, 0.36), True),
)
FIRE_PAINTS: tuple[Colour, ...] = ((0.36, 0.015, 0.012), (0.36, 0.015, 0.012), (0.62, 0.45, 0.02))
LIVERIES: tuple[Colour, ...] = (
    (0.5, 0.03, 0.03),
    (0.03, 0.1, 0.4),
    (0.03, 0.25, 0.08),
    (0.65, 0.45, 0.03),
    (0.1, 0.1, 0.11),
    (0.6, 0.2, 0.03),
    (0.2, 0.3, 0.35),
)
LOADS: tuple[Colour, ...] = (
    (0.74, 0.74, 0.72),
    (0.60, 0.60, 0.58),
    (0.35, 0.36, 0.38),
    (0.15, 0.25, 0.42),
    (0.40, 0.10, 0.08),
    (0.20, 0.26, 0.20),
)
# mask: (colour, roughness, metallic, coat), painted over each other in this order
_CUT: dict[str, tuple[Colour, float, float, float]] = {
    "seam": ((0.01, 0.01, 0.01), 0.6, 0.0, 0.0),
    "trim": ((0.02, 0.02, 0.021), 0.5, 0.0, 0.0),
    "tail": ((0.30, 0.006, 0.006), 0.15, 0.0, 1.0),
    "lamp": ((0.62, 0.64, 0.66), 0.12, 0.55, 1.0),
    "glass": ((0.012, 0.016, 0.018), 0.03, 0.0, 1.0),
}


@dataclass(frozen=True)
class Finish:
    """What a vehicle is painted with.

    colour, metallic: its paint. livery, stripe, load: colours of its body and load.
    dirt: how dusty, 0 to 1. rim: grey of its wheels. yellow_plate: of its rear plate.
    lit: (colour, strength) of lit masks, "lamp" and "tail".
    """

    colour: Colour
    metallic: float
    livery: Colour
    stripe: Colour
    load: Colour
    dirt: float
    rim: float
    yellow_plate: bool
    lit: dict[str, tuple[Colour, float]]


def draw_finish(kind: str, draws: Draws, lit: dict[str, tuple[Colour, float]]) -> Finish:
    """Paint and dirt for a vehicle of this kind; `lit` says which lamps shine."""
    trucks = kind in ("box", "flatbed", "tipper", "tanker", "artic", "fire")
    colour, metallic = draws.pick(TRUCK_PAINTS if trucks else CAR_PAINTS)
    if kind == "fire" and draws.chance(0.6):
        colour, metallic = draws.pick(FIRE_PAINTS), False
    light = draws.between(0.8, 1.15)
    red, green, blue = (min(max(part * light, 0.01), 0.82) for part in colour)
    return Finish(
        colour=(red, green, blue),
        metallic=0.55 * draws.between(0.6, 1.2) if metallic else 0.0,
        livery=draws.pick(LIVERIES),
        stripe=draws.pick(LIVERIES),
        load=draws.pick(LOADS),
        dirt=draws.between(0.1, 0.75) ** 1.5,
        rim=draws.between(0.28, 0.65),
        yellow_plate=draws.chance(0.4),
        lit=lit,
    )


def _lacquer(
    shaders: Shaders, name: str, colour: Colour, metallic: float, finish: Finish, cut: bool
) -> Any:
    """Clear-coated paint, dusty towards the ground; with `cut`, windows and lamps by masks."""
    material, nodes = shaders.start(name)
    height = nodes.new("SeparateXYZ")
    nodes.link(nodes.new("TexCoord").outputs["Object"], height.inputs[0])
    low = nodes.stretch(height.outputs[2], (0.25, 1.1, finish.dirt, finish.dirt * 0.2))
    dust = nodes.math("MULTIPLY", low, nodes.noise(2.5, 6))
    tint: Any = nodes.mix_colour(colour, (0.16, 0.13, 0.10), dust)
    rough: Any = nodes.mix(0.38, 0.8, dust)
    metal: Any = nodes.mix(metallic, 0.0, dust)
    coat: Any = nodes.mix(1.0, 0.0, dust)
    glows: list[Any] = []
    for mask, (mask_colour, mask_rough, mask_metal, mask_coat) in _CUT.items() if cut else ():
        inside = nodes.stretch(nodes.attribute(mask), (-0.004, 0.004, 0, 1))
        tint = nodes.mix_colour(tint, mask_colour, inside)
        rough = nodes.mix(rough, mask_rough, inside)
        metal = nodes.mix(metal, mask_metal, inside)
        coat = nodes.mix(coat, mask_coat, inside)
        if mask in finish.lit:
            glows.append(_glow(nodes, finish.lit[mask], inside))
    shader = nodes.surface(tint, rough, metal, coat).outputs[0]
    for glow in glows:
        shader = nodes.add(shader, glow)
    shaders.finish(nodes, shader)
    return material


def _glow(nodes: Nodes, light: tuple[Colour, float], inside: Any) -> Any:
    emission = nodes.new("Emission")
    nodes.put(light[0], emission.inputs[0])
    nodes.link(nodes.math("MULTIPLY", inside, light[1]), emission.inputs[1])
    return emission.outputs[0]


# name: (colour, roughness, metallic, mottle)
_PLAIN: dict[str, tuple[Colour, float, float, tuple[Colour, Colour, float] | None]] = {
    "tyre": ((0.018, 0.018, 0.018), 0.85, 0.0, None),
    "dark": ((0.014, 0.014, 0.015), 0.7, 0.0, None),
    "steel": ((0.3, 0.3, 0.3), 0.5, 0.5, ((0.35, 0.35, 0.35), (0.12, 0.10, 0.08), 6)),
    "metal": ((0.5, 0.5, 0.5), 0.35, 0.7, ((0.55, 0.55, 0.55), (0.25, 0.22, 0.2), 4)),
    "shutter": ((0.45, 0.45, 0.46), 0.35, 0.6, None),
    "tarp": ((0.05, 0.12, 0.1), 0.55, 0.0, ((0.06, 0.15, 0.12), (0.03, 0.06, 0.06), 2)),
    "gravel": ((0.2, 0.17, 0.13), 0.95, 0.0, ((0.32, 0.27, 0.21), (0.10, 0.08, 0.06), 9)),
    "beacon": ((0.03, 0.06, 0.5), 0.2, 0.0, None),
    "marker": ((0.6, 0.3, 0.03), 0.3, 0.0, None),
    "plate_front": ((0.75, 0.75, 0.72), 0.5, 0.0, None),
}


def material_for(shaders: Shaders, prefix: str, name: str, finish: Finish) -> Any:
    """The Blender material for a part's material name; `prefix` keeps vehicles apart."""
    full = prefix + name
    if name == "shell":
        return _lacquer(shaders, full, finish.colour, finish.metallic, finish, True)
    if name == "paint":
        return _lacquer(shaders, full, finish.colour, finish.metallic, finish, False)
    if name in ("livery", "stripe", "load"):
        return _lacquer(shaders, full, getattr(finish, name), 0.0, finish, False)
    if name == "rim":
        return shaders.plain(full, (finish.rim, finish.rim, finish.rim), 0.3, 0.8)
    if name == "wood":
        mottle = ((0.28, 0.19, 0.11), (0.10, 0.07, 0.05), 3.0)
        return shaders.plain(full, (0.2, 0.13, 0.08), 0.8, mottle=mottle, lengthen=6)
    if name == "tail_lamp":
        return shaders.plain(full, (0.35, 0.01, 0.01), 0.3, glow=finish.lit.get("tail"))
    if name == "plate_rear":
        colour = (0.72, 0.55, 0.08) if finish.yellow_plate else (0.75, 0.75, 0.72)
        return shaders.plain(full, colour, 0.5)
    colour, roughness, metallic, mottle_or_none = _PLAIN[name]
    return shaders.plain(full, colour, roughness, metallic, mottle=mottle_or_none)
