"""The lessons' notebooks."""

from pathlib import Path

import pytest

from coursetools import lessons
from coursetools.exercises import Lesson
from notebooks.runs import read

FOLDER = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(params=sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem, scope="module")
def path(request: pytest.FixtureRequest) -> Path:
    """A lesson's notebook in the repository."""
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def lesson(path: Path) -> Lesson:
    """The exercises of that notebook, whose file name begins with the lesson's number."""
    return lessons.load(int(path.name.split("-")[0]))


@pytest.fixture
def notebook(path: Path):
    """The notebook, read anew."""
    return read(path)
