"""What holds for every exercise of lesson 2: solutions earn all, empty answers nothing."""

import subprocess
import sys

import numpy as np
import pytest

from answers.rubbish import RUBBISH
from coursetools.answers import Choice, ____
from coursetools.exercises import sentences
from coursetools.lessons import load
from tests.lessons.marking import mark

LESSON = load(2)
EXERCISES = {exercise.number: exercise for exercise in LESSON.exercises}
IDS = ["", "ada", "grace", "linus", "Ångström", *(f"student-{n}" for n in range(12))]


def given():
    """Give what the lesson's cells have made before its first exercise."""
    return {name: provide({}) for name, provide in LESSON.given.items()}


def test_points_are_those_of_the_course():
    assert [e.points for e in LESSON.exercises] == [4, 3, 2, 3, 2, 4]
    assert LESSON.points == 18


@pytest.mark.parametrize("number", list(EXERCISES))
def test_solution_earns_full_marks_for_everybody(number):
    exercise = EXERCISES[number]
    for student_id in IDS:
        result = mark(exercise, student_id, **exercise.solve_for(student_id, given()))
        assert result.score == exercise.points, (student_id, result.feedback_lines)
        assert result.solved


@pytest.mark.parametrize("number", list(EXERCISES))
def test_solution_as_typed_does_what_the_solution_does(number):
    exercise = EXERCISES[number]
    names = given()
    exec(exercise.solution_for("ada"), names)
    assert mark(exercise, "ada", **{n: names[n] for n in exercise.answers}).solved


def test_a_solution_as_typed_leaves_the_other_answers_alone():
    """Somebody may paste every solution into the notebook, one after the other."""
    names = given()
    for exercise in LESSON.exercises:
        exec(exercise.solution_for("ada"), names)
    answers = {name: names[name] for exercise in LESSON.exercises for name in exercise.answers}
    for exercise in LESSON.exercises:
        assert mark(exercise, "ada", **answers).solved


PICTURE = given()["image"]
EMPTY = {
    "blank": ____,
    "zero": 0,
    "nothing": None,
    "its own input": PICTURE,
    "a picture of zeros": np.zeros((200, 200), np.float32),
    "a picture of ones": np.ones((200, 200), np.float32),
    "a kernel of zeros": np.zeros((3, 3)),
    "a kernel of ones": [[1, 1, 1]] * 3,
    "an empty text": "",
    "a letter outside": "Z",
    "an empty list": [],
    "an empty dict": {},
    "the starter": lambda image, kernel: ____,
    "gives nothing": lambda image, kernel: None,
    "gives 0": lambda image, kernel: 0,
    "gives its input": lambda image, kernel: image,
    "gives the kernel": lambda image, kernel: kernel,
    "gives zeros": lambda image, kernel: np.zeros(
        (image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1)
    ),
    "gives ones": lambda image, kernel: np.ones(
        (image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1)
    ),
}


@pytest.mark.parametrize("empty", list(EMPTY))
@pytest.mark.parametrize("number", list(EXERCISES))
def test_empty_answers_earn_nothing(number, empty):
    exercise = EXERCISES[number]
    for student_id in IDS[:6]:
        result = mark(exercise, student_id, **dict.fromkeys(exercise.answers, EMPTY[empty]))
        assert result.score == 0
        assert not result.solved
        assert any(result.feedback_lines)


@pytest.mark.parametrize("name", list(RUBBISH))
def test_rubbish_never_breaks_a_check_and_earns_nothing(name):
    for exercise in LESSON.exercises:
        if any(isinstance(kind, Choice) for kind in exercise.answers.values()):
            continue  # letters among the rubbish may be right
        assert mark(exercise, **dict.fromkeys(exercise.answers, RUBBISH[name])).score == 0


@pytest.mark.parametrize("number", list(EXERCISES))
def test_missing_answers_earn_nothing_and_are_neutral(number):
    result = mark(EXERCISES[number])
    assert result.score == 0
    assert all(line.startswith("Not answered yet.") for line in result.feedback_lines)


@pytest.mark.parametrize("number", list(EXERCISES))
def test_hints_lead_there_in_steps(number):
    exercise = EXERCISES[number]
    hints = exercise.hints_for("ada")
    assert 2 <= len(hints) <= 4
    assert len(set(hints)) == len(hints)
    assert exercise.minutes > 0
    assert all(sentences(hint) <= 3 for hint in hints)
    assert not any("{" in hint for hint in hints)


def test_marks_are_given_without_tensorflow():
    script = (
        "import sys\n"
        "from coursetools.lessons import load\n"
        "from coursetools.exercises import run\n"
        "lesson = load(2)\n"
        "for exercise in lesson.exercises:\n"
        "    assert not any('expected' in check.wants for check in exercise.checks)\n"
        "    run(exercise, {})\n"
        "assert not {'tensorflow', 'keras', 'matplotlib', 'IPython'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
