"""The larger set of small pictures: each part is one sheet of tiles and a list of what they are."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from coursetools.datasets.errors import BrokenPictureError, UnknownPartError
from coursetools.datasets.folders import CLASSES
from coursetools.paths import DataNotFoundError, data_folder

SMALL_PARTS = ("train", "valid", "practice")
"""What is learned from, what is asked about while choosing, and what is asked about once."""

SMALL_SIZE = 32
"""Pixels a side."""

_NAME = "car-or-truck-32"
_AGAIN = "Install the package again, or run `git checkout data` in a checkout."


def load_small(
    part: str = "train", *, folder: str | Path | None = None
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Load one part of *car or truck?* at 32x32 pixels into memory.

    Cars and trucks take turns, four pictures of one vehicle at a time, so that the first pictures
    of a part are balanced too.

    Args:
        part: `"train"`, `"valid"` or `"practice"`.
        folder: Another folder of the same layout.

    Returns:
        Pictures, float32 in 0 to 1, shape (n, 32, 32, 3); labels, 0 for a car and 1 for a truck,
        int64, shape (n,).

    Raises:
        UnknownPartError: There is no such part.
        DataNotFoundError: The sheet or the list of the part is not there.
        BrokenPictureError: The sheet cannot be read, or the list does not fit it.
    """
    if part not in SMALL_PARTS:
        raise UnknownPartError(f"There is no part `{part}`. Use `train`, `valid` or `practice`.")
    place = Path(folder) if folder is not None else data_folder() / _NAME
    labels = _read_labels(place / f"{part}.csv")
    rows = _read_rows(place / f"{part}.png")
    columns = rows.shape[1]
    if -(-len(labels) // columns) != len(rows):
        raise BrokenPictureError(
            f"`{part}.csv` in `{place}` names `{len(labels)}` pictures, and `{part}.png` beside it "
            f"has `{len(rows)}` rows of `{columns}`. {_AGAIN}"
        )
    tiles = rows.reshape(-1, SMALL_SIZE, SMALL_SIZE, 3)[: len(labels)]
    return tiles.astype(np.float32) / np.float32(255), labels


def _read_labels(path: Path) -> npt.NDArray[np.int64]:
    """Read the class of each tile, shape (n,)."""
    with _there(path).open(encoding="utf-8", newline="") as file:
        try:
            names = [line["class"] for line in csv.DictReader(file, strict=True)]
            return np.array([CLASSES.index(name) for name in names], dtype=np.int64)
        except (KeyError, ValueError, csv.Error) as error:
            raise BrokenPictureError(
                f"The list `{path}` cannot be read ({error}): in each line it needs a `class`, "
                f"`Car` or `Truck`. {_AGAIN}"
            ) from error


def _read_rows(path: Path) -> npt.NDArray[np.uint8]:
    """Read a sheet as its rows of tiles, shape (rows, columns, 32, 32, 3)."""
    try:
        with Image.open(_there(path), formats=("PNG",)) as file:
            sheet = np.asarray(file.convert("RGB"))
    except DataNotFoundError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BrokenPictureError(
            f"The sheet `{path}` cannot be read as a picture ({error}). {_AGAIN}"
        ) from error
    height, width = sheet.shape[:2]
    if height % SMALL_SIZE or width % SMALL_SIZE:
        raise BrokenPictureError(
            f"The sheet `{path}` has `{width}` x `{height}` pixels, which is no whole number of "
            f"tiles of {SMALL_SIZE}. {_AGAIN}"
        )
    tiles = sheet.reshape(height // SMALL_SIZE, SMALL_SIZE, width // SMALL_SIZE, SMALL_SIZE, 3)
    return tiles.swapaxes(1, 2)


def _there(path: Path) -> Path:
    if not path.is_file():
        raise DataNotFoundError(
            f"The small pictures need the file `{path}`, and it is not there. {_AGAIN}"
        )
    return path
