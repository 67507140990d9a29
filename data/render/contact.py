"""Contact sheets: small views of many pictures, to look at."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from manifest import write_whole
from packed import Tile, read_packed
from plan import CLASSES, PictureSet

COLUMNS = 20
PIXELS = 80
MOST_OF_A_CLASS = 160


def contact_name(wanted: PictureSet) -> str:
    """Path of a set's contact sheet below the data folder."""
    return f"{wanted.folder}/sheet.jpg"


def write_contact_sheet(folder: Path, wanted: PictureSet) -> None:
    """The first picture of training scenes in rows: cars above, trucks below."""
    packed = read_packed(folder, wanted)
    groups = {
        label: [
            packed[task.files[0]] if wanted.packed else _read(folder / task.files[0])
            for task in sorted(wanted.scenes(), key=lambda task: task.number)
            if (task.part, task.label) == (wanted.parts[0], label)
        ][:MOST_OF_A_CLASS]
        for label in CLASSES
    }
    buffer = io.BytesIO()
    draw_contact_sheet(groups).save(buffer, "JPEG", quality=82, optimize=True)
    write_whole(folder / contact_name(wanted), buffer.getvalue())


def draw_contact_sheet(groups: Mapping[str, Sequence[Tile]]) -> Image.Image:
    """Groups of pictures below each other, each in rows, all brought to one size."""
    rows = [-(-len(group) // COLUMNS) for group in groups.values()]
    sheet = Image.new("RGB", (COLUMNS * PIXELS, sum(rows) * PIXELS), (255, 255, 255))
    inner, first = PIXELS - 2, 0
    for group, height in zip(groups.values(), rows, strict=True):
        for i, picture in enumerate(group):
            small = Image.fromarray(picture).resize((inner, inner), Image.Resampling.LANCZOS)
            row, column = divmod(i, COLUMNS)
            sheet.paste(small, (column * PIXELS, (first + row) * PIXELS))
        first += height
    return sheet


def _read(path: Path) -> Tile:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))
