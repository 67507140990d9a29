"""What holds for every exercise of lesson 1: solutions earn all, empty answers nothing."""

import json
import subprocess
import sys

import numpy as np
import pytest

from coursetools.answers import ____
from coursetools.exercises import sentences
from coursetools.training import load_runs
from tests.lessons.marking import LESSON, mark

EXERCISES = {exercise.number: exercise for exercise in LESSON.exercises}


@pytest.fixture
def given(frozen):
    from coursetools.pretrained import load_pretrained_base

    return {
        "base": load_pretrained_base(trainable=True),
        "frozen": frozen,
        "history": load_runs("ten-seeds")[0],
    }


def test_points_are_those_of_the_course():
    assert [e.points for e in LESSON.exercises] == [2, 4, 3, 3, 2, 3]
    assert LESSON.points == 17


@pytest.mark.parametrize("student_id", ["", "ada", "grace"])
@pytest.mark.parametrize("number", list(EXERCISES))
def test_solution_earns_full_marks(number, student_id, given):
    exercise = EXERCISES[number]
    result = mark(exercise, student_id, **exercise.solve_for(student_id, given))
    assert result.score == exercise.points
    assert result.solved


@pytest.mark.parametrize("number", list(EXERCISES))
def test_solution_as_typed_does_what_the_solution_does(number, given):
    exercise = EXERCISES[number]
    names = dict(given)
    exec(exercise.solution_for("ada"), names)
    assert mark(exercise, "ada", **{n: names[n] for n in exercise.answers}).solved


EMPTY = {
    "blank": lambda base: ____,
    "zero": lambda base: 0,
    "zeros": lambda base: np.zeros((5, 1), "float32"),
    "nothing": lambda base: None,
    "its own input": lambda base: base,
    "an empty text": lambda base: "",
    "a constant letter outside": lambda base: "Z",
    "an empty dict": lambda base: {},
}


@pytest.mark.parametrize("empty", list(EMPTY))
@pytest.mark.parametrize("number", list(EXERCISES))
def test_empty_answers_earn_nothing(number, empty, given):
    exercise = EXERCISES[number]
    value = EMPTY[empty](given["base"])
    # A history is the lesson's doing; nothing is earned for having one.
    answers = {name: given["history"] if name == "history" else value for name in exercise.answers}
    result = mark(exercise, **answers)
    assert result.score == 0
    assert not result.solved


@pytest.mark.parametrize("number", list(EXERCISES))
def test_missing_answers_earn_nothing_and_are_neutral(number):
    result = mark(EXERCISES[number])
    assert result.score == 0
    assert all(line.startswith("Not answered yet.") for line in result.feedback_lines)


def test_a_constant_model_earns_nothing(frozen):
    import keras

    constant = keras.Sequential(
        [
            keras.Input((128, 128, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(1, kernel_initializer="zeros", activation="sigmoid"),
        ]
    )
    assert mark(EXERCISES["1.2"], model=constant).score == 0
    assert mark(EXERCISES["1.1"], frozen_base=constant).score == 0


@pytest.mark.parametrize("number", list(EXERCISES))
def test_hints_lead_there_in_steps(number):
    exercise = EXERCISES[number]
    assert 2 <= len(exercise.hints) <= 4
    assert len(set(exercise.hints)) == len(exercise.hints)
    assert exercise.minutes > 0
    assert all(sentences(hint) <= 3 for hint in exercise.hints)


def test_stored_answers_are_those_of_today(root):
    script = (
        "import sys, json; sys.path.insert(0, '.ci'); import expected;"
        "from coursetools import lessons;"
        "print(json.dumps(expected.capture_lesson(lessons.load(1))))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    today = json.loads(found.stdout.splitlines()[-1])
    for number, answers in today.items():
        stored = LESSON.expected_of(number)
        for name, answer in answers.items():
            assert _alike(answer["content"], stored[name]["content"]), (number, name)


def _alike(one, other):
    """Compare to what another machine's arithmetic may differ by; a new head is random."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return abs(one - other) <= 2e-3 * max(1.0, abs(other))
    return one == other
