"""Maps as boxes in a row, to scale: as tall as the map, as deep as it has channels.

Only geometry: the corners of each box's three visible sides. Figures draw them with matplotlib,
explorers as SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coursetools.visual.network_plan import Plan

Point = tuple[float, float]
Side = tuple[Point, ...]

# How far the face that shows a map leans to the right and up, as shares of its height.
_LEAN, _RISE = 0.30, 0.16
_BETWEEN = 0.05
_LEAST = 0.012


@dataclass(frozen=True)
class MapBox:
    """A box with its lower left corner at (left, low); lengths are those of the row.

    kind: "picture", "convolution" or "pooling".
    """

    kind: str
    left: float
    low: float
    deep: float
    tall: float

    @property
    def width(self) -> float:
        """From its left edge to the tip of the face."""
        return self.deep + _LEAN * self.tall

    @property
    def height(self) -> float:
        """From its lower edge to the tip of the face."""
        return (1 + _RISE) * self.tall

    def front(self) -> Side:
        """Return the corners of the side that shows how many channels there are."""
        return self._shifted((0, 0), (self.deep, 0), (self.deep, self.tall), (0, self.tall))

    def top(self) -> Side:
        """Return the corners of the side that lies on top."""
        right, up = _LEAN * self.tall, self.height
        return self._shifted((0, self.tall), (self.deep, self.tall), (self.width, up), (right, up))

    def face(self, share: float = 1.0) -> Side:
        """Return the corners of the face that shows a map, or of a square in its middle.

        Args:
            share: Of the face's side, at most 1.
        """
        first, last = (1 - share) / 2 * self.tall, (1 + share) / 2 * self.tall
        return self._shifted(
            *(
                (self.deep + _LEAN * across, up + _RISE * across)
                for across, up in ((first, first), (last, first), (last, last), (first, last))
            )
        )

    def _shifted(self, *points: Point) -> Side:
        return tuple((self.left + x, self.low + y) for x, y in points)


@dataclass(frozen=True)
class Column:
    """The boxes that stand together: the picture, or a block.

    left, width: Of the room the column takes.
    boxes: From left to right.
    """

    left: float
    width: float
    boxes: tuple[MapBox, ...]


def box_columns(
    plan: Plan, *, left: float = 0.0, width: float, tall: float, least: float, middle: float
) -> list[Column]:
    """Lay the picture and each block's maps out from left to right.

    Heights have one scale and depths another: if there is room, one pixel is as long as one
    channel, else depths are shrunk until the row fits.

    Args:
        plan: The network.
        left: Where the row begins.
        width: Of the whole row.
        tall: Of the picture's box.
        least: Width that a block's words need.
        middle: Height of the line on which all boxes are centred.
    """
    groups = _groups(plan)
    pixel = tall / max(plan.picture[:2])
    channel = pixel
    while _wanted(groups, pixel, channel, tall, least) > width and channel * 4096 > pixel:
        channel *= 0.93
    spare = max(0.0, width - _wanted(groups, pixel, channel, tall, least)) / len(groups)
    columns = []
    for group in groups:
        content = _content(group, pixel, channel, tall)
        room = max(content, _least(group, least)) + spare
        columns.append(Column(left, room, _boxes(group, left, pixel, channel, tall, middle)))
        left += room
    return columns


_Group = Sequence[tuple[str, tuple[int, ...]]]


def _groups(plan: Plan) -> list[_Group]:
    groups: list[_Group] = [[("picture", plan.picture)]]
    for block in sorted({layer.block for layer in plan.maps}):
        groups.append([(one.kind, one.shape) for one in plan.maps if one.block == block])
    return groups


def _wanted(
    groups: Sequence[_Group], pixel: float, channel: float, tall: float, least: float
) -> float:
    return sum(max(_content(group, pixel, channel, tall), _least(group, least)) for group in groups)


def _least(group: _Group, least: float) -> float:
    """Return the width that a column's words need; those of the picture are short."""
    return 0.72 * least if group[0][0] == "picture" else least


def _size(shape: tuple[int, ...], pixel: float, channel: float, tall: float) -> tuple[float, float]:
    return max(channel * shape[2], _LEAST * tall), pixel * max(shape[:2])


def _content(group: _Group, pixel: float, channel: float, tall: float) -> float:
    total = 0.0
    for _, shape in group:
        deep, high = _size(shape, pixel, channel, tall)
        total += deep + _LEAN * high + _BETWEEN * tall
    return total + _BETWEEN * tall


def _boxes(
    group: _Group, left: float, pixel: float, channel: float, tall: float, middle: float
) -> tuple[MapBox, ...]:
    found = []
    for kind, shape in group:
        deep, high = _size(shape, pixel, channel, tall)
        box = MapBox(kind, left, middle - (1 + _RISE) * high / 2, deep, high)
        found.append(box)
        left += box.width + _BETWEEN * tall
    return tuple(found)
