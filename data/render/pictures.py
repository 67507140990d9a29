"""From a scene's task to its finished pictures, drawn again until each can be read."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from PIL import Image

from camera import draw_view, place_camera, seen_share, silhouette
from chain import Array, Conditions, finish
from draws import Draws
from plan import CAMERAS, SAMPLES, SIZE, SceneTask
from readable import LEAST_AREA, Readability, UnreadableSceneError, measure
from scene import VEHICLE_PREFIX, VIEWS, Scene, build, prepare_renderer

JPEG_QUALITY = 88
SCENE_ATTEMPTS = 8
VIEW_ATTEMPTS = 16
# The first camera gives a dull scene up at once; later ones get a second chance.
RENDERS = (1, 2, 2, 2)
SEVERITIES = (1.0, 0.6, 0.3)
LEAST_INSIDE, LEAST_INSIDE_CUT, LEAST_UNCOVERED = 0.9, 0.66, 0.8
LENS, LOOK = 90, 91


@dataclass(frozen=True)
class Picture:
    """A finished JPEG, how readable it is and at which severity of the chain."""

    jpeg: bytes
    readability: Readability
    severity: float


def _render(folder: Path, name: str) -> Array:
    """Linear light of the current camera, shape (SIZE, SIZE, 3).

    Kept as `name` in `folder`: light that is there already is not rendered again.
    """
    path = folder / f"{name}.exr"
    if not path.exists():
        unfinished = folder / f"part-{os.getpid()}.exr"
        bpy.context.scene.render.filepath = str(unfinished)
        bpy.ops.render.render(write_still=True)
        os.replace(unfinished, path)
    image = bpy.data.images.load(str(path))
    values = np.empty(SIZE * SIZE * 4, np.float32)
    image.pixels.foreach_get(values)
    bpy.data.images.remove(image)
    return values.reshape(SIZE, SIZE, 4)[::-1, :, :3].astype(np.float64)


def _encode(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return buffer.getvalue()


def _develop(light: Array, scene: Scene, draws: Draws) -> Picture | None:
    """The chain at falling severity until the picture is readable."""
    weather = scene.weather
    conditions = Conditions(weather.time == "night", weather.dark, weather.rain)
    mask = silhouette(VEHICLE_PREFIX, SIZE // 2).repeat(2, axis=0).repeat(2, axis=1)
    for level, severity in enumerate(SEVERITIES):
        image = finish(light, conditions, draws.branch(level), severity)
        found = measure(np.asarray(image), mask)
        if found.good:
            return Picture(_encode(image), found, severity)
    return None


def _look(scene: Scene, camera: int, draws: Draws, lights: Path) -> Picture | None:
    """A readable picture by one of the scene's cameras, or None."""
    front = camera % 2 == 0
    cut = draws.branch(LOOK, camera).chance(0.15)
    least_inside = LEAST_INSIDE_CUT if cut else LEAST_INSIDE
    renders = 0
    for attempt in range(VIEW_ATTEMPTS):
        view = scene.views[camera]
        if attempt:
            again = draws.branch(VIEWS, camera, attempt)
            view = draw_view(again, scene.vehicle, scene.yaw, front)
        place_camera(view)
        inside, uncovered = seen_share(VEHICLE_PREFIX, draws.branch(LOOK, camera, attempt))
        if inside < least_inside or uncovered < LEAST_UNCOVERED:
            continue
        if silhouette(VEHICLE_PREFIX, 24).mean() < LEAST_AREA * 1.1:
            continue
        lens = draws.branch(LENS, camera, attempt)
        light = _render(lights, "-".join(str(number) for number in lens.key))
        picture = _develop(light, scene, lens)
        renders += 1
        if picture is not None or renders == RENDERS[camera]:
            return picture
    return None


def make_pictures(task: SceneTask, lights: Path) -> list[Picture]:
    """All pictures of a scene, the same for the same task.

    `lights` is a folder for the renderer's files. Kept between runs, it makes trying another
    camera chain quick; it must be empty after any change to a scene.

    Raises:
        UnreadableSceneError: when no attempt gave readable pictures.
    """
    for attempt in range(SCENE_ATTEMPTS):
        draws = Draws(*task.key, attempt)
        around = Draws(*task.place_key, attempt)
        scene = build(task.kind, draws, around, CAMERAS)
        prepare_renderer(SIZE, SAMPLES, _hash_of(draws.key))
        pictures: list[Picture] = []
        for camera in range(CAMERAS):
            picture = _look(scene, camera, draws, lights)
            if picture is None:
                break
            pictures.append(picture)
        if len(pictures) == CAMERAS:
            return pictures
    raise UnreadableSceneError(
        f"Scene `{task.files[0]}` gave no readable pictures in {SCENE_ATTEMPTS} attempts. "
        "Change the seed or the floors in readable.py."
    )


def _hash_of(key: tuple[int, ...]) -> int:
    """A number below 2**31 from a key, the same in every process."""
    return int(np.random.default_rng(key).integers(2**31))
