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
    """Every picture decoded, by its path below the data folder."""
    found = {}
    for path in sorted((DATA / "car-or-truck").glob("*/*/*.jpg")):
        with Image.open(path) as picture:
            assert (picture.format, picture.mode) == ("JPEG", "RGB"), path
            found[path.relative_to(DATA).as_posix()] = np.asarray(picture)
    return found
