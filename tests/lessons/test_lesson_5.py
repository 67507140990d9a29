"""What holds for every exercise of lesson 5: solutions earn all, empty answers nothing."""

import subprocess
import sys

import numpy as np
import pytest

from answers.rubbish import RUBBISH
from coursetools.answers import ____
from coursetools.exercises import sentences
from coursetools.lessons import load
from tests.lessons.marking import mark

LESSON = load(5)
EXERCISES = {exercise.number: exercise for exercise in LESSON.exercises}
BY_MACHINE = {n: e for n, e in EXERCISES.items() if n not in ("5.8", "5.9")}
IDS = ["", "ada", "grace", "Ångström"]


def test_points_are_those_of_the_course():
    assert [e.points for e in LESSON.exercises] == [4, 2, 3, 3, 2, 2, 3, 2, 8]
    assert LESSON.points == 29


@pytest.mark.parametrize("number", list(BY_MACHINE))
def test_solution_earns_full_marks(number):
    exercise = EXERCISES[number]
    for student_id in IDS if number in ("5.3", "5.4", "5.5", "5.6") else IDS[:1]:
        result = mark(exercise, student_id, **exercise.solve_for(student_id))
        assert result.score == exercise.points, result.feedback_lines
        assert result.solved


@pytest.mark.parametrize("number", list(BY_MACHINE))
def test_solution_as_typed_does_what_the_solution_does(number):
    exercise = EXERCISES[number]
    names = {}
    exec(exercise.solution_for("ada"), names)
    assert mark(exercise, "ada", **{n: names[n] for n in exercise.answers}).solved


@pytest.mark.parametrize("number", ["5.8", "5.9"])
def test_solutions_that_need_the_notebook_are_python_all_the_same(number):
    compile(EXERCISES[number].solution_for("ada"), number, "exec")


def identity():
    import keras

    return keras.Sequential([keras.Input((32, 32, 64)), keras.layers.Identity()])


EMPTY = {
    "blank": lambda: ____,
    "a list of a blank": lambda: [____],
    "zero": lambda: 0,
    "one": lambda: 1,
    "nothing": lambda: None,
    "zeros": lambda: np.zeros((5, 1), "float32"),
    "an empty text": lambda: "",
    "an empty list": list,
    "an empty set": set,
    "a letter that is none": lambda: "Z",
    "a network that changes nothing": identity,
}


@pytest.mark.parametrize("empty", list(EMPTY))
@pytest.mark.parametrize("number", list(EXERCISES))
def test_empty_answers_earn_nothing(number, empty):
    exercise = EXERCISES[number]
    result = mark(exercise, **dict.fromkeys(exercise.answers, EMPTY[empty]()))
    assert result.earned == 0, result.feedback_lines


@pytest.mark.parametrize("number", list(EXERCISES))
def test_missing_answers_earn_nothing_and_are_neutral(number):
    result = mark(EXERCISES[number])
    assert result.earned == 0
    assert all(line.startswith("Not answered yet.") for line in result.feedback_lines)


@pytest.mark.parametrize("number", list(EXERCISES))
def test_rubbish_earns_nothing(number):
    exercise = EXERCISES[number]
    for name, value in RUBBISH.items():
        result = mark(exercise, **dict.fromkeys(exercise.answers, value))
        assert result.earned == 0, name


@pytest.mark.parametrize("number", list(EXERCISES))
def test_hints_lead_there_in_steps(number):
    exercise = EXERCISES[number]
    assert 2 <= len(exercise.hints) <= 4
    assert exercise.minutes > 0
    assert all(sentences(hint) <= 3 for hint in exercise.hints_for("ada"))
    assert "{" not in "".join(exercise.hints_for("ada")).replace("{options}", "")


def test_the_lesson_loads_without_keras():
    script = (
        "import sys; from coursetools import lessons; lessons.load(5);"
        "print([m for m in ('keras', 'tensorflow', 'IPython') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
