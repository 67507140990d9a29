"""The sample submissions: they are what their script makes, and each comes in as it should."""

import importlib.util
from pathlib import Path

import pytest

from coursetools.grading.intake import read_roster, receive
from coursetools.grading.notebook import assemble, load_release, read_notebook

HERE = Path(__file__).resolve().parent
LESSON = "2-convolution-and-relu"
FATES = {
    f"Bob Öz_5012_assignsubmission_file_/{LESSON}.ipynb": ("graded", ""),
    "Ida Berg - Copy (2).ipynb": ("graded", ""),
    "José Núñez.ipynb": ("graded", ""),
    f"c1843/{LESSON}.ipynb": ("graded", ""),
    "c1843/notes.txt": ("rejected", "no notebook"),
    "d1882.ipynb": ("graded", ""),
    "e1912.zip": ("beside", "An archive of 3 files."),
    "e1912.zip/homework.zip": ("beside", "An archive of 2 files."),
    f"e1912.zip/homework.zip/{LESSON}.ipynb": ("graded", ""),
    f"e1912.zip/homework.zip/__MACOSX/._{LESSON}.ipynb": ("rejected", "macOS"),
    "f1903.ipynb": ("rejected", "cut off"),
    "g1923.ipynb": ("rejected", "empty"),
    f"lovelaceada_4711_90001_{LESSON}.ipynb": ("superseded", "by the number of the try"),
    f"lovelaceada_LATE_4711_90002_{LESSON}-1.ipynb": ("graded", ""),
}
OPEN = {
    "a1815": [],
    "b1906": ["2.5", "2.6"],
    "c1843": ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"],
    "d1882": [],
    "e1912": [],
    "h1878": [],
    "i1887": [],
}


@pytest.fixture(scope="module")
def received():
    return receive(HERE / "handed-in", read_roster(HERE / "roster.csv"), lesson=2)


def test_they_are_what_their_script_makes():
    spec = importlib.util.spec_from_file_location("make_submissions", HERE / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    there = {
        path.relative_to(HERE).as_posix(): path.read_bytes()
        for path in [*(HERE / make.FOLDER).rglob("*"), HERE / make.ROSTER]
        if path.is_file()
    }
    assert there == make.files(), "run `python tests/submissions/make.py`"


def test_each_file_is_accounted_for(received):
    assert [file.path for file in received.files] == sorted(FATES)
    for file in received.files:
        disposition, reason = FATES[file.path]
        assert file.disposition == disposition, file
        assert reason in file.reason


def test_each_student_is_known_or_missing(received):
    assert [s.student_id for s in received.submissions] == list(OPEN)
    assert [entry.id for entry in received.missing] == ["f1903", "g1923", "j1900"]
    assert not any(submission.review for submission in received.submissions)


def test_each_answer_is_found(received):
    released = load_release(2)
    for submission in received.submissions:
        found = assemble(read_notebook(submission.notebook), released)
        untouched = [number for number, answer in found.answers.items() if answer.untouched]
        assert untouched == OPEN[submission.student_id]
        assert all(answer.source for answer in found.answers.values())
        assert [cell.exercise for cell in found.cells if cell.exercise] == list(found.answers)
