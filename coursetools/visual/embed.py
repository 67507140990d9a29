"""Figures and pictures as bytes and as HTML, with their alt text.

A figure becomes a PNG of at most 256 colours, which a notebook can store fifteen times and stay
small; a photograph becomes a JPEG, a fifth of the same photograph as PNG.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import as_picture

_JPEG_QUALITY = 88


def figure_png(figure: Figure) -> bytes:
    """Return a figure as a PNG with a palette of at most 256 colours, on white."""
    drawn = BytesIO()
    # A figure that lays itself out fills its page; any other is cut to what is drawn.
    box = None if figure.get_layout_engine() is not None else "tight"
    figure.savefig(
        drawn,
        format="png",
        facecolor="white",
        bbox_inches=box,
        pil_kwargs={"compress_level": 1},
    )
    drawn.seek(0)
    with Image.open(drawn) as picture:
        palette = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    stored = BytesIO()
    palette.save(stored, format="png", optimize=True)
    return stored.getvalue()


def figure_html(figure: Figure) -> str:
    """Return a figure as a `<figure>` element that carries its picture and its alt text."""
    source = _data_uri(figure_png(figure), "png")
    width = round(figure.get_figwidth() * figure.dpi)
    return (
        f'<figure style="margin:0"><img alt="{escape(alt_text(figure))}" src="{source}" '
        f'style="max-width:100%;width:{width}px"></figure>'
    )


def picture_uri(image: Any) -> str:
    """Return one picture as a `data:` address of a JPEG.

    Args:
        image: As `as_picture` takes it: (h, w, 3) in 0 to 1.
    """
    levels = np.rint(as_picture(image) * 255).astype(np.uint8)
    picture = Image.fromarray(levels[..., 0] if levels.shape[-1] == 1 else levels)
    stored = BytesIO()
    picture.save(stored, format="jpeg", quality=_JPEG_QUALITY)
    return _data_uri(stored.getvalue(), "jpeg")


def picture_html(source: str, alt: str, *, size: int) -> str:
    """Return an `<img>` element, `size` CSS pixels square, from an address and an alt text."""
    return f'<img alt="{escape(alt)}" src="{source}" width="{size}" height="{size}">'


def _data_uri(content: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode('ascii')}"
