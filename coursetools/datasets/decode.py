"""Decoding one picture of unknown origin."""

from __future__ import annotations

import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from coursetools.datasets.errors import UnusableFileError
from coursetools.datasets.folders import SUFFIXES

FORMATS = ("JPEG", "PNG")
"""The only decoders that are tried; some of Pillow's others start programs."""

LARGEST_FILE = 50 * 1024**2
"""Bytes."""

MOST_PIXELS = 64_000_000
"""A small file can announce a picture that fills the memory; this is 192 MB once decoded."""

SMALLEST_SIDE = 8
"""Pixels."""

_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr")


def decode(path: Path, size: tuple[int, int]) -> Image.Image:
    """Decode a file to an RGB picture of the given width and height, resized bilinearly.

    A picture is turned upright as its camera noted, and laid on white where it is transparent. It
    is stretched, not cropped, as `keras.utils.image_dataset_from_directory` does too.

    Raises:
        UnusableFileError: It is no picture that can be used; the message is the reason alone.
    """
    try:
        check_file(path)
        with _no_warnings(), Image.open(path, formats=FORMATS) as file:
            _check_header(file)
            upright = ImageOps.exif_transpose(file)
            return _on_white(upright).resize(size, Image.Resampling.BILINEAR)
    except UnusableFileError:
        raise
    except UnidentifiedImageError:
        raise UnusableFileError("it is not a JPEG or PNG picture") from None
    except Image.DecompressionBombError:  # far beyond Pillow's own limit, and beyond ours
        raise UnusableFileError("it has far too many pixels") from None
    except (OSError, ValueError, SyntaxError) as error:  # Pillow's decoders, for damaged files
        raise UnusableFileError(f"it cannot be read as a picture ({error})") from error


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Keep Pillow's warnings off the screen: whatever is wrong here is told as a reason."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def check_file(path: Path) -> None:
    """Raise UnusableFileError for a file that is not worth opening, or not safe to open."""
    if path.is_symlink():
        raise UnusableFileError("it is a link")
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        raise UnusableFileError("it is not an ordinary file")
    if path.suffix.lower() not in SUFFIXES:
        raise UnusableFileError(f"its name does not end in {', '.join(SUFFIXES)}")
    if status.st_size == 0:
        raise UnusableFileError("it is empty")
    if status.st_size > LARGEST_FILE:
        raise UnusableFileError(f"it is larger than {LARGEST_FILE // 1024**2} MB")


def _check_header(file: Image.Image) -> None:
    """Refuse by what the header announces, before any pixel is decoded."""
    if file.width * file.height > MOST_PIXELS:
        raise UnusableFileError(f"it has {file.width} x {file.height} pixels, too many")
    if min(file.size) < SMALLEST_SIDE:
        raise UnusableFileError(f"it has only {file.width} x {file.height} pixels")
    if file.mode not in _MODES:
        raise UnusableFileError(f"its colours are stored as `{file.mode}`, which is not read here")


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")
