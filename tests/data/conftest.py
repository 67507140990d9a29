import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

DATA = Path(__file__).resolve().parents[2] / "data"
# The generator is not installed; its modules stand beside each other in one folder.
sys.path.insert(0, str(DATA / "render"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The checkout's data folder."""
    return DATA


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def pictures() -> dict[str, npt.NDArray[np.uint8]]:
    """Every picture of the lessons' set, by its path below the data folder."""
    found = {}
    for path in sorted((DATA / "car-or-truck").glob("*/*/*.jpg")):
        with Image.open(path) as picture:
            assert (picture.format, picture.mode) == ("JPEG", "RGB"), path
            found[path.relative_to(DATA).as_posix()] = np.asarray(picture)
    return found


@pytest.fixture(scope="session")
def small() -> dict[str, tuple[npt.NDArray[np.uint8], list[dict[str, str]]]]:
    """Every tile of the small set and the lines of its list, by part.

    Read here without the course's loader.
    """
    found = {}
    for path in sorted((DATA / "car-or-truck-32").glob("*.png")):
        with Image.open(path) as sheet:
            assert (sheet.format, sheet.mode) == ("PNG", "RGB"), path
            rows = np.asarray(sheet).reshape(sheet.height // 32, 32, sheet.width // 32, 32, 3)
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        tiles = rows.swapaxes(1, 2).reshape(-1, 32, 32, 3)
        assert (tiles[len(lines) :] == 255).all(), path
        found[path.stem] = (tiles[: len(lines)], lines)
    return found
