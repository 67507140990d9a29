"""Putting meshes, slabs, blobs and lights on Blender's stage."""

from __future__ import annotations

import math
from typing import Any

import bmesh
import bpy
import numpy as np

from draws import Draws
from geometry import Array, Faces, Point
from paint import Finish, material_for
from shaders import Shaders
from vehicle import Vehicle


def put_mesh(
    name: str,
    vertices: Array,
    faces: Faces,
    materials: list[Any],
    *,
    which: list[int] | None = None,
    smooth: list[bool] | None = None,
    masks: dict[str, Array] | None = None,
) -> Any:
    """A mesh as an object of the scene; `which` gives each face its material's place."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(vertices.tolist(), [], faces)
    if which is not None:
        mesh.polygons.foreach_set("material_index", which)
    if smooth is not None:
        mesh.polygons.foreach_set("use_smooth", smooth)
    for key, values in (masks or {}).items():
        attribute = mesh.attributes.new(key, "FLOAT", "POINT")
        attribute.data.foreach_set("value", np.ascontiguousarray(values, np.float32))
    for material in materials:
        mesh.materials.append(material)
    mesh.update()
    placed = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(placed)
    return placed


def put_vehicle(
    vehicle: Vehicle,
    shaders: Shaders,
    finish: Finish,
    prefix: str,
    place: tuple[float, float],
    yaw: float,
) -> None:
    """A vehicle as two objects: its shell with masks, and everything else joined."""
    materials: list[Any] = []
    slots: dict[str, int] = {}
    vertices, faces, which, smooth = [], [], [], []
    count, placed = 0, []
    for part in vehicle.parts:
        if part.material == "shell":
            paint = material_for(shaders, prefix, "shell", finish)
            flags = [True] * len(part.faces)
            name = prefix + "shell"
            shell = put_mesh(
                name, part.vertices, part.faces, [paint], smooth=flags, masks=part.masks
            )
            placed.append(shell)
            continue
        if part.material not in slots:
            slots[part.material] = len(materials)
            materials.append(material_for(shaders, prefix, part.material, finish))
        vertices.append(part.vertices)
        faces += [[i + count for i in face] for face in part.faces]
        which += [slots[part.material]] * len(part.faces)
        smooth += [part.smooth] * len(part.faces)
        count += len(part.vertices)
    joined = np.vstack(vertices)
    name = prefix + "parts"
    placed.append(put_mesh(name, joined, faces, materials, which=which, smooth=smooth))
    for one in placed:
        one.location = (*place, 0)
        one.rotation_euler = (0, 0, yaw)


class Slabs:
    """Upright boxes collected by material and put on the stage as one mesh each."""

    def __init__(self) -> None:
        self._by_material: dict[str, tuple[Any, list[Array]]] = {}

    def add(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: tuple[float, float],
        material: Any,
    ) -> None:
        """A box between two places on each axis, in either order."""
        ranges = [sorted(pair) for pair in (x, y, z)]
        corners = np.array([(a, b, c) for a in ranges[0] for b in ranges[1] for c in ranges[2]])
        self._by_material.setdefault(material.name, (material, []))[1].append(corners)

    def put(self) -> None:
        """Make the meshes and start anew."""
        box = [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
        for material, boxes in self._by_material.values():
            faces = [[i + 8 * k for i in face] for k in range(len(boxes)) for face in box]
            put_mesh("slabs", np.vstack(boxes), faces, [material])
        self._by_material.clear()


def _ball(subdivisions: int) -> tuple[Array, Faces]:
    mesh = bmesh.new()
    bmesh.ops.create_icosphere(mesh, subdivisions=subdivisions, radius=1)
    vertices = np.array([vertex.co[:] for vertex in mesh.verts])
    faces = [[vertex.index for vertex in face.verts] for face in mesh.faces]
    mesh.free()
    return vertices, faces


_BALLS: dict[int, tuple[Array, Faces]] = {}


def put_foliage(
    draws: Draws,
    centre: Point,
    radius: float,
    material: Any,
    *,
    lumps: int = 1,
    squash: float = 1.0,
    fineness: int = 4,
) -> None:
    """A bush, or a tree's crown of several lumps: balls with a wavy, ragged surface."""
    if fineness not in _BALLS:
        _BALLS[fineness] = _ball(fineness)
    ball, ball_faces = _BALLS[fineness]
    generator = draws.generator
    shapes, faces = [], []
    for lump in range(lumps):
        waves = np.zeros(len(ball))
        for order in range(7):
            direction = generator.normal(0, 1, 3) * (1.5 + 2.2 * order)
            waves += np.sin(ball @ direction + draws.between(0, 6)) * 0.16 / (1 + 0.5 * order)
        ragged = 1 + waves[:, None] + generator.normal(0, 0.05, (len(ball), 1))
        size = radius * draws.between(0.5, 1) if lumps > 1 else radius
        shape = ball * ragged * size * np.array([1, 1, squash]) + np.array(centre)
        if lumps > 1:
            shape = shape + generator.normal(0, radius * 0.55, 3) * np.array([1, 1, 0.8 * squash])
        shapes.append(shape)
        faces += [[i + lump * len(ball) for i in face] for face in ball_faces]
    put_mesh("foliage", np.vstack(shapes), faces, [material])


def put_light(kind: str, energy: float, colour: Point, **more: Any) -> None:
    """A lamp of Blender's kind SUN, POINT or SPOT; places and angles in `more`."""
    lamp = bpy.data.lights.new("lamp", kind)
    lamp.energy, lamp.color = energy, colour
    placed = bpy.data.objects.new("lamp", lamp)
    bpy.context.scene.collection.objects.link(placed)
    for name, value in more.items():
        setattr(placed if name in ("location", "rotation_euler") else lamp, name, value)


def turned(point: Point, yaw: float) -> Point:
    """A point of a vehicle as seen from the street, for a vehicle at the origin."""
    c, s = math.cos(yaw), math.sin(yaw)
    return (point[0] * c - point[1] * s, point[0] * s + point[1] * c, point[2])
