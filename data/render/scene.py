"""One scene: a vehicle on a street in some weather, with its cameras."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import bpy

from camera import View, draw_view
from cars import make_car
from draws import Draws
from geometry import Parts
from paint import draw_finish
from shaders import Nodes, Shaders
from stage import Slabs, put_light, put_mesh, put_vehicle, turned
from street import Street, draw_street, put_street
from surroundings import Setting, Sight, put_surroundings
from traffic import put_people, put_traffic
from trucks import make_truck
from vehicle import CAR_KINDS, Vehicle
from weather import Colour, Weather, draw_weather

VEHICLE_PREFIX = "vehicle-"
# Streams of a scene's draws: a change in one leaves the others as they were.
BODY, AIR, VIEWS, PLACE, PAINT, LAMPS = range(6)


@dataclass(frozen=True)
class Scene:
    """What was built: the vehicle, its direction (radians), the weather and first views."""

    vehicle: Vehicle
    yaw: float
    weather: Weather
    views: tuple[View, ...]


def make_vehicle(kind: str, draws: Draws) -> Vehicle:
    """A vehicle of any kind."""
    return make_car(kind, draws) if kind in CAR_KINDS else make_truck(kind, draws)


def put_sky(weather: Weather, draws: Draws) -> None:
    """A gradient with clouds; a small sampling map, as a full one costs more than the picture."""
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.cycles.sampling_method = "MANUAL"
    world.cycles.sample_map_resolution = 64
    world.use_nodes = True
    nodes = Nodes(world.node_tree)
    up = nodes.new("SeparateXYZ")
    nodes.link(nodes.new("TexCoord").outputs["Generated"], up.inputs[0])
    height = nodes.stretch(up.outputs[2], (0, 0.55, 0, 1))
    clear = nodes.mix_colour(weather.horizon, weather.zenith, height)
    offset = draws.vector(-9, 9)
    noise = nodes.noise(weather.cloud_scale, 6, squeeze=(1, 1, 3), offset=offset, space="Generated")
    cover = nodes.stretch(noise, (weather.cloud_cover, weather.cloud_cover + 0.2, 0, 1))
    background = nodes.new("Background")
    nodes.link(nodes.mix_colour(clear, weather.cloud, cover), background.inputs[0])
    background.inputs[1].default_value = weather.sky_strength
    nodes.link(background.outputs[0], nodes.new("OutputWorld").inputs[0])


def _sun(weather: Weather) -> None:
    if weather.sun_energy > 0:
        colour = (1.0, 0.78, 0.56) if weather.time == "low" else (1.0, 0.95, 0.88)
        turn = (math.pi / 2 - weather.sun_elevation, 0, weather.sun_azimuth + math.pi / 2)
        angle = weather.sun_angle
        put_light("SUN", weather.sun_energy, colour, angle=angle, rotation_euler=turn)


def _lit_lamps(weather: Weather, draws: Draws) -> dict[str, tuple[Colour, float]]:
    """Which lamps of the vehicle shine: nearly all in the dark, some by day; brakes sometimes."""
    lit: dict[str, tuple[Colour, float]] = {}
    if weather.dark or draws.chance(0.2):
        strength = draws.between(1.5, 5) if weather.dark else draws.between(0.6, 1.6)
        lit["lamp"] = ((1.0, 0.93, 0.82), strength)
    if weather.dark:
        lit["tail"] = ((1.0, 0.02, 0.01), draws.between(0.3, 1.0))
    if draws.chance(0.2):
        strength = draws.between(0.8, 2.5) if weather.dark else draws.between(0.4, 1.4)
        lit["tail"] = ((1.0, 0.03, 0.015), strength)
    return lit


def _lamps(vehicle: Vehicle, yaw: float, weather: Weather, street: Street, draws: Draws) -> None:
    """Headlamp beams and street lamps in the dark."""
    if not weather.dark:
        return
    for lamp in vehicle.headlamps:
        place = turned((lamp[0] + 0.15, lamp[1], lamp[2]), yaw)
        put_light(
            "SPOT",
            draws.between(120, 300),
            (1, 0.92, 0.8),
            location=place,
            rotation_euler=(math.radians(83), 0, yaw - math.pi / 2),
            spot_size=1.1,
            spot_blend=0.7,
        )
    share = 1.0 if weather.time == "night" else 0.4
    warm = draws.chance(0.5)
    for k in range(-2, 3):
        y = draws.pick([street.low - 0.5, street.high + 0.5])
        place = (k * 13 + draws.between(-3, 3), y, draws.between(6.0, 7.5))
        colour = (1, 0.72, 0.42) if warm else (0.95, 0.97, 1)
        energy = draws.between(900, 2000) * share
        put_light("POINT", energy, colour, location=place, shadow_soft_size=0.2)


def _pole(shaders: Shaders, vehicle: Vehicle, view: View, draws: Draws) -> None:
    """A thin pole between a camera and the vehicle, off the middle."""
    share = draws.between(0.5, 0.85)
    cx, cy, _ = view.place
    distance = math.hypot(cx, cy)
    aside = draws.pick([-1, 1]) * draws.between(0.16, 0.4) * vehicle.length * share
    x, y = cx * (1 - share) - cy / distance * aside, cy * (1 - share) + cx / distance * aside
    if abs(y) < vehicle.width and abs(x) < vehicle.length / 2 + 0.5:
        return
    parts, radius = Parts(), draws.between(0.04, 0.1)
    parts.lathe((x, y, 0), [(0, radius), (12, radius)], "pole", axis="z", steps=16)
    pole = parts.all[0]
    grey = shaders.plain("pole", (0.22, 0.22, 0.21), 0.6, 0.2)
    put_mesh("pole", pole.vertices, pole.faces, [grey], smooth=[True] * len(pole.faces))


def build(kind: str, draws: Draws, around: Draws, cameras: int) -> Scene:
    """Empty Blender and build the scene of these draws on its stage.

    `around` draws weather and place. The views alternate between the vehicle's front and its back.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    vehicle = make_vehicle(kind, draws.branch(BODY))
    weather = draw_weather(around.branch(AIR))
    place = around.branch(PLACE)
    yaw = place.pick([0.0, math.pi]) + place.normal(0.06)
    first_front = place.chance(0.6)
    views = tuple(
        draw_view(draws.branch(VIEWS, k), vehicle, yaw, first_front == (k % 2 == 0))
        for k in range(cameras)
    )
    shaders, slabs = Shaders(place, weather), Slabs()
    street = draw_street(place)
    paint = draws.branch(PAINT)
    finish = draw_finish(kind, paint, _lit_lamps(weather, draws.branch(LAMPS)))
    put_vehicle(vehicle, shaders, finish, VEHICLE_PREFIX, (0, 0), yaw)
    put_sky(weather, place)
    _sun(weather)
    _lamps(vehicle, yaw, weather, street, place)
    put_street(slabs, shaders, street, place)
    sight = Sight([view.place for view in views])
    setting = Setting(slabs, shaders, street, sight, place)
    put_surroundings(setting)
    put_traffic(setting, vehicle)
    put_people(setting, vehicle.length)
    if place.chance(0.15):
        _pole(shaders, vehicle, views[0], place)
    slabs.put()
    return Scene(vehicle, yaw, weather, views)


def prepare_renderer(size: int, samples: int, seed: int) -> None:
    """Cycles on one thread, few bounces and its denoiser."""
    scene: Any = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.seed = "CPU", samples, seed % 2**31
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.use_adaptive_sampling = False
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 4, 2, 2
    cycles.transmission_bounces, cycles.sample_clamp_indirect = 1, 4
    cycles.caustics_reflective = cycles.caustics_refractive = False
    scene.render.resolution_x = scene.render.resolution_y = size
    scene.render.resolution_percentage = 100
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    scene.view_settings.view_transform = "Raw"
