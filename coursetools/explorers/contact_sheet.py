"""Many feature maps on one sheet, in rows of eight."""

from __future__ import annotations

from typing import Any

import numpy as np

from coursetools.visual.inputs import Floats

ACROSS = 8
TILE, GAP = 64, 2
"""Pixels across a map on the sheet, and between two maps."""


def contact_sheet(maps: Floats, framed: int) -> tuple[Any, Any]:
    """Lay maps out side by side, and mark the rim of one.

    Args:
        maps: Shape (h, w, n), n at most 32, no larger than a tile.
        framed: Which of them gets the rim.

    Returns:
        The sheet, shape (rows, columns), and where the rim lies.
    """
    height, width, count = maps.shape
    larger = max(1, TILE // max(height, width))
    tall, wide = height * larger + GAP, width * larger + GAP
    rows = -(-count // ACROSS)
    sheet = np.zeros((rows * tall, ACROSS * wide), np.float32)
    for place in range(count):
        top, left = place // ACROSS * tall, place % ACROSS * wide
        tile = maps[..., place].repeat(larger, axis=0).repeat(larger, axis=1)
        sheet[top : top + tall - GAP, left : left + wide - GAP] = tile
    rim = np.zeros(sheet.shape, bool)
    top, left = framed // ACROSS * tall, framed % ACROSS * wide
    rim[top : top + tall, left : left + wide] = True
    rim[top + GAP : top + tall - 2 * GAP, left + GAP : left + wide - 2 * GAP] = False
    return sheet, rim
