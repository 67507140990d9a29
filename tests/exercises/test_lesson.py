"""A lesson and its exercises."""

import pytest

from coursetools.exercises import DeclarationError, Lesson, UnknownExerciseError
from exercises.sample import counting, diagnosing


def test_a_lesson_knows_its_exercises():
    first, second = counting(), diagnosing()
    lesson = Lesson(number=1, title="t", exercises=(first, second))
    assert lesson.exercise("1.5") is second
    assert lesson.points == first.points + second.points == 11


def test_an_exercise_it_does_not_have():
    lesson = Lesson(number=1, title="t", exercises=(counting(),))
    with pytest.raises(UnknownExerciseError) as error:
        lesson.exercise("1.9")
    assert str(error.value) == "Lesson 1 has no exercise `1.9`; its exercises are 1.4."
    with pytest.raises(UnknownExerciseError, match="its exercises are none"):
        Lesson(number=1, title="t").exercise("1.1")


def test_numbers_belong_to_the_lesson_and_stand_once():
    with pytest.raises(DeclarationError, match=r"Exercise 1\.4 is not one of lesson 2"):
        Lesson(number=2, title="t", exercises=(counting(),))
    with pytest.raises(DeclarationError, match="has an exercise twice"):
        Lesson(number=1, title="t", exercises=(counting(), counting()))


def test_stored_answers_come_from_the_loader():
    lesson = Lesson(number=1, title="t", expected={"1.4": {"n": 1}}.get)
    assert lesson.expected_of("1.4") == {"n": 1}
    assert lesson.expected_of("1.5") is None
    assert Lesson(number=1, title="t").expected_of("1.4") is None
