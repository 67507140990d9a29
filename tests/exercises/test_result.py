"""Scores, their rounding, and the lines a student reads."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from coursetools.exercises import CheckResult, ExerciseResult, Outcome
from coursetools.exercises.result import round_half_up


def result_of(*checks):
    made = (
        CheckResult(f"c{i}", f"Line {i}.", Outcome(outcome), points, f"feedback {i}", "")
        for i, (outcome, points) in enumerate(checks)
    )
    return ExerciseResult("1.1", tuple(made), {})


@pytest.mark.parametrize(
    ("checks", "score", "solved"),
    [
        ((), 0.0, False),
        ((("passed", 2),), 2.0, True),
        ((("passed", 2), ("failed", 1)), 2.0, False),
        ((("passed", 0), ("passed", 3)), 3.0, True),
        ((("failed", 0), ("skipped", 3)), 0.0, False),
        ((("passed", 0), ("failed", 0)), 0.0, False),
        ((("passed", 2), ("error", 1)), None, False),
        ((("error", 0), ("skipped", 1)), None, False),
        ((("passed", 0.1), ("passed", 0.2)), 0.3, True),
        ((("passed", 2), ("pending", 2)), 4.0, True),
        ((("passed", 1), ("failed", 2), ("pending", 3)), 2.0, False),
        ((("passed", 1), ("failed", 2), ("pending", 1)), 1.33, False),
        ((("pending", 3),), None, False),
        ((("passed", 0), ("pending", 3)), None, True),
        ((("pending", 0), ("failed", 1)), 0.0, False),
    ],
)
def test_score_is_earned_over_available_times_declared(checks, score, solved):
    result = result_of(*checks)
    assert result.score == score
    assert result.solved is solved
    assert result.needs_review is any(outcome == "error" for outcome, _ in checks)
    assert result.max_score == pytest.approx(sum(points for _, points in checks))


def test_the_three_numbers_are_told_apart():
    result = result_of(("passed", 1.5), ("failed", 1), ("pending", 2.5))
    assert (result.earned, result.available, result.max_score) == (1.5, 2.5, 5.0)
    assert result.score == 3.0


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (0.005, 0.01),
        (0.015, 0.02),
        (0.025, 0.03),
        (1.005, 1.01),
        (2.675, 2.68),
        (0.0049, 0.0),
        (Fraction(1, 3), 0.33),
        (Fraction(2, 3), 0.67),
        (Fraction(1, 8), 0.13),
        (7, 7.0),
        (1e-12, 0.0),
    ],
)
def test_halves_go_up(value, rounded):
    assert round_half_up(value) == rounded


@FAST
@given(
    st.lists(
        st.tuples(st.sampled_from(list(Outcome)), st.sampled_from([0, 0.25, 0.5, 1, 1.5, 2, 3])),
        max_size=8,
    )
)
def test_a_score_lies_between_nothing_and_the_declared_points(checks):
    result = result_of(*checks)
    score = result.score
    assert score is None or 0 <= score <= result.max_score
    assert result.earned <= result.available <= result.max_score
    if result.solved and score is not None:
        assert score == result.max_score


def test_every_line_is_told_once_and_skipped_checks_say_nothing():
    checks = (
        CheckResult("a", "A.", Outcome.FAILED, 1, "Not answered yet."),
        CheckResult("b", "B.", Outcome.FAILED, 1, "Not answered yet."),
        CheckResult("c", "C.", Outcome.PASSED, 1, note="Well counted."),
        CheckResult("d", "D.", Outcome.SKIPPED, 1, "Fix first: A."),
        CheckResult("e", "E.", Outcome.FAILED, 1, "One short."),
    )
    result = ExerciseResult("1.1", checks, {})
    assert result.feedback_lines == ("Not answered yet.", "One short.", "Well counted.")


def test_only_what_passed_scores():
    for outcome in Outcome:
        scored = CheckResult("a", "A.", outcome, 2).score
        assert scored == (2 if outcome is Outcome.PASSED else 0)


@pytest.mark.parametrize(
    ("checks", "for_a_person"),
    [
        ((("pending", 3),), True),
        ((("passed", 0), ("pending", 3)), True),
        ((("passed", 1), ("pending", 3)), False),
        ((("failed", 3),), False),
        ((("pending", 0),), False),
    ],
)
def test_a_text_alone_is_for_a_person(checks, for_a_person):
    assert result_of(*checks).for_a_person is for_a_person
