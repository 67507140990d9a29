"""Assignments that the tools themselves made, read as a list of exercises."""

import json
from pathlib import Path

import pytest

from coursetools.grading.foreign import ForeignError, Marking, read_assignment
from grading.foreign import sources

MADE = Path(__file__).parent / "assignments"
AUTO, HAND = Marking.AUTOMATIC, Marking.MANUAL

NBGRADER = [
    ("stops", AUTO, 3, 1),
    ("share", AUTO, 3, 2),
    ("why", HAND, 3, 0),
    ("draw", HAND, 2, 0),
    ("roll", AUTO, 1, 1),
    ("walk", HAND, 2, 0),
]
OTTER = [("stops", AUTO, 4, 3), ("share", AUTO, 1, 2), ("why", HAND, 3, 0), ("draw", HAND, 2, 0)]
MADE_OTTER = [*OTTER[:2], ("question 3", HAND, 1, 0), ("question 4", HAND, 1, 0)]
STUDENTS = [("stops", AUTO, 4, 2), *MADE_OTTER[1:]]

LISTS = {
    "nbgrader-source.ipynb": NBGRADER,
    "nbgrader-released.ipynb": NBGRADER,
    "otter-source.ipynb": OTTER,
    "otter-autograder/windows.ipynb": MADE_OTTER,
    "otter-files-autograder/windows.ipynb": MADE_OTTER,
    "otter-student/windows.ipynb": STUDENTS,
    "otter-files-student/windows.ipynb": STUDENTS,
}


def read(name):
    return read_assignment(MADE / name)


@pytest.mark.parametrize("name", LISTS)
def test_exercises_are_listed_with_who_marks_them_and_their_points(name):
    found = read(name)
    assert [(e.name, e.marking, e.points, len(e.tests)) for e in found.exercises] == LISTS[name]
    assert [e.number for e in found.exercises] == list(range(1, len(LISTS[name]) + 1))
    assert found.title.lower() == "windows"


@pytest.mark.parametrize("name", LISTS)
def test_hidden_tests_and_solutions_are_there_where_the_file_has_them(name):
    found = read(name)
    students = "released" in name or "student" in name
    stops = found.exercises[0]
    hidden = [step.source for test in stops.tests for step in test.steps if step.hidden]
    assert bool(hidden) is not students
    assert all("stops(7, 7)" in source for source in hidden)
    assert ("return (n - k) // s + 1" in stops.solution) is not students
    assert not students or not any(e.solution for e in found.exercises)
    assert any(each.name == "hidden tests" for each in found.left_out) is students


def test_what_nbgrader_says_to_who_marks_and_to_students_is_kept_apart():
    walk = read("nbgrader-source.ipynb").exercises[-1]
    assert walk.guide.startswith("2 points for a row")
    assert "MARK SCHEME" not in walk.question
    assert "walk a window along it" in walk.question


def test_points_of_otters_tests_add_up_as_otter_shares_them_out():
    stops, share = read("otter-source.ipynb").exercises[:2]
    assert [test.points for test in stops.tests] == [1, 1, 2]
    assert [test.points for test in share.tests] == [0.5, 0.5]


def nb(*cells):
    return sources.notebook(list(cells))


def raw(source):
    return sources.cell("raw", source)


CODE = sources.cell("code", "x = 1")
BROKEN = {
    "{": "cut off",
    "[]": "not a notebook",
    nb(CODE): "No cell has nbgrader's metadata",
    nb(sources.tests_cell("a", 1, "assert x == 1")): "nothing in it is asked",
    nb(CODE | {"metadata": {"nbgrader": 7}}): "nothing in it is asked",
    nb(raw("# BEGIN QUESTION\nname: [")): "no YAML",
    nb(raw("# BEGIN QUESTION\n- 1")): "no list of settings",
    nb(raw("# BEGIN QUESTION\nname: q")): "has no end",
    nb(raw("# END QUESTION")): "was not begun",
    nb(raw("# BEGIN TESTS")): "in a wrong place",
    nb(sources.cell("markdown", "```\nBEGIN QUESTION\nname: q1\n```")): "oldest format",
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_assignment_is_refused_in_a_sentence(text, tmp_path):
    file = tmp_path / "a.ipynb"
    file.write_text(text)
    with pytest.raises(ForeignError, match=BROKEN[text]):
        read_assignment(file)


def test_another_language_is_refused(tmp_path):
    content = json.loads((MADE / "otter-source.ipynb").read_text())
    content["metadata"] = {"kernelspec": {"language": "R"}}
    (tmp_path / "a.ipynb").write_text(json.dumps(content))
    with pytest.raises(ForeignError, match="only Python"):
        read_assignment(tmp_path / "a.ipynb")


def test_a_file_of_tests_is_only_looked_for_beside_the_notebook(tmp_path):
    outside = tmp_path / "q.py"
    outside.write_text("test = 1")
    folder = tmp_path / "in" / "tests"
    folder.mkdir(parents=True)
    file = folder.parent / "a.ipynb"
    file.write_text(nb(CODE, sources.cell("code", 'grader.check("../../q")')))
    (exercise,) = read_assignment(file).exercises
    assert exercise.marking is HAND


@pytest.mark.parametrize(
    "text",
    [
        "OK_FORMAT = True\ntest = __import__('os').system('true')",
        "OK_FORMAT = True\ntest = {'suites': [1]}",
        "raise SystemExit",
        "def (",
        "",
    ],
)
def test_a_file_of_tests_that_is_none_is_refused(text, tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1.py").write_text(text)
    (tmp_path / "a.ipynb").write_text(nb(CODE, sources.cell("code", 'grader.check("q1")')))
    with pytest.raises(ForeignError, match="tests of `q1`"):
        read_assignment(tmp_path / "a.ipynb")


def test_tests_that_raise_are_read_from_their_file(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1.py").write_text(
        "from otter.test_files import test_case\n\nOK_FORMAT = False\nname = 'q1'\npoints = 3\n\n"
        "@test_case(points=1, hidden=True)\ndef test_one(x):\n    assert x == 1\n\n"
        "@test_case()\ndef test_two(x):\n    assert x < 2\n"
    )
    (tmp_path / "a.ipynb").write_text(nb(CODE, sources.cell("code", 'grader.check("q1")')))
    (exercise,) = read_assignment(tmp_path / "a.ipynb").exercises
    assert [(t.points, t.steps[0].hidden) for t in exercise.tests] == [(1, True), (2, False)]


def told(*cells, tmp_path):
    file = tmp_path / "a.ipynb"
    file.write_text(nb(*cells))
    found = read_assignment(file)
    return found, {each.name: each.reason for each in found.left_out}


def test_what_is_odd_in_nbgraders_metadata_is_named(tmp_path):
    answer = sources.answer_cell("ok", "x = 1")
    later = sources.role("new", "code", 1, grade=True)
    later["nbgrader"]["schema_version"] = 9
    found, left = told(
        sources.tests_cell("early", 2, "assert y == 1"),
        sources.cell("code", "z = 1", metadata=later),
        sources.cell("code", "z = 1", metadata={"nbgrader": {"grade": "yes", "grade_id": "b"}}),
        answer,
        sources.answer_cell("ok", "x = 2"),
        sources.tests_cell("many", 101, "assert x == 2"),
        sources.tests_cell("odd", "lots", "assert x == 2"),
        raw("kept by nobody"),
        sources.answer_cell("last", "w = 1"),
        tmp_path=tmp_path,
    )
    assert "2 points are gone" in left["early"]
    assert "not known" in left["new"]
    assert "broken" in left["b"]
    assert "joined with" in left["ok"] or "Two cells" in left["ok"]
    assert "100 is the most" in left["many"]
    assert "not a number" in left["odd"]
    assert "raw cell" in left["cell 8"]
    assert "no test follows" in left["last"]
    assert [e.points for e in found.exercises] == [100]


def test_what_is_odd_in_otters_source_is_named(tmp_path):
    _, left = told(
        raw("# ASSIGNMENT CONFIG\nname: x\nseed: {variable: rng}"),
        raw("# BEGIN QUESTION\nname: q1\ncheck_cell: false"),
        raw("# BEGIN SOLUTION"),
        CODE,
        raw("# END SOLUTION"),
        raw("# END QUESTION"),
        raw("left alone"),
        tmp_path=tmp_path,
    )
    assert "Otter's alone" in left["the assignment's `seed`"]
    assert "no tests" in left["q1"] or "check_cell" in left["q1"]
    assert "raw cell" in left["cell 7"]
