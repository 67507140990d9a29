"""From a scene's task to its finished pictures, drawn again until each can be read."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
import numpy.typing as npt
from PIL import Image

from camera import draw_view, place_camera, seen_share, silhouette
from chain import Array, Conditions, finish, finish_tiny
from draws import Draws
from plan import PictureSet, SceneTask
from readable import Readability, UnreadableSceneError, floors_for, measure
from scene import VEHICLE_PREFIX, VIEWS, Scene, build, prepare_renderer

JPEG_QUALITY = 88
SCENE_ATTEMPTS = 16
VIEW_ATTEMPTS = 16
# Of two cameras the first gives a dull scene up at once; others get a second chance.
RENDERS = {2: (1, 2), 4: (2, 2, 2, 2)}
SEVERITIES = (1.0, 0.6, 0.3)
LEAST_INSIDE, LEAST_INSIDE_CUT, LEAST_UNCOVERED = 0.9, 0.66, 0.8
LENS, LOOK = 90, 91


@dataclass(frozen=True)
class Picture:
    """A finished picture's file, how readable it is and at which severity of the chain."""

    content: bytes
    readability: Readability
    severity: float


def _render(folder: Path, name: str, size: int) -> Array:
    """Linear light of the current camera, shape (size, size, 3).

    Kept as `name` in `folder`: light that is there already is not rendered again.
    """
    path = folder / f"{name}.exr"
    if not path.exists():
        unfinished = folder / f"part-{os.getpid()}.exr"
        bpy.context.scene.render.filepath = str(unfinished)
        bpy.ops.render.render(write_still=True)
        os.replace(unfinished, path)
    image = bpy.data.images.load(str(path))
    values = np.empty(size * size * 4, np.float32)
    image.pixels.foreach_get(values)
    bpy.data.images.remove(image)
    return values.reshape(size, size, 4)[::-1, :, :3].astype(np.float64)


def _encode(image: Image.Image, suffix: str) -> bytes:
    buffer = io.BytesIO()
    if suffix == ".png":
        image.save(buffer, "PNG", optimize=True)
    else:
        image.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return buffer.getvalue()


def _mask(size: int) -> npt.NDArray[np.bool_]:
    """The vehicle's silhouette, shape (size, size); large ones on a grid half as fine."""
    if size <= 64:
        return silhouette(VEHICLE_PREFIX, size)
    return silhouette(VEHICLE_PREFIX, size // 2).repeat(2, axis=0).repeat(2, axis=1)


def _develop(light: Array, scene: Scene, draws: Draws, wanted: PictureSet) -> Picture | None:
    """The chain at falling severity until the picture is readable."""
    weather = scene.weather
    conditions = Conditions(weather.time == "night", weather.dark, weather.rain)
    size = wanted.size
    mask, floors = _mask(size), floors_for(size)
    for level, severity in enumerate(SEVERITIES):
        lens = draws.branch(level)
        if size < light.shape[0]:
            image = finish_tiny(light, conditions, lens, severity, size)
        else:
            image = finish(light, conditions, lens, severity)
        found = measure(np.asarray(image), mask, floors)
        if found.reaches(floors):
            return Picture(_encode(image, wanted.suffix), found, severity)
    return None


def _look(
    scene: Scene, camera: int, draws: Draws, lights: Path, wanted: PictureSet
) -> Picture | None:
    """A readable picture by one of the scene's cameras, or None."""
    front = camera % 2 == 0
    cut = draws.branch(LOOK, camera).chance(0.15)
    least_inside = LEAST_INSIDE_CUT if cut else LEAST_INSIDE
    least_area = floors_for(wanted.size).area * 1.1
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
        if silhouette(VEHICLE_PREFIX, 24).mean() < least_area:
            continue
        lens = draws.branch(LENS, camera, attempt)
        light = _render(lights, "-".join(str(number) for number in lens.key), wanted.rendered)
        picture = _develop(light, scene, lens, wanted)
        renders += 1
        if picture is not None or renders == RENDERS[wanted.cameras][camera]:
            return picture
    return None


def make_pictures(task: SceneTask, lights: Path) -> list[Picture]:
    """All pictures of a scene, the same for the same task.

    `lights` is a folder for the renderer's files. Kept between runs, it makes trying another
    camera chain quick; it must be empty after any change to a scene.

    Raises:
        UnreadableSceneError: when no attempt gave readable pictures.
    """
    wanted = task.set
    for attempt in range(SCENE_ATTEMPTS):
        draws = Draws(*task.key, attempt)
        around = Draws(*task.place_key, attempt)
        scene = build(task.kind, draws, around, wanted.cameras)
        prepare_renderer(wanted.rendered, wanted.samples, _hash_of(draws.key))
        pictures: list[Picture] = []
        for camera in range(wanted.cameras):
            picture = _look(scene, camera, draws, lights, wanted)
            if picture is None:
                break
            pictures.append(picture)
        if len(pictures) == wanted.cameras:
            return pictures
    raise UnreadableSceneError(
        f"Scene `{task.files[0]}` gave no readable pictures in {SCENE_ATTEMPTS} attempts. "
        "Change the seed or the floors in readable.py."
    )


def _hash_of(key: tuple[int, ...]) -> int:
    """A number below 2**31 from a key, the same in every process."""
    return int(np.random.default_rng(key).integers(2**31))
