"""Where a camera stands, and what it sees of the vehicle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np
import numpy.typing as npt
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Vector

from draws import Draws
from geometry import Point
from vehicle import Vehicle

SAMPLED_POINTS = 90


@dataclass(frozen=True)
class View:
    """A camera's place (metres), its target, its angle of view and roll (radians)."""

    place: Point
    target: Point
    angle: float
    roll: float


def draw_view(draws: Draws, vehicle: Vehicle, yaw: float, front: bool) -> View:
    """A view of a vehicle at the origin, mostly three-quarters from a mast.

    Long vehicles are seen more from their ends, so that they fill the frame; `front` says
    whether the camera looks at the front or the back of the vehicle.
    """
    length, width, height = vehicle.length, vehicle.width, vehicle.height
    ends = 0.0 if front else math.pi
    widest = 1.15 if length < 6 else 0.8
    azimuth = yaw + ends + draws.pick([-1, 1]) * draws.between(0.12, widest)
    climb = draws.between(5, 24)
    if draws.chance(0.2):
        azimuth = yaw + ends + draws.pick([-1, 1]) * draws.between(0.9, 1.5)
        climb = draws.between(2, 10)
    fill = draws.between(0.66, 1.02)
    aside, along = abs(math.sin(azimuth - yaw)), abs(math.cos(azimuth - yaw))
    breadth = max(aside * length + along * width, height * 1.2)
    angle = math.radians(draws.between(10, 34))
    distance = breadth / fill / (2 * math.tan(angle / 2)) + along * length / 2
    # By angle, not by height: from one height, the sky would tell long vehicles from short ones.
    raised = min(max(distance * math.tan(math.radians(climb)), 1.2), 14.0)
    place = (distance * math.cos(azimuth), distance * math.sin(azimuth), raised)
    room = (1 - fill) * breadth * 0.45 + 0.04 * breadth
    shift = draws.between(-1, 1) * max(room, 0.0)
    if draws.chance(0.15):
        shift = draws.pick([-1, 1]) * breadth * draws.between(0.12, 0.25)
    lift = height * 0.5 + draws.between(-0.4, 0.4) * max(1 - fill, 0.0) * breadth
    target = (-math.sin(azimuth) * shift, math.cos(azimuth) * shift, lift)
    return View(place, target, angle, draws.normal(0.02))


def place_camera(view: View) -> None:
    """Move the scene's camera; make one if there is none."""
    scene = bpy.context.scene
    if scene.camera is None:
        data = bpy.data.cameras.new("camera")
        data.clip_end = 2000
        scene.camera = bpy.data.objects.new("camera", data)
        scene.collection.objects.link(scene.camera)
    camera = scene.camera
    camera.location = view.place
    towards = Vector(view.target) - Vector(view.place)
    camera.rotation_euler = towards.to_track_quat("-Z", "Y").to_euler()
    camera.rotation_euler.rotate_axis("Z", view.roll)
    camera.data.angle = view.angle
    bpy.context.view_layer.update()


def _own(placed: Any, prefix: str) -> bool:
    return placed is not None and placed.name.startswith(prefix)


def seen_share(prefix: str, draws: Draws) -> tuple[float, float]:
    """Shares of the vehicle's points that lie in the frame, and of those not covered.

    Rays go from the camera to points of the mesh; a ray that first meets the vehicle itself
    counts as uncovered.
    """
    scene, graph = bpy.context.scene, bpy.context.evaluated_depsgraph_get()
    camera = scene.camera
    origin = camera.matrix_world.translation
    objects = [placed for placed in bpy.data.objects if _own(placed, prefix)]
    inside = uncovered = 0
    for _ in range(SAMPLED_POINTS):
        placed = draws.pick(objects)
        vertices = placed.data.vertices
        point = placed.matrix_world @ vertices[draws.whole(0, len(vertices) - 1)].co
        in_view = world_to_camera_view(scene, camera, point)
        if not (0 < in_view.x < 1 and 0 < in_view.y < 1 and in_view.z > 0):
            continue
        inside += 1
        hit = scene.ray_cast(graph, origin, (point - origin).normalized())
        uncovered += bool(hit[0]) and _own(hit[4], prefix)
    return inside / SAMPLED_POINTS, uncovered / max(inside, 1)


def silhouette(prefix: str, size: int) -> npt.NDArray[np.bool_]:
    """Which pixels of a (size, size) picture show the vehicle, by one ray a pixel."""
    scene, graph = bpy.context.scene, bpy.context.evaluated_depsgraph_get()
    camera = scene.camera
    origin, turn = camera.matrix_world.translation, camera.matrix_world.to_quaternion()
    half = math.tan(camera.data.angle / 2)
    mask = np.zeros((size, size), bool)
    for row in range(size):
        for column in range(size):
            x = ((column + 0.5) / size * 2 - 1) * half
            y = (1 - (row + 0.5) / size * 2) * half
            hit = scene.ray_cast(graph, origin, turn @ Vector((x, y, -1.0)).normalized())
            mask[row, column] = bool(hit[0]) and _own(hit[4], prefix)
    return mask
