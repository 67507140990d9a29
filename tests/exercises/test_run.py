"""A run: what each check gets, and what comes of it."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fast import FAST
from answers.rubbish import RUBBISH
from coursetools.answers import AnswerState, Model, Number, ____, capture
from coursetools.exercises import Exercise, Outcome, fail_if, run, sentences
from coursetools.exercises.run import NOT_ANSWERED, OUR_FAULT
from exercises.sample import counting, diagnosing

STUDENTS = ("", "anna", "bob", "s123456", "Jörg")


def one_number(**kwargs) -> Exercise:
    return Exercise(
        number="9.1", title="t", question="q", answers={"n": Number(), "m": Number()}, **kwargs
    )


def mark(exercise, values, student_id="", **kwargs):
    data = json.loads(json.dumps(capture(exercise.answers, values)))
    return run(exercise, data, student_id=student_id, **kwargs)


def outcomes(result):
    return [check.outcome.value for check in result.checks]


@pytest.mark.parametrize("student_id", STUDENTS)
@pytest.mark.parametrize("make", [counting, diagnosing])
def test_the_solution_earns_full_marks(make, student_id):
    exercise = make()
    result = mark(exercise, exercise.solve_for(student_id), student_id)
    assert result.solved
    assert result.score == result.max_score == exercise.points
    assert not result.needs_review


@pytest.mark.parametrize(
    ("answer", "score", "found", "feedback"),
    [
        (lambda h, n: n * h + h, 3.0, ["passed", "passed"], ("All of them.",)),
        (lambda h, n: str(n * h + h), 3.0, ["passed", "passed"], ("All of them.",)),
        (lambda h, n: n * h, 1.0, ["passed", "failed"], ("`{}` has no biases.",)),
        (lambda h, n: n * h + 1, 1.0, ["passed", "failed"], ("`{}` is no multiple of the units.",)),
        (lambda h, n: n * h + 2 * h, 1.0, ["passed", "failed"], ("Not quite.",)),
        (lambda h, n: 1, 0.0, ["failed", "skipped"], ("Some inputs are left out.",)),
        (lambda h, n: ____, 0.0, ["failed", "failed"], ("Not answered yet.",)),
    ],
)
def test_partial_marks_and_feedback(answer, score, found, feedback):
    exercise = counting()
    for student_id in STUDENTS:
        draw = exercise.draw_for(student_id)
        value = answer(draw["h"], draw["n"])
        result = mark(exercise, {"weights": value}, student_id)
        assert result.score == score
        assert outcomes(result) == found
        assert result.feedback_lines == tuple(line.format(value) for line in feedback)


def test_a_skipped_check_names_what_to_fix():
    result = mark(counting(), {"weights": 1})
    assert result.checks[1].feedback == "Fix first: The weights of all inputs are in it."


def test_an_answer_for_another_student_is_not_ones_own():
    exercise = counting()
    theirs = exercise.solve_for("anna")
    assert exercise.draw_for("anna") != exercise.draw_for("bob")
    assert mark(exercise, theirs, "bob").score < 3


@pytest.mark.parametrize("student_id", STUDENTS)
def test_checks_see_declared_letters(student_id):
    exercise = diagnosing()
    seen = {declared: letter for letter, declared in exercise.options_for(student_id).items()}
    for declared, (_, why) in exercise.options.items():
        result = mark(exercise, {"letter": seen[declared].lower()}, student_id)
        assert result.checks[0].outcome is (Outcome.PASSED if declared == "B" else Outcome.FAILED)
        assert result.checks[0].feedback == ("" if declared == "B" else why)


def test_what_a_person_marks_is_pending_and_counts_for_nothing_yet():
    exercise = diagnosing()
    values = exercise.solve_for("")
    result = mark(exercise, values)
    assert outcomes(result) == ["passed", "passed", "passed", "pending"]
    assert (result.earned, result.available, result.max_score) == (4.0, 4.0, 8.0)
    assert result.score == 8.0
    assert result.solved
    result = mark(exercise, values | {"several": "B", "why": ____})
    assert outcomes(result) == ["passed", "failed", "passed", "failed"]
    assert result.score == 3.0


# ---- nothing is earned without an answer


@pytest.mark.parametrize(
    ("values", "states", "feedback"),
    [
        (
            {},
            ("missing", "missing"),
            "Not answered yet. Your notebook has no `n` so far.",
        ),
        ({"n": ____, "m": ____}, ("blank", "blank"), NOT_ANSWERED),
        (
            {"n": "seven", "m": ____},
            ("unreadable", "blank"),
            "`n` could not be read. This asks for a number, and found `'seven'` (`str`). "
            "The text is not one number; write it with digits and a point.",
        ),
    ],
)
def test_a_check_is_not_called_without_every_answer_it_reads(values, states, feedback):
    exercise, called = one_number(), []

    @exercise.check(points=1)
    def both(n, m):
        """Reads both."""
        called.append((n, m))

    result = mark(exercise, values)
    assert tuple(state.value for state in result.states.values()) == states
    assert result.checks[0].outcome is Outcome.FAILED
    assert result.checks[0].feedback == feedback
    assert called == []


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_earns_nothing_and_feedback_stays_short(name):
    for exercise in (counting(), diagnosing()):
        result = run(exercise, RUBBISH[name])
        assert result.score == 0.0
        values = dict.fromkeys(exercise.answers, RUBBISH[name])
        result = mark(exercise, values)
        for check in result.checks:
            assert check.outcome is not Outcome.ERROR
            assert sentences(check.feedback) <= 3, check.feedback
            assert len(check.feedback) <= 1_000
        assert not result.solved


@FAST
@given(
    st.dictionaries(
        st.sampled_from(["weights", "letter", "x"]), st.none() | st.text() | st.lists(st.integers())
    )
)
def test_data_from_anyone_never_raise(data):
    for exercise in (counting(), diagnosing()):
        result = run(exercise, data)
        assert result.score == 0.0
        assert len(result.checks) == len(exercise.checks)


def test_a_forged_state_earns_nothing():
    exercise = counting()
    data = capture(exercise.answers, exercise.solve_for(""))
    for state in ("missing", "blank", "unreadable", "passed", None):
        forged = {"weights": data["weights"] | {"state": state}}
        assert run(exercise, forged).score == 0.0


# ---- our faults


def test_a_check_that_breaks_is_our_fault():
    exercise = one_number()

    @exercise.check(points=1)
    def breaks(n):
        """Breaks."""
        return {}["no such key"]

    @exercise.check(points=1, needs=breaks)
    def after(n):
        """Comes after."""

    @exercise.check(points=1)
    def fine(n):
        """Is fine."""

    result = mark(exercise, {"n": 1})
    assert outcomes(result) == ["error", "skipped", "passed"]
    assert result.score is None
    assert result.needs_review
    assert not result.solved
    assert result.checks[0].feedback.startswith(OUR_FAULT)
    assert "KeyError('no such key')" in result.checks[0].feedback


@pytest.mark.parametrize(
    "error", [RecursionError(), MemoryError(), StopIteration(), AssertionError()]
)
def test_whatever_a_check_raises_is_our_fault(error):
    exercise = one_number()

    @exercise.check(points=1)
    def breaks(n):
        """Breaks."""
        raise error

    assert mark(exercise, {"n": 1}).score is None


def test_expected_that_is_nowhere_is_our_fault():
    exercise = Exercise(
        number="1.2", title="t", question="q", answers={"m": Model(), "n": Number()}
    )

    @exercise.solution
    def solve(given):
        return {"m": given["m"], "n": 7}

    @exercise.check(points=1)
    def compares(n, expected):
        """Compares."""

    assert outcomes(mark(exercise, {"n": 7})) == ["error"]


# ---- what a check is given


def test_expected_comes_from_the_solution_or_from_outside():
    exercise, seen = one_number(), []

    @exercise.solution
    def solve():
        return {"n": 1, "m": 2}

    @exercise.check(points=1)
    def looks(n, expected):
        """Looks."""
        seen.append(dict(expected))

    mark(exercise, {"n": 7})
    mark(exercise, {"n": 7}, expected=capture(exercise.answers, {"n": 3, "m": 4}))
    assert seen == [{"n": 1, "m": 2}, {"n": 3, "m": 4}]


def test_the_solution_is_not_run_when_no_check_compares():
    exercise = one_number()

    @exercise.solution
    def solve():
        raise RuntimeError("not wanted")

    @exercise.check(points=1)
    def looks(n):
        """Looks."""

    assert mark(exercise, {"n": 7}).solved


def test_expected_letters_are_the_declared_ones():
    exercise, seen = diagnosing(), []

    @exercise.check(points=0)
    def looks(letter, expected):
        """Looks."""
        seen.append((letter, expected["letter"], expected["several"], dict(expected["runs"])))

    for student_id in STUDENTS:
        mark(exercise, exercise.solve_for(student_id), student_id)
    assert seen == [("B", "B", frozenset("AC"), {"one": "A", "two": "D"})] * len(STUDENTS)


def test_a_check_cannot_change_what_the_next_one_sees():
    exercise = diagnosing()

    @exercise.check(points=0)
    def vandal(runs, several, expected, draw):
        """Tries to change everything it is given."""
        for thing in (runs, expected, draw):
            with pytest.raises(TypeError):
                thing["one"] = "B"
        with pytest.raises(AttributeError):
            several.add("B")

    data = capture(exercise.answers, exercise.solve_for(""))
    before = copy.deepcopy(data)
    result = run(exercise, data)
    assert result.checks[-1].outcome is Outcome.PASSED
    assert data == before


def test_the_same_data_give_the_same_result():
    exercise = diagnosing()
    for values in (exercise.solve_for("anna"), {"letter": "C"}, {}, {"letter": object()}):
        data = capture(exercise.answers, values)
        assert run(exercise, data, student_id="anna") == run(exercise, data, student_id="anna")


def test_results_stand_in_declared_order():
    exercise = one_number()
    for name in ("zeta", "alpha", "mu"):

        def check(n):
            """Fails."""
            fail_if(True, "no")

        check.__name__ = name
        exercise.check(points=1)(check)
    assert [check.check for check in mark(exercise, {"n": 1}).checks] == ["zeta", "alpha", "mu"]


def test_needs_may_be_several_and_in_a_row():
    exercise = one_number()

    @exercise.check(points=0)
    def positive(n):
        """It is positive."""
        fail_if(n <= 0, "It is not positive.")

    @exercise.check(points=0)
    def small(n):
        """It is small."""
        fail_if(n > 9, "It is not small.")

    @exercise.check(points=1, needs=(positive, small))
    def seven(n):
        """It is seven."""
        fail_if(n != 7, "It is not seven.")

    @exercise.check(points=1, needs=(seven,))
    def more(n):
        """It is more."""

    table = {
        7: (["passed", "passed", "passed", "passed"], 2.0),
        8: (["passed", "passed", "failed", "skipped"], 0.0),
        12: (["passed", "failed", "skipped", "skipped"], 0.0),
        -1: (["failed", "passed", "skipped", "skipped"], 0.0),
    }
    for value, (found, score) in table.items():
        result = mark(exercise, {"n": value})
        assert (outcomes(result), result.score) == (found, score)


def test_states_say_what_was_there():
    result = mark(diagnosing(), {"letter": "B", "several": ____, "runs": 7})
    assert dict(result.states) == {
        "letter": AnswerState.GIVEN,
        "several": AnswerState.BLANK,
        "runs": AnswerState.UNREADABLE,
        "why": AnswerState.MISSING,
    }
