"""Figures compared with stored pictures of them, with patience for how letters are drawn.

A stored picture is small. For a comparison both are averaged over blocks of pixels, so that the
edges of letters and lines, which other versions of a library draw a little differently, weigh
little, and a panel that moved, changed its colours or fell away weighs much.

`make golden`, or pytest with --renew-golden, stores the pictures anew; look at them before they
are committed.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "golden"

_WIDTH = 400  # pixels
_BLOCK = 8
# Levels of 0 to 255: the mean over all blocks, and the difference that a block may have at most,
# but for one block in two hundred.
_MEAN = 2.0
_ONE = 30.0
_ODD_BLOCKS = 0.005


@dataclass(frozen=True)
class Golden:
    """Compares figures with the stored ones.

    folder: Where the pictures are stored.
    seen: Where a picture that differs is put, to be looked at.
    renew: Whether pictures are stored instead of compared.
    """

    folder: Path
    seen: Path
    renew: bool

    def __call__(self, figure: Figure, name: str) -> None:
        drawn = small_picture(figure)
        file = self.folder / f"{name}.png"
        if self.renew:
            self.folder.mkdir(parents=True, exist_ok=True)
            drawn.save(file, optimize=True)
            return
        if not file.is_file():
            pytest.fail(f"There is no stored picture {file.name}: run `make golden`, and look.")
        trouble = difference(drawn, Image.open(file).convert("RGB"))
        if trouble:
            shown = self.seen / file.name
            drawn.save(shown)
            pytest.fail(f"{name}: {trouble}. Drawn now: {shown}. If it is right: `make golden`.")


def small_picture(figure: Figure) -> Image.Image:
    """Draw a figure 400 pixels wide, in colours that compress well."""
    stored = BytesIO()
    figure.savefig(stored, format="png", dpi=100, facecolor="white")
    drawn = Image.open(stored).convert("RGB")
    height = round(_WIDTH * drawn.height / drawn.width)
    small = drawn.resize((_WIDTH, height), Image.Resampling.BOX)
    return small.quantize(128, dither=Image.Dither.NONE).convert("RGB")


def difference(drawn: Image.Image, stored: Image.Image) -> str:
    """Say how two pictures differ beyond the tolerance, or return ""."""
    if abs(drawn.height - stored.height) > 1 or drawn.width != stored.width:
        return f"the size is {drawn.size}, it was {stored.size}"
    blocks = np.abs(_blocks(drawn.resize(stored.size)) - _blocks(stored))
    mean = float(blocks.mean())
    odd = float((blocks.max(axis=-1) > _ONE).mean())
    if mean > _MEAN:
        return f"the mean difference is {mean:.2f} levels of 255, allowed are {_MEAN}"
    if odd > _ODD_BLOCKS:
        return f"{odd:.1%} of the picture differ by more than {_ONE} levels of 255"
    return ""


def _blocks(picture: Image.Image) -> np.ndarray:
    size = (max(picture.width // _BLOCK, 1), max(picture.height // _BLOCK, 1))
    return np.asarray(picture.resize(size, Image.Resampling.BOX), np.float32)
