"""Arrays as small PNG pictures, made in a millisecond or two.

Each value becomes one of 256 entries of a palette, so a picture of 200 by 200 is 40 kB of levels
and is compressed once, fast. What has a sign is coloured from the middle of a diverging colour
map: 0 is always white, and equal sizes of either sign are equally strong.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from io import BytesIO
from typing import Any

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from coursetools.visual.inputs import Floats
from coursetools.visual.maps import SIGNED

Array = NDArray[Any]

SIGNED_WORDS = "orange: below 0, white: 0, blue: above 0"
POSITIVE = "magma"
POSITIVE_WORDS = "black: 0, the brighter the larger"

_MIDDLE = 127
_STRIPE = _MARK = 255
_MARK_COLOUR = bytes((242, 167, 222))  # pink: no map has it, and it stands out on dark and bright
_STRIPES_EVERY = 5
# What is this close to 0, as a share of the largest value, is drawn white and gets no stripe.
_NEARLY_0 = 0.02
_PALE_ENDS = 0.22


def signed_uri(
    values: Array, limit: float, *, striped: bool = False, marked: Array | None = None
) -> str:
    """Return a map whose numbers have signs as a picture, as a `data:` address.

    Args:
        values: Shape (h, w).
        limit: The size that gets the strongest colour; what is larger gets it too.
        striped: Draw dark stripes where a value is below 0, so that colour is not needed.
        marked: Where a dark line is drawn over the map, shape (h, w).
    """
    share = np.clip(values / limit, -1, 1) if limit > 0 else np.zeros(np.shape(values))
    levels = np.rint(_MIDDLE + _MIDDLE * share).astype(np.uint8)
    if striped:
        rows, columns = np.indices(levels.shape)
        stripes = (rows + columns) % _STRIPES_EVERY == 0
        levels[stripes & (share < -_NEARLY_0)] = _STRIPE
    if marked is not None:
        levels[marked] = _STRIPE
    return _png_uri(levels, _signed_palette())


def level_uri(
    values: Array,
    low: float = 0.0,
    high: float = 1.0,
    *,
    colours: str = "gray",
    marked: Array | None = None,
) -> str:
    """Return an array of one sign, or a grey picture, as a `data:` address.

    Args:
        values: Shape (h, w).
        low: The value that gets the first colour.
        high: The value that gets the last colour.
        colours: The name of a colour map of matplotlib.
        marked: Where a line is drawn over the picture, shape (h, w).
    """
    span = high - low
    share = np.clip((values - low) / span, 0, 1) if span > 0 else np.zeros(np.shape(values))
    levels = np.rint((_MARK - 1) * share).astype(np.uint8)
    if marked is not None:
        levels[marked] = _MARK
    return _png_uri(levels, _palette(colours))


def signed_fill(value: float, limit: float) -> str:
    """Return the colour of a number's cell, "#rrggbb"; dark letters can be read on all of them."""
    share = float(np.clip(value / limit, -1, 1)) if limit > 0 else 0.0
    red, green, blue, _ = SIGNED(0.5 + _PALE_ENDS * share)
    return f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"


def shrunk(maps: Floats, largest: int) -> Floats:
    """Return maps (h, w, n) of at most `largest` pixels each way; each is the mean of a block."""
    height, width, count = maps.shape
    step = -(-max(height, width) // largest)
    if step == 1:
        return maps
    rows, columns = max(1, height // step), max(1, width // step)
    blocks = maps[: rows * step, : columns * step].reshape(rows, step, columns, -1, count)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def _png_uri(levels: NDArray[np.uint8], palette: bytes) -> str:
    picture = Image.frombytes("P", levels.shape[::-1], np.ascontiguousarray(levels).tobytes())
    picture.putpalette(palette)
    stored = BytesIO()
    picture.save(stored, format="png", compress_level=1)
    return f"data:image/png;base64,{b64encode(stored.getvalue()).decode('ascii')}"


@cache
def _palette(colours: str) -> bytes:
    table = mpl.colormaps[colours](np.linspace(0, 1, _MARK))[:, :3]
    return bytes(np.rint(255 * table).astype(np.uint8)) + _MARK_COLOUR


@cache
def _signed_palette() -> bytes:
    table = SIGNED(np.linspace(0, 1, 2 * _MIDDLE + 1))[:, :3]
    levels = np.rint(255 * table).astype(np.uint8)
    levels[_MIDDLE] = 255
    return bytes(levels) + bytes((31, 41, 51))  # the stripes' ink
