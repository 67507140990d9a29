"""Pictures from anyone: decoded within limits, and encoded anew, so that only pixels cross."""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 16_000_000
"""A small file can announce a picture that fills the memory; this is 48 MB once decoded."""
LONGEST_SIDE = 1_600
"""Pixels on a page; what is larger is made smaller."""

_FORMATS = ("PNG", "JPEG")
"""The only decoders that are tried; some of Pillow's others start programs."""


class UnusablePictureError(ValueError):
    """It cannot be shown; the message is the end of a sentence that says why."""


@dataclass(frozen=True)
class Picture:
    """A picture for a page."""

    uri: str
    """A `data:` address."""
    width: int
    height: int


def picture(content: bytes) -> Picture:
    """Give a picture for a page: at most 1,600 pixels a side, on white, without any metadata.

    Args:
        content: A PNG or JPEG, as a student's process sent it.

    Raises:
        UnusablePictureError: It is no such picture, is damaged, or is too large.
    """
    if len(content) > MOST_BYTES:
        raise UnusablePictureError(f"it has more than {MOST_BYTES // 1024**2} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise UnusablePictureError("it has too many pixels")
                photograph = opened.format == "JPEG"
                drawn = _on_white(opened)
    except UnusablePictureError:
        raise
    except UnidentifiedImageError:
        raise UnusablePictureError("it is neither a PNG nor a JPEG picture") from None
    except Image.DecompressionBombError:
        raise UnusablePictureError("it has too many pixels") from None
    except Exception as error:
        raise UnusablePictureError("it is damaged") from error
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _encoded(drawn, photograph=photograph)


def _on_white(opened: Image.Image) -> Image.Image:
    opened.load()
    if opened.mode == "P" or "transparency" in opened.info:
        opened = opened.convert("RGBA")
    if opened.mode not in ("RGBA", "LA"):
        return opened.convert("RGB")
    over = opened.convert("RGBA")
    ground = Image.new("RGBA", over.size, "white")
    return Image.alpha_composite(ground, over).convert("RGB")


def _encoded(drawn: Image.Image, *, photograph: bool) -> Picture:
    file = io.BytesIO()
    if photograph:
        drawn.save(file, "JPEG", quality=88)
    else:
        drawn.save(file, "PNG")
    kind = "jpeg" if photograph else "png"
    content = base64.b64encode(file.getvalue()).decode("ascii")
    return Picture(f"data:image/{kind};base64,{content}", drawn.width, drawn.height)
