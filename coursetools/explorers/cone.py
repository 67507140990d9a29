"""The cone of a receptive field, from the side, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from coursetools.explorers.field_trace import Layers, Level
from coursetools.explorers.grids import INK, LINES, NOW, PAPER

_LABELS = 118
_STEP = 40
_BAR = 12
_CONE = "#eddcf3"


def cone_svg(levels: Sequence[Level], layers: Layers, *, width: int = 560) -> str:
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
    return (
        f'<figure class="ct-grid"><svg role="img" aria-label="{escape(words)}" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}"><rect width="{width}" '
        f'height="{height}" fill="{PAPER}"/>{beams}{rows}<g fill="{INK}" font-size="12">{labels}'
        "</g></svg><figcaption>from the side: the units that count, layer by layer</figcaption>"
        "</figure>"
    )


def _row(level: Level, scale: float, top: float) -> str:
    low, high = level.needed
    side = max(min(level.jump * scale - 1, 14), 0.8)
    frame = f'stroke="{LINES}" stroke-width="{0.8 if side > 3 else 0}"'
    return "".join(
        f'<rect x="{_x(level, unit, scale) - side / 2:.1f}" y="{top}" width="{side:.1f}" '
        f'height="{_BAR}" fill="{NOW if low <= unit <= high else PAPER}" {frame}/>'
        for unit in range(level.size)
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
