"""What a finished vehicle is: its parts, its size and where its lamps are."""

from __future__ import annotations

from dataclasses import dataclass

from geometry import Part, Point

CAR_KINDS = ("hatchback", "saloon", "estate", "suv", "coupe", "mpv")
TRUCK_KINDS = ("box", "flatbed", "tipper", "tanker", "artic", "fire", "pickup")


@dataclass(frozen=True)
class Vehicle:
    """One body, standing at the origin with its front towards +x.

    kind: one of CAR_KINDS or TRUCK_KINDS.
    length, width, height: in metres.
    parts: its meshes.
    headlamps, tail_lamps: points in front of its lamps and behind them.
    """

    kind: str
    length: float
    width: float
    height: float
    parts: tuple[Part, ...]
    headlamps: tuple[Point, ...]
    tail_lamps: tuple[Point, ...]

    @property
    def is_truck(self) -> bool:
        """Whether the picture's class is Truck."""
        return self.kind in TRUCK_KINDS
