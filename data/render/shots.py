"""Which lesson pictures Blender renders, and how each is taken."""

from __future__ import annotations

from collections.abc import Callable

import bpy  # noqa: F401 - loaded first: `bmesh` and `mathutils` are there only after it
from PIL import Image

from aerial import TILES
from camera import View
from draws import Draws
from flowers import FLOWERS
from portrait import put_car_front
from shaders import Shaders
from studio import Shot, take

Put = Callable[[Shaders, Draws], View]

SHOTS: dict[str, tuple[Shot, Put]] = {
    "car-front": (Shot(1, side=512, samples=64, focus=6.0), put_car_front),
    **{
        name: (Shot(20 + k, side=256, samples=64, focus=6.3, stop=0.35), put)
        for k, (name, put) in enumerate(FLOWERS.items(), start=1)
    },
    **{
        name: (Shot(10 + k, side=128, samples=64, sun=(-40, 42)), put)
        for k, (name, put) in enumerate(TILES.items(), start=1)
    },
}


def render(name: str) -> Image.Image:
    """One of SHOTS as a finished picture, in RGB."""
    shot, put = SHOTS[name]
    return take(shot, put)
