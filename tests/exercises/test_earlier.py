"""What a later exercise gets of earlier ones: right answers, and nothing else."""

import pytest

from coursetools.answers import Number, capture
from coursetools.exercises import Exercise, Lesson, fail_if, right_answers, run


def _first():
    q = Exercise(number="9.1", title="t", question="q", answers={"n": Number()})

    @q.check(points=1)
    def even(n):
        """It is even."""
        fail_if(n % 2, "Odd.")

    return q


def _second():
    q = Exercise(number="9.2", title="t", question="q", answers={"twice": Number()})

    @q.check(points=1)
    def doubled(twice, earlier):
        """It is twice the earlier number, or twice 4."""
        fail_if(twice != 2 * earlier.get("n", 4), "Not twice.")

    return q


def _third():
    q = Exercise(number="9.3", title="t", question="q", answers={"more": Number()})

    @q.check(points=1)
    def looks(more, earlier):
        """It is how many earlier answers are right."""
        fail_if(more != len(earlier), f"There are {len(earlier)}.")

    return q


@pytest.fixture
def lesson():
    return Lesson(number=9, title="t", exercises=(_first(), _second(), _third()))


def score(lesson, number, **names):
    def data_of(exercise):
        return capture(exercise.answers, names)

    exercise = lesson.exercise(number)
    earlier = right_answers(lesson, exercise, data_of)
    return run(exercise, data_of(exercise), earlier=earlier).score


@pytest.mark.parametrize(
    ("names", "score_2", "right"),
    [
        ({"n": 6, "twice": 12}, 1, 2),
        ({"n": 6, "twice": 8}, 0, 1),
        ({"n": 5, "twice": 8}, 1, 1),
        ({"n": 5, "twice": 10}, 0, 0),
        ({"n": "x", "twice": 8}, 1, 1),
        ({"twice": 8}, 1, 1),
        ({}, 0, 0),
    ],
)
def test_right_answers_are_built_on_and_others_left_out(lesson, names, score_2, right):
    assert score(lesson, "9.2", **names) == score_2
    assert score(lesson, "9.3", more=right, **names) == 1


def test_nothing_is_looked_at_unless_a_check_asks(lesson):
    def data_of(exercise):
        raise AssertionError

    assert right_answers(lesson, lesson.exercises[0], data_of) == {}


def test_earlier_answers_cannot_be_changed_by_a_check():
    q = Exercise(number="9.4", title="t", question="q", answers={"n": Number()})

    @q.check(points=1)
    def vandal(n, earlier):
        """It changes what it gets."""
        earlier["n"] = 7

    result = run(q, capture(q.answers, {"n": 1}), earlier={"n": 2})
    assert result.needs_review
    assert "TypeError" in result.checks[0].feedback


def test_without_earlier_answers_there_are_none():
    result = run(_second(), capture({"twice": Number()}, {"twice": 8}))
    assert result.solved
