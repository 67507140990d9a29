"""A histogram of a map's values as inline SVG, its negative part told apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from coursetools.explorers import page
from coursetools.explorers.grids import INK, PAPER, number
from coursetools.visual.maps import NEGATIVE, POSITIVE

BINS = 41
_FOOT = 18


def histogram_svg(values: Any, *, cut: bool, width: int, height: int) -> str:
    """Return how often each value occurs in a map, by the root of the count.

    Args:
        values: The map.
        cut: Say that the values below 0 are about to become 0: they are struck out.
        width, height: In pixels.
    """
    reach = max(float(np.abs(values).max()), 1e-6)
    counts, edges = np.histogram(values, BINS, range=(-reach, reach))
    # Most of an edge map is nearly 0; as they are, the counts would be a single needle.
    tall = np.sqrt(counts / counts.max()) * (height - _FOOT - 6)
    step = width / BINS
    bars = "".join(
        f'<rect x="{place * step:.1f}" y="{height - _FOOT - bar:.1f}" width="{step:.1f}" '
        f'height="{bar:.1f}" fill="{_colour(place)}"/>'
        for place, bar in enumerate(tall)
        if bar
    )
    below = float((values < 0).mean())
    strike = (
        f'<path d="M4 {height - _FOOT - 4}L{width / 2 - 6:.0f} 8M4 8L{width / 2 - 6:.0f} '
        f'{height - _FOOT - 4}" stroke="{INK}" stroke-width="2.5"/>'
        if cut and below
        else ""
    )
    words = f"{below:.0%} below 0" + (", become 0" if cut and below else "")
    label = (
        f"Histogram of the map's {values.size} values from {edges[0]:.2f} to {edges[-1]:.2f}: "
        f"{words}."
    )
    base = height - _FOOT
    svg = (
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{bars}{strike}'
        f'<path d="M0 {base}H{width}M{width / 2} {base}v5" stroke="{INK}"/>'
        f'<g fill="{INK}" font-size="12"><text x="3" y="{height - 4}">{number(-reach)}</text>'
        f'<text x="{width / 2}" y="{height - 4}" text-anchor="middle">0</text>'
        f'<text x="{width - 3}" y="{height - 4}" text-anchor="end">{number(reach)}</text></g>'
    )
    caption = f"values of the map (roots of how often); {words}"
    return page.drawing(svg, label, caption, width=width, height=height)


def _colour(place: int) -> str:
    middle = BINS // 2
    return "#7b8794" if place == middle else (NEGATIVE if place < middle else POSITIVE)
