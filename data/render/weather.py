"""Time of day and weather of a scene: plain numbers, no Blender."""

from __future__ import annotations

import math
from dataclasses import dataclass

from draws import Draws

Colour = tuple[float, float, float]

# How often each time of day is drawn: out of 24.
TIMES = ["sun"] * 10 + ["overcast"] * 7 + ["low"] * 3 + ["dusk"] * 2 + ["night"] * 2
_ZENITH: dict[str, Colour] = {
    "sun": (0.16, 0.32, 0.75),
    "low": (0.16, 0.25, 0.50),
    "overcast": (0.62, 0.66, 0.70),
    "dusk": (0.07, 0.10, 0.20),
    "night": (0.003, 0.004, 0.007),
}
_HORIZON: dict[str, Colour] = {
    "sun": (0.62, 0.75, 0.95),
    "low": (0.95, 0.76, 0.58),
    "overcast": (0.85, 0.87, 0.90),
    "dusk": (0.30, 0.24, 0.23),
    "night": (0.013, 0.012, 0.012),
}


@dataclass(frozen=True)
class Weather:
    """One scene's light and air.

    time: sun, overcast, low (sun near the horizon), dusk or night.
    rain: whether it rains; the road is then wet.
    wet: whether the road is wet.
    fog: share of light lost for each metre.
    fog_colour, zenith, horizon, cloud: linear RGB.
    sky_strength, cloud_cover, cloud_scale: of the sky.
    sun_energy, sun_angle, sun_elevation, sun_azimuth: of the sun; no sun where the energy is 0.
    """

    time: str
    rain: bool
    wet: bool
    fog: float
    fog_colour: Colour
    zenith: Colour
    horizon: Colour
    cloud: Colour
    sky_strength: float
    cloud_cover: float
    cloud_scale: float
    sun_energy: float
    sun_angle: float
    sun_elevation: float
    sun_azimuth: float

    @property
    def dark(self) -> bool:
        """Whether lamps are lit."""
        return self.time in ("dusk", "night")


def _times(colour: Colour, factor: float) -> Colour:
    return (colour[0] * factor, colour[1] * factor, colour[2] * factor)


def draw_weather(draws: Draws) -> Weather:
    """The weather of one scene."""
    time = draws.pick(TIMES)
    rain = time in ("overcast", "dusk") and draws.chance(0.28)
    fog = draws.log_between(0.001, 0.012) if draws.chance(0.2) else 0.0
    if rain:
        fog = max(fog, draws.between(0.0015, 0.006))
    energy, angle = {
        "sun": (draws.between(2.8, 5), 0.0095),
        "low": (draws.between(3, 5.5), 0.0095),
        "overcast": (draws.between(0.3, 1.6), 0.5),
    }.get(time, (0.0, 0.0))
    elevation = draws.between(25, 65)
    if time == "low":
        elevation = draws.between(9, 20)
    strength = {"sun": draws.between(0.3, 0.5), "low": draws.between(0.4, 0.65)}.get(time, 1.0)
    horizon = _HORIZON[time]
    return Weather(
        time=time,
        rain=rain,
        wet=rain or draws.chance(0.1),
        fog=fog,
        fog_colour=_times(horizon, {"sun": 0.75, "low": 0.6}.get(time, 0.95)),
        zenith=_ZENITH[time],
        horizon=horizon,
        cloud=_times(horizon, {"sun": 1.5, "low": 1.1}.get(time, 0.75)),
        sky_strength=strength,
        cloud_cover=draws.between(0.35, 0.6),
        cloud_scale=draws.between(1.5, 4),
        sun_energy=energy,
        sun_angle=angle,
        sun_elevation=math.radians(elevation),
        sun_azimuth=draws.between(0, 2 * math.pi),
    )
