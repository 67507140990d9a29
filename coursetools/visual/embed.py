"""Figures and pictures as bytes and as HTML, with their alt text.

A figure of lines becomes a PNG of at most 256 colours; a photograph, or a figure that shows some,
becomes a JPEG, a fraction of the same as PNG. So a notebook can store many and stay small.
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
# A figure also holds letters, which show the traces of a strong compression first.
_FIGURE_QUALITY = 90
# Root of the mean squared error, in levels of 0 to 255, from which blots were seen on photographs.
_VISIBLE_ERROR = 2.0


def figure_picture(figure: Figure) -> tuple[bytes, str]:
    """Return a figure's picture and its kind, "png" or "jpeg".

    A PNG has a palette of at most 256 colours. That is plenty for lines and letters; where it
    would break photographs into blots, the figure becomes a JPEG.
    """
    drawn = _drawn(figure)
    few = _palette(drawn)
    stored = BytesIO()
    if _mean_error(drawn, few) > _VISIBLE_ERROR:
        drawn.save(stored, format="jpeg", quality=_FIGURE_QUALITY, subsampling=0, optimize=True)
        return stored.getvalue(), "jpeg"
    few.save(stored, format="png", optimize=True)
    return stored.getvalue(), "png"


def figure_png(figure: Figure) -> bytes:
    """Return a figure as a PNG with a palette of at most 256 colours, on white."""
    stored = BytesIO()
    _palette(_drawn(figure)).save(stored, format="png", optimize=True)
    return stored.getvalue()


def figure_html(figure: Figure) -> str:
    """Return a figure as a `<figure>` element that carries its picture and its alt text."""
    content, kind = figure_picture(figure)
    width = round(figure.get_figwidth() * figure.dpi)
    return (
        f'<figure style="margin:0"><img alt="{escape(alt_text(figure))}" '
        f'src="{_data_uri(content, kind)}" style="max-width:100%;width:{width}px"></figure>'
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


def _drawn(figure: Figure) -> Image.Image:
    stored = BytesIO()
    # The course's figures fill their page. One that a student made with pyplot may have text
    # beyond its edge, or wide margins: it is cut to what is drawn, as notebooks do.
    ours = figure.canvas.manager is None or figure.get_layout_engine() is not None
    box = None if ours else "tight"
    figure.savefig(
        stored,
        format="png",
        facecolor="white",
        bbox_inches=box,
        pil_kwargs={"compress_level": 1},
    )
    stored.seek(0)
    return Image.open(stored).convert("RGB")


def _palette(picture: Image.Image) -> Image.Image:
    return picture.quantize(256, method=Image.Quantize.MEDIANCUT, kmeans=1)


def _mean_error(picture: Image.Image, few: Image.Image) -> float:
    difference = np.asarray(picture, np.float32) - np.asarray(few.convert("RGB"), np.float32)
    return float(np.sqrt((difference**2).mean()))


def _data_uri(content: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode('ascii')}"
