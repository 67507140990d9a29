"""One submission, one grade: no cell costs another exercise, and our failure is never a zero."""

from dataclasses import replace

import pytest

from coursetools.answers import Number, Text
from coursetools.exercises import Exercise, Lesson, fail_if
from coursetools.grading.grader import MOST_LEFT_OUT, grade_one
from coursetools.grading.notebook import UnreadableNotebookError
from coursetools.grading.records import RunStatus, Submission
from coursetools.sandbox.process import SandboxError
from coursetools.sandbox.reports import CellReport, Limits, Shown
from grading.scripted import ScriptedRunner, assignment, handed_in


def number(place, name, right):
    exercise = Exercise(
        number=f"9.{place}", title=name, question="?", answers={name: Number(integer=True)}
    )

    @exercise.solution
    def solve():
        return {name: right}

    namespace = {}
    exec(
        f"def is_right({name}):\n    'It is right.'\n    fail_if({name} != {right}, 'It is not.')",
        {"fail_if": fail_if},
        namespace,
    )
    exercise.check(points=2)(namespace["is_right"])
    return exercise


LESSON = Lesson(
    number=9,
    title="Practice",
    exercises=(number(1, "first", 1), number(2, "second", 2)),
    hands_out={"9.1": lambda earlier: {"first": 1}},
)
KILLER = ("killer", "import os; os._exit(0)")


def graded(submission=None, script=lambda cell, use: None, **more):
    runner = ScriptedRunner(LESSON, script, more.pop("opening", lambda n: None))
    grade = grade_one(submission or handed_in(), assignment(LESSON, **more), runner)
    assert all(place.closed for place in runner.places)
    return grade, runner


def ending(*words, status=RunStatus.KILLED):
    def script(cell, use):
        if any(word in cell.source for word in words):
            return CellReport(ended=status, sentence="It ended with code 0.")
        return None

    return script


def test_right_answers_earn_all_points():
    grade, runner = graded()
    assert (grade.score, grade.max_score, grade.status) == (4, 4, RunStatus.FINISHED)
    assert (grade.student_id, grade.name, grade.needs_review) == ("ada", "Ada", False)
    assert len(runner.places) == 1
    assert [cell.exercise for cell in grade.cells] == ["9.1", "9.2"]


def test_a_cell_that_ends_the_process_is_left_out_and_costs_nothing_else():
    grade, runner = graded(handed_in(KILLER), ending("os._exit"))
    assert grade.score == 4
    assert grade.status is RunStatus.KILLED
    assert not any("os._exit" in source for source in runner.places[1].ran)
    assert "left out" in next(cell.note for cell in grade.cells if cell.source == KILLER[1])


def test_an_answer_cell_that_ends_the_process_costs_its_own_exercise():
    grade, _ = graded(script=ending("Exercise 9.1"))
    assert [exercise.score for exercise in grade.exercises] == [0, 2]
    assert "did not come to an end" in grade.exercises[0].notes[0]


def test_too_many_endings_are_for_a_person():
    killers = [(f"k{n}", f"kill({n})") for n in range(MOST_LEFT_OUT + 2)]
    grade, runner = graded(handed_in(*killers), ending("kill("))
    assert len(runner.places) == MOST_LEFT_OUT + 1
    assert [exercise.score for exercise in grade.exercises] == [2, 0]
    assert "were not run" in grade.review[0]


def test_the_time_of_all_tries_together_is_limited():
    grade, runner = graded(handed_in(KILLER), ending("os._exit"), limits=Limits(wall=1e-9, cpu=9.0))
    assert len(runner.places) == 1
    assert grade.needs_review
    assert runner.limits[0].wall <= 1e-9


def test_what_is_left_of_the_time_is_given_to_the_next_try():
    _, runner = graded(handed_in(KILLER), ending("os._exit"), limits=Limits(wall=50, cpu=9))
    assert runner.limits[1].wall < 50
    assert runner.limits[1].cpu == 8.0


def test_our_failure_is_tried_again():
    def opening(n):
        if n == 0:
            raise SandboxError("no process")

    grade, _ = graded(opening=opening)
    assert grade.score == 4


def test_our_failure_is_no_zero():
    def opening(n):
        raise SandboxError("no process")

    grade, _ = graded(opening=opening)
    assert grade.status is RunStatus.SANDBOX_ERROR
    assert [exercise.score for exercise in grade.exercises] == [None, None]
    assert grade.max_score == 4
    assert "our fault" in grade.review[0]


def test_our_failure_in_the_middle_is_no_zero_either():
    grade, runner = graded(script=ending("Exercise 9.2", status=RunStatus.SANDBOX_ERROR))
    assert len(runner.places) == 2
    assert grade.status is RunStatus.SANDBOX_ERROR


@pytest.mark.parametrize(("source", "handed"), [('number = ct.use("9.1")', "own"), ("", "none")])
def test_only_cells_of_ours_are_handed_anything(source, handed):
    seen = {}

    def script(cell, use):
        if cell.exercise is None and "connect" not in cell.source:
            seen[cell.source] = use("9.1").how

    graded(handed_in(("mine", "peek = ct.use('9.1')")), script)
    assert seen == {'number = ct.use("9.1")': "own", "peek = ct.use('9.1')": "none"}


def test_a_disagreement_of_ids_is_for_a_person_and_the_classes_id_counts():
    grade, _ = graded(handed_in(student_id="ada", written="bob"))
    assert grade.student_id == "ada"
    assert "`bob`" in grade.review[0]
    alone, _ = graded(handed_in(student_id="", written="Bob"))
    assert (alone.student_id, alone.review) == ("bob", ())


def test_a_platforms_number_is_no_id_that_a_student_could_have_typed():
    submission = replace(handed_in(student_id="4711", written="ada"), known_by="platform")
    grade, _ = graded(submission)
    assert (grade.student_id, grade.review, grade.numbers_of) == ("4711", (), "ada")
    by_roster, _ = graded(replace(submission, known_by="roster"))
    assert "`4711`" in by_roster.review[0]
    assert by_roster.numbers_of == ""


def test_a_draft_is_run_and_does_not_count():
    draft = ("draft", "# Exercise 9.2\nsecond = 7")
    grade, runner = graded(handed_in(draft))
    assert draft[1] in runner.places[0].ran
    assert grade.score == 4
    assert "2 cells answer it" in grade.exercises[1].notes[0]


def test_what_a_cell_showed_is_kept():
    def script(cell, use):
        return CellReport(shown=(Shown("stream", "hello"),)) if cell.exercise == "9.2" else None

    grade, _ = graded(script=script)
    assert grade.cells[1].shown == (Shown("stream", "hello"),)


def test_what_is_no_notebook_is_said():
    with pytest.raises(UnreadableNotebookError):
        graded(Submission("ada", "Ada", "ada.ipynb", b"{"))


def test_a_text_counts_only_where_a_person_marks_it():
    essay = Exercise(number="9.1", title="essay", question="?", answers={"first": Text()})

    @essay.check(points=2, by_hand=True)
    def is_good(first):
        """It is good."""

    lesson = Lesson(number=9, title="Practice", exercises=(essay, LESSON.exercises[1]))
    runner = ScriptedRunner(lesson)
    given = handed_in()
    text = replace(given, notebook_file=given.notebook.replace(b"first = 1", b"first = because"))
    for submission, needs_review in ((text, True), (given, False)):  # a number is no text
        off = grade_one(submission, assignment(lesson), runner)
        assert (off.score, off.max_score, off.needs_review) == (2, 2, False)
        on = grade_one(submission, assignment(lesson, text_answers=True), runner)
        assert (on.score, on.max_score, on.needs_review) == (2, 4, needs_review)
