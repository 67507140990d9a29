"""Taking one picture in good light: the daylight, the render and its development."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import bpy
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from camera import View, place_camera
from draws import Draws
from plan import SEED
from scene import prepare_renderer, put_sky
from shaders import Shaders
from stage import put_light
from weather import Weather

Array = npt.NDArray[np.float64]

# Keeps these draws apart from those of the sets' scenes.
STREAM = 6
DAYLIGHT = Weather(
    time="sun",
    rain=False,
    wet=False,
    fog=0.0,
    fog_colour=(1, 1, 1),
    zenith=(0.25, 0.42, 0.75),
    horizon=(0.8, 0.85, 0.92),
    cloud=(1.2, 1.22, 1.25),
    sky_strength=0.7,
    cloud_cover=0.42,
    cloud_scale=2.0,
    sun_energy=3.2,
    sun_angle=0.03,
    sun_elevation=math.radians(48),
    sun_azimuth=math.radians(-62),
)


@dataclass(frozen=True)
class Shot:
    """How a picture is taken.

    number: picks the shot's own random draws.
    side: of the picture, in pixels. samples: rays a pixel.
    sun: direction (azimuth) and height of the sun, in degrees.
    exposure: factor on the light.
    focus, stop: distance in metres that is sharp, and the lens's f-number; all is sharp at 0.
    """

    number: int
    side: int
    samples: int
    sun: tuple[float, float] = (-62, 48)
    exposure: float = 1.25
    focus: float = 0.0
    stop: float = 1.0


def take(shot: Shot, put: Callable[[Shaders, Draws], View]) -> Image.Image:
    """The finished picture, in RGB; `put` puts the things on the stage and says where from."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    azimuth, elevation = (math.radians(angle) for angle in shot.sun)
    light = replace(DAYLIGHT, sun_azimuth=azimuth, sun_elevation=elevation)
    draws = Draws(SEED, STREAM, shot.number)
    view = put(Shaders(draws, light), draws)
    put_sky(light, draws)
    turn = (math.pi / 2 - elevation, 0, azimuth + math.pi / 2)
    put_light("SUN", light.sun_energy, (1, 0.96, 0.9), angle=light.sun_angle, rotation_euler=turn)
    place_camera(view)
    if shot.focus:
        depth = bpy.context.scene.camera.data.dof
        depth.use_dof, depth.focus_distance, depth.aperture_fstop = True, shot.focus, shot.stop
    prepare_renderer(shot.side, shot.samples, SEED)
    return _develop(_render(shot.side) * shot.exposure)


def _render(side: int) -> Array:
    """Linear light, shape (side, side, 3)."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "light.exr")
        bpy.context.scene.render.filepath = path
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(path)
        values = np.empty(side * side * 4, np.float32)
        image.pixels.foreach_get(values)
        bpy.data.images.remove(image)
    return values.reshape(side, side, 4)[::-1, :, :3].astype(np.float64)


def _develop(light: Array) -> Image.Image:
    """A soft shoulder, the sRGB curve and a little sharpening."""
    knee = 0.75
    value = np.clip(light, 0, None)
    soft = knee + (1 - knee) * (1 - np.exp(-(value - knee) / (1 - knee)))
    value = np.where(value > knee, soft, value)
    curve = 1.055 * np.power(np.maximum(value, 1e-9), 1 / 2.4) - 0.055
    value = np.where(value <= 0.0031308, 12.92 * value, curve)
    image = Image.fromarray((np.clip(value, 0, 1) * 255 + 0.5).astype(np.uint8))
    return image.filter(ImageFilter.UnsharpMask(1.0, 50, 0))
