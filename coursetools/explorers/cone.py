"""The cone of a receptive field, from the side, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from coursetools.explorers import page
from coursetools.explorers.field_trace import Layers, Level
from coursetools.explorers.grids import INK, LINES, NOW, OUTSIDE, PAPER

_LABELS = 100
_STEP = 40
_BAR = 12
_CONE = "#eddcf3"


def cone_svg(levels: Sequence[Level], layers: Layers, *, width: int = 384) -> str:
    """Return the units that count as filled boxes, the others as empty ones, layer on layer.

    Args:
        levels: As `trace` returns them, the picture first.
        layers: (kernel, stride) of each layer.
        width: In pixels.
    """
    scale = (width - _LABELS - 8) / levels[0].size
    height = _STEP * len(levels)
    rows = "".join(
        _row(level, scale, height - _STEP * (depth + 1) + 14) for depth, level in enumerate(levels)
    )
    beams = "".join(
        _beam(below, level, scale, height - _STEP * (depth + 2) + 14)
        for depth, (below, level) in enumerate(pairwise(levels))
    )
    names = ["picture", *(f"{kernel} by {kernel}, stride {stride}" for kernel, stride in layers)]
    labels = "".join(
        f'<text x="4" y="{height - _STEP * (depth + 1) + 24}">{escape(name)}</text>'
        for depth, name in enumerate(names)
    )
    counts = [high - low + 1 for low, high in (level.needed for level in levels)]
    words = (
        "The field from the side. Units that count, from the last layer to the picture: "
        f"{', '.join(str(count) for count in reversed(counts))}."
    )
    svg = (
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{beams}{rows}'
        f'<g fill="{INK}" font-size="11.5">{labels}</g>'
    )
    caption = "from the side: the units that count, layer by layer"
    return page.drawing(svg, words, caption, width=width, height=height)


def _row(level: Level, scale: float, top: float) -> str:
    low, high = level.needed
    side = max(min(level.jump * scale - 1, 14), 0.8)
    dense = level.jump * scale < 4
    frame = f'stroke="{LINES}" stroke-width="{0 if dense else 0.8}"'
    first, last = (_x(level, unit, scale) for unit in (0, level.size - 1))
    band = (
        f'<rect x="{first - side / 2:.1f}" y="{top}" width="{last - first + side:.1f}" '
        f'height="{_BAR}" fill="{OUTSIDE}"/>'
    )
    units = range(low, high + 1) if dense else range(level.size)
    return (band if dense else "") + "".join(
        f'<rect x="{_x(level, unit, scale) - side / 2:.1f}" y="{top}" width="{side:.1f}" '
        f'height="{_BAR}" fill="{NOW if low <= unit <= high else PAPER}" {frame}/>'
        for unit in units
    )


def _beam(below: Level, above: Level, scale: float, top: float) -> str:
    corners = [
        (_x(above, above.needed[0], scale), top + _BAR),
        (_x(above, above.needed[1], scale), top + _BAR),
        (_x(below, below.needed[1], scale), top + _STEP),
        (_x(below, below.needed[0], scale), top + _STEP),
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon points="{points}" fill="{_CONE}" stroke="{NOW}" stroke-width="1"/>'


def _x(level: Level, unit: int, scale: float) -> float:
    return _LABELS + (level.middle(unit) + 0.5) * scale
