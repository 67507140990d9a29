"""A part of the small set in one file: a sheet of its pictures, and a list that says what they are.

Thousands of files of two kilobytes would be slow to copy and to read. `train.png` holds the
pictures beside each other, `train.csv` has a line for each, from left to right and from top to
bottom. Car and truck scenes take turns, so the first pictures of a part are balanced too.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from manifest import file_sum, read_manifest, write_whole
from plan import PictureSet, SceneTask

COLUMNS = 40
COLUMN_NAMES = ("class", "scene", "camera", "kind")

Tile = npt.NDArray[np.uint8]


def sheet_name(wanted: PictureSet, part: str) -> str:
    """Path of a part's sheet below the data folder."""
    return f"{wanted.folder}/{part}.png"


def list_name(wanted: PictureSet, part: str) -> str:
    """Path of the list of a part's pictures below the data folder."""
    return f"{wanted.folder}/{part}.csv"


def _in_order(wanted: PictureSet, part: str) -> list[SceneTask]:
    tasks = [task for task in wanted.scenes() if task.part == part]
    return sorted(tasks, key=lambda task: (task.number, task.label))


def read_packed(folder: Path, wanted: PictureSet) -> dict[str, Tile]:
    """Every picture that the sheets hold, by the path it has when it lies loose.

    A sheet that is not the one of the manifest counts as not there.
    """
    if not wanted.packed:
        return {}
    sums: dict[str, str] = read_manifest(folder)["files"]
    found: dict[str, Tile] = {}
    for part in wanted.parts:
        names = (sheet_name(wanted, part), list_name(wanted, part))
        if any(
            name not in sums
            or not (folder / name).exists()
            or file_sum(folder / name) != sums[name]
            for name in names
        ):
            continue
        with Image.open(folder / names[0]) as sheet:
            pixels = np.asarray(sheet.convert("RGB"))
        lines = csv.DictReader((folder / names[1]).read_text(encoding="utf-8").splitlines())
        for place, line in enumerate(lines):
            row, column = (number * wanted.size for number in divmod(place, COLUMNS))
            tile = pixels[row : row + wanted.size, column : column + wanted.size]
            inside = wanted.folder_of(part, line["class"])
            found[f"{inside}/{int(line['scene']):04d}-{line['camera']}{wanted.suffix}"] = tile
    return found


def _tile(folder: Path, name: str, packed: dict[str, Tile]) -> Tile:
    path = folder / name
    if not path.exists():
        return packed[name]
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def pack(folder: Path, wanted: PictureSet) -> None:
    """Write the sheet and the list of each part, then remove the loose pictures."""
    packed = read_packed(folder, wanted)
    for part in wanted.parts:
        tasks = _in_order(wanted, part)
        names = [name for task in tasks for name in task.files]
        rows = -(-len(names) // COLUMNS)
        sheet = np.full((rows * wanted.size, COLUMNS * wanted.size, 3), 255, np.uint8)
        for place, name in enumerate(names):
            row, column = (number * wanted.size for number in divmod(place, COLUMNS))
            tile = _tile(folder, name, packed)
            sheet[row : row + wanted.size, column : column + wanted.size] = tile
        image = io.BytesIO()
        Image.fromarray(sheet).save(image, "PNG", optimize=True)
        write_whole(folder / sheet_name(wanted, part), image.getvalue())
        write_whole(folder / list_name(wanted, part), _list(tasks).encode())
    _remove_loose(folder, wanted)


def _list(tasks: list[SceneTask]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMN_NAMES)
    for task in tasks:
        for name in task.files:
            camera = Path(name).stem.rpartition("-")[2]
            writer.writerow((task.label, task.number, camera, task.kind))
    return lines.getvalue()


def _remove_loose(folder: Path, wanted: PictureSet) -> None:
    for task in wanted.scenes():
        for name in task.files:
            (folder / name).unlink(missing_ok=True)
        inside = folder / wanted.folder_of(task.part, task.label)
        for emptied in (inside, inside.parent):
            if emptied.is_dir() and not any(emptied.iterdir()):
                emptied.rmdir()
