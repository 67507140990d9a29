"""The benchmark's assignment for nbgrader: what nbgrader's own validator would ask, without it."""

import ast
import re

import nbformat
import pytest

from benchmarks.grading import assignment
from coursetools import lessons
from coursetools.grading.needed import needed
from coursetools.grading.notebook import assemble, load_release, read_notebook
from coursetools.grading.notebook.released import release_file
from notebooks.runs import MARKER, answer_cells, read

FIELDS = {"schema_version", "grade_id", "solution", "locked", "grade", "task"}


@pytest.fixture(params=[1, 2, 4])
def lesson(request):
    return lessons.load(request.param)


@pytest.fixture
def source(lesson):
    return assignment.nbgrader_source(read(release_file(lesson.number)), lesson)


def marked(notebook):
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


def test_it_is_a_valid_notebook_with_nbgraders_marks(source):
    nbformat.validate(source)
    names = [cell.metadata["nbgrader"]["grade_id"] for cell in marked(source)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in names)
    for cell in marked(source):
        marks = cell.metadata["nbgrader"]
        assert marks.keys() == FIELDS | ({"points"} if marks["grade"] else set())
        assert marks["schema_version"] == 3
        assert marks["solution"] != marks["locked"]
        ast.parse(cell.source)


def test_each_answer_is_followed_by_the_cell_with_its_points(source, lesson):
    asked = {}
    for cell, following in zip(source.cells, source.cells[1:], strict=False):
        number = MARKER.match(cell.source)
        if number and cell.cell_type == "code":
            assert cell.source.count("### BEGIN SOLUTION") == 1
            assert cell.source.count("### END SOLUTION") == 1
            assert cell.metadata["nbgrader"]["solution"]
            assert number.group(1) in following.source
            asked[number.group(1)] = following.metadata["nbgrader"]["points"]
    assert asked == {exercise.number: exercise.points for exercise in lesson.exercises}


def test_both_graders_run_the_same_cells(source, lesson):
    student = "bench0001"
    released = read(release_file(lesson.number))
    filled = read(release_file(lesson.number))
    assignment.fill(filled, lesson, student)
    release = load_release(lesson.number)
    run = needed(assemble(read_notebook(nbformat.writes(filled).encode()), release).cells, release)
    assignment.fill(source, lesson, student)
    ours = [cell.source for cell in run if cell.exercise is None]
    theirs = [
        cell.source
        for cell in source.cells
        if cell.cell_type == "code" and "nbgrader" not in cell.metadata
    ]
    connects = [f'student_id="{student}"' in cell for cell in theirs]
    assert connects.count(True) == 1
    assert len(ours) == len(theirs)
    assert [o for o in ours if "connect(" not in o] == [t for t in theirs if "connect(" not in t]
    assert len(answer_cells(released)) == len(lesson.exercises)


def test_every_second_student_leaves_every_second_exercise_open(lesson):
    solved, half = (read(release_file(lesson.number)) for _ in range(2))
    assignment.fill(solved, lesson, "bench0000")
    assignment.fill(half, lesson, "bench0001")
    assert not any("____" in cell.source for cell in answer_cells(solved).values())
    still = ["____" in cell.source for cell in answer_cells(half).values()]
    assert still == [bool(place % 2) for place in range(len(lesson.exercises))]


def test_nbgraders_submissions_have_the_same_answers(tmp_path, source, lesson):
    for cell in answer_cells(source).values():  # what nbgrader makes of a solution
        head, _, rest = cell.source.partition("### BEGIN SOLUTION")
        cell.source = f"{head}# YOUR CODE HERE\nraise NotImplementedError()\n{rest[-13:]}"
    assignment.write_nbgrader_submissions(source, lesson, ["bench0001"], tmp_path, "lesson")
    written = read(tmp_path / "bench0001" / "lesson" / "lesson.ipynb")
    assert "NotImplementedError" not in "".join(cell.source for cell in written.cells)
    for place, (number, cell) in enumerate(answer_cells(written).items()):
        open_ = "____" in cell.source
        assert open_ == bool(place % 2)
        if not open_:
            assert lesson.exercise(number).solution_for("bench0001").strip() in cell.source
