"""What holds for every exercise of lessons 3 and 4: solutions earn all, empty answers nothing."""

import subprocess
import sys

import numpy as np
import pytest

from answers.rubbish import RUBBISH
from coursetools.answers import Choice, Function, Number, Text, ____
from coursetools.exercises import sentences
from coursetools.lessons import load
from tests.lessons.marking import mark, seen

LESSONS = {number: load(number) for number in (3, 4)}
EXERCISES = {e.number: e for lesson in LESSONS.values() for e in lesson.exercises}
MARKED = {n: e for n, e in EXERCISES.items() if n != "3.5"}
IDS = ["", "ada", "grace", "linus", "Ångström", *(f"student-{n}" for n in range(12))]


def names_of_the_notebook(lesson=3):
    """Give what the lesson's cells have made before its first exercise."""
    return {name: provide({}) for name, provide in LESSONS[lesson].given.items()}


def test_points_are_those_of_the_course():
    assert [e.points for e in LESSONS[3].exercises] == [3, 3, 4, 3, 3]
    assert [e.points for e in LESSONS[4].exercises] == [4, 3, 2, 5, 2, 4]
    assert (LESSONS[3].points, LESSONS[4].points) == (16, 20)


@pytest.mark.parametrize("number", list(MARKED))
def test_solution_earns_full_marks_for_everybody(number):
    exercise = EXERCISES[number]
    given = names_of_the_notebook(int(number[0]))
    for student_id in IDS:
        result = mark(exercise, student_id, **exercise.solve_for(student_id, given))
        assert result.score == exercise.points, (student_id, result.feedback_lines)
        assert result.solved


@pytest.mark.parametrize("number", list(EXERCISES))
def test_solution_as_typed_does_what_the_solution_does(number):
    exercise = EXERCISES[number]
    names = names_of_the_notebook()
    exec(exercise.solution_for("ada"), names)
    result = mark(exercise, "ada", **{n: names[n] for n in exercise.answers})
    assert result.solved or number == "3.5"


@pytest.mark.parametrize("lesson", list(LESSONS))
def test_solutions_may_be_pasted_one_after_the_other(lesson):
    exercises = LESSONS[lesson].exercises
    names = names_of_the_notebook(lesson)
    for exercise in exercises:
        exec(exercise.solution_for("ada"), names)
    for exercise in exercises:
        result = mark(exercise, "ada", **{name: names[name] for name in exercise.answers})
        assert result.solved or exercise.number == "3.5"


EMPTY = {
    "blank": ____,
    "zero": 0,
    "one": 1,
    "nothing": None,
    "zeros": np.zeros(5),
    "a map of zeros": np.zeros((100, 100), np.float32),
    "a map of ones": np.ones((1, 100, 100, 1), np.float32),
    "an empty text": "",
    "an empty list": [],
    "equal sizes": [7, 7, 7],
    "a letter that is none": "Z",
}


def filled(exercise, value):
    """Give every answer this value; functions give it whatever they are asked."""
    return {
        name: (lambda *_: value) if isinstance(kind, Function) else value
        for name, kind in exercise.answers.items()
    }


@pytest.mark.parametrize("empty", list(EMPTY))
@pytest.mark.parametrize("number", list(MARKED))
def test_empty_answers_earn_nothing(number, empty):
    exercise = EXERCISES[number]
    result = mark(exercise, **filled(exercise, EMPTY[empty]))
    assert result.score == 0, result.feedback_lines
    assert not result.solved


@pytest.mark.parametrize("number", list(MARKED))
def test_one_s_own_input_earns_nothing(number):
    exercise = EXERCISES[number]
    inputs = [names_of_the_notebook()["image_detect"], *exercise.draw_for("").values()]
    for value in inputs:
        assert mark(exercise, **filled(exercise, value)).score == 0
    if any(isinstance(kind, Function) for kind in exercise.answers.values()):
        for place in range(2):
            back = dict.fromkeys(exercise.answers, lambda *a, p=place: a[min(p, len(a) - 1)])
            assert mark(exercise, **back).score == 0


@pytest.mark.parametrize("number", list(EXERCISES))
def test_missing_answers_earn_nothing_and_are_neutral(number):
    result = mark(EXERCISES[number])
    assert result.earned == 0
    assert not result.solved
    assert all(line.startswith("Not answered yet.") for line in result.feedback_lines)


@pytest.mark.parametrize("number", list(EXERCISES))
def test_the_starter_is_not_answered_yet(number):
    exercise = EXERCISES[number]
    result = mark(exercise, **filled(exercise, ____))
    assert result.earned == 0
    assert set(result.feedback_lines) == {"Not answered yet."}


@pytest.mark.parametrize("number", list(MARKED))
def test_rubbish_earns_nothing_and_breaks_nothing(number):
    exercise = EXERCISES[number]
    for name, value in RUBBISH.items():
        for answers in (dict.fromkeys(exercise.answers, value), filled(exercise, value)):
            assert mark(exercise, **answers).score == 0, name


@pytest.mark.parametrize("number", [n for n, e in EXERCISES.items() if e.options])
def test_every_letter_has_its_own_words_for_everybody(number):
    exercise = EXERCISES[number]
    name = next(n for n, kind in exercise.answers.items() if isinstance(kind, Choice))
    worth = next(c.points for c in exercise.checks if name in c.reads)
    orders = set()
    for student_id in IDS:
        told = {}
        for letter in exercise.options:
            result = mark(exercise, student_id, **{name: seen(exercise, letter, student_id)})
            assert result.earned == (worth if letter == "B" else 0)
            told[letter] = result.feedback_lines[-1]
        assert len(set(told.values())) == 4
        orders.add(tuple(exercise.options_for(student_id).values()))
    assert len(orders) > 3


@pytest.mark.parametrize("number", [n for n, e in EXERCISES.items() if e.options])
def test_options_are_of_like_length(number):
    lengths = [len(text) for text, _ in EXERCISES[number].options.values()]
    assert max(lengths) <= 1.25 * min(lengths), lengths


@pytest.mark.parametrize("number", list(EXERCISES))
def test_hints_lead_there_in_steps(number):
    exercise = EXERCISES[number]
    assert 2 <= len(exercise.hints) <= 4
    assert len(set(exercise.hints)) == len(exercise.hints)
    assert exercise.minutes > 0
    assert all(sentences(hint) <= 3 for hint in exercise.hints)


@pytest.mark.parametrize("number", list(EXERCISES))
def test_questions_and_hints_have_all_their_numbers_filled_in(number):
    exercise = EXERCISES[number]
    for student_id in IDS:
        for text in (exercise.question_for(student_id), *exercise.hints_for(student_id)):
            assert "{" not in text
            assert text.count("`") % 2 == 0


@pytest.mark.parametrize("number", [n for n, e in EXERCISES.items() if e.draws])
def test_students_draw_different_numbers(number):
    exercise = EXERCISES[number]
    draws = {tuple(exercise.draw_for(student_id).values()) for student_id in IDS}
    assert len(draws) > 3


@pytest.mark.parametrize("number", ["3.4", "4.3"])
def test_numbers_may_be_written_in_any_way(number):
    exercise = EXERCISES[number]
    name, right = next(iter(exercise.solve_for("ada").items()))
    assert isinstance(exercise.answers[name], Number)
    forms = (right, float(right), np.int32(right), np.float64(right), f"{right:,}", f" {right} ")
    for form in (*forms, np.array([right])):
        assert mark(exercise, "ada", **{name: form}).score == exercise.points, form


def test_texts_are_for_a_person():
    exercise = EXERCISES["3.5"]
    assert isinstance(exercise.answers["answer_3_5"], Text)
    result = mark(exercise, answer_3_5=exercise.solve_for("")["answer_3_5"])
    assert result.score is None
    assert {check.outcome.value for check in result.checks} == {"pending"}
    assert result.max_score == 3


def test_the_model_text_keeps_to_the_length_that_is_asked_for():
    text = EXERCISES["3.5"].solve_for("")["answer_3_5"]
    assert 60 <= len(text.split()) <= 120


def test_lessons_are_marked_without_tensorflow_and_matplotlib(root):
    script = (
        "import sys\n"
        "from coursetools import lessons\n"
        "from coursetools.exercises import run\n"
        "for number in (3, 4):\n"
        "    lesson = lessons.load(number)\n"
        "    for exercise in lesson.exercises:\n"
        "        if exercise.number != '3.1':\n"
        "            result = run(exercise, exercise.expected_for('ada'), student_id='ada')\n"
        "            assert not result.needs_review\n"
        "print([n for n in ('tensorflow', 'keras', 'matplotlib', 'IPython') if n in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
