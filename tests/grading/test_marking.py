"""Answers as data come in, marks go out: what is closed, handed out, stored, and whose it is."""

import numpy as np
import pytest

from coursetools import lessons
from coursetools.answers import AnswerState, capture
from coursetools.answers.packing import unpack
from coursetools.grading.ids import settle
from coursetools.grading.marking import CHANGED, NOT_SUBMITTED, Marking
from coursetools.sandbox.reports import Capture

FIRST, SECOND = lessons.load(1), lessons.load(2)


def marking(lesson=FIRST, known="ada", seen="ada", others=()):
    return Marking(lesson, settle(known, seen, others))


def captured(exercise, **names):
    return Capture(exercise.number, capture(exercise.answers, names))


def right_count(student_id):
    return FIRST.exercise("1.4").solve_for(student_id)["head_weights"]


def test_a_right_answer_earns_its_points():
    marks = marking()
    exercise = FIRST.exercise("1.4")
    marks.take(captured(exercise, head_weights=right_count("ada")))
    grade = marks.grade(exercise)
    assert grade.score == grade.max_score == exercise.points
    assert grade.shown == {"head_weights": str(right_count("ada"))}
    assert grade.review == ()


def test_nothing_given_earns_nothing_and_needs_nobody():
    grade = marking().grade(FIRST.exercise("1.4"))
    assert (grade.score, grade.states, grade.review) == (0.0, {"head_weights": "missing"}, ())


def other_student():
    own = right_count("ada")
    return next(s for s in (f"s{n}" for n in range(99)) if right_count(s) != own)


@pytest.mark.parametrize("whose", ["the notebook", "another student"])
def test_an_answer_right_for_another_id_is_for_a_person_and_never_a_zero(whose):
    other = other_student()
    seen, others = (other, ()) if whose == "the notebook" else ("ada", (other,))
    marks = marking(seen=seen, others=others)
    marks.take(captured(FIRST.exercise("1.4"), head_weights=right_count(other)))
    grade = marks.grade(FIRST.exercise("1.4"))
    assert grade.score is None
    assert other in grade.review[0]


def test_a_wrong_letter_is_not_taken_for_the_right_one_of_another_student():
    exercise = FIRST.exercise("1.5")
    right = exercise.solve_for("ada")["what_happened"]
    wrong = next(letter for letter in "ABCD" if letter != right)
    marks = marking(others=[f"s{n}" for n in range(50)])
    marks.take(captured(exercise, what_happened=wrong))
    grade = marks.grade(exercise)
    assert (grade.score, grade.review) == (0.0, ())


def test_what_comes_after_the_reference_was_handed_out_is_not_looked_at():
    marks = marking(SECOND)
    exercise = SECOND.exercise("2.1")
    handed = marks.use("2.1")
    assert handed.how == "data"
    kernel = np.array(unpack(handed.values["my_kernel"]))
    assert kernel.shape == (3, 3)
    marks.take(captured(exercise, my_kernel=kernel))
    assert marks.grade(exercise).score == 0.0
    marks.forget()  # as the notebook is run again from its top
    marks.take(captured(exercise, my_kernel=kernel))
    assert marks.grade(exercise).score == exercise.points


def test_a_right_answer_is_handed_back_as_ones_own():
    marks = marking(SECOND)
    kernel = [[-3, -3, -3], [6, 6, 6], [-3, -3, -3]]
    marks.take(captured(SECOND.exercise("2.1"), my_kernel=kernel))
    assert marks.use("2.1").how == "own"
    reference = marks.use("2.2")
    assert reference.how == "data"
    # The reference goes on from the student's own kernel, as in the notebook.
    handed = np.array(unpack(reference.values["image_filter"]))
    marks.take(captured(SECOND.exercise("2.3"), image_detect=np.maximum(handed, 0)))
    assert marks.grade(SECOND.exercise("2.3")).score == SECOND.exercise("2.3").points


def test_what_no_later_answer_builds_on_is_not_handed_out():
    assert marking(SECOND).use("2.6").how == "none"
    assert marking(SECOND).use("9.9").how == "none"
    assert marking(FIRST).use("1.1").how == "base"


def test_the_last_answer_before_closing_counts():
    marks = marking()
    exercise = FIRST.exercise("1.4")
    marks.take(captured(exercise, head_weights=1))
    marks.take(captured(exercise, head_weights=right_count("ada")))
    assert marks.grade(exercise).score == exercise.points


def test_an_answer_that_comes_from_training_is_read_from_its_cell_alone():
    marks = marking()
    exercise = FIRST.exercise("1.6")
    names = {"best_epoch": 1, "diagnosis": "A", "stored_diagnoses": {}, "history": {}}
    marks.take(captured(exercise, **names))
    grade = marks.grade(exercise)
    assert grade.notes == (NOT_SUBMITTED,)
    assert set(grade.states.values()) == {AnswerState.MISSING.value}
    marks.take_stored("1.6", capture(exercise.answers, names), changed=True)
    grade = marks.grade(exercise)
    assert grade.notes == (CHANGED,)
    assert grade.states["best_epoch"] == AnswerState.GIVEN.value


@pytest.mark.parametrize("rubbish", [None, 7, [], {"x": 1}, {"head_weights": {"state": "given"}}])
def test_rubbish_in_place_of_an_answer_earns_nothing(rubbish):
    marks = marking()
    marks.take(Capture("1.4", {"head_weights": rubbish}))
    grade = marks.grade(FIRST.exercise("1.4"))
    assert (grade.score, grade.review) == (0.0, ())
    marks.take(Capture("nowhere", {"head_weights": rubbish}))
