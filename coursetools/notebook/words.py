"""How a checked answer is told: the marks, words and sentences of notebook and feedback page."""

from __future__ import annotations

from coursetools.answers import AnswerState
from coursetools.exercises import CheckResult, ExerciseResult, Outcome
from coursetools.exercises.run import NOT_ANSWERED
from coursetools.notebook import look
from coursetools.notebook.look import Mark


def result_mark(result: ExerciseResult) -> Mark:
    """Say how a checked answer stands."""
    worth = [check for check in result.checks if check.points] or list(result.checks)
    if all(check_mark(check) is look.OPEN for check in worth):
        return look.OPEN
    if result.needs_review:
        return look.OUR_ERROR
    if result.for_a_person:
        return look.PENDING
    if result.solved:
        return look.RIGHT
    if result.earned:
        return look.PARTLY
    unreadable = AnswerState.UNREADABLE in result.states.values()
    return look.UNREADABLE if unreadable else look.NOT_YET


def shared_feedback(result: ExerciseResult) -> str:
    """Give the feedback if all that was not skipped say the same, as for an unreadable answer."""
    told = [check for check in result.checks if check.outcome is not Outcome.SKIPPED]
    said = {check.feedback for check in told}
    failed = all(check.outcome is Outcome.FAILED for check in told)
    return said.pop() if failed and len(told) > 1 and len(said) == 1 else ""


def check_mark(check: CheckResult) -> Mark:
    """Say how a check stands."""
    if check.outcome is Outcome.FAILED and check.feedback.startswith(NOT_ANSWERED):
        return look.OPEN
    return {
        Outcome.PASSED: look.RIGHT,
        Outcome.FAILED: look.NOT_YET,
        Outcome.SKIPPED: look.SKIPPED,
        Outcome.ERROR: look.OUR_ERROR,
        Outcome.PENDING: look.PENDING,
    }[check.outcome]


def check_state(check: CheckResult) -> str:
    """Say in words how a check stands, with its points if it has any."""
    mark = check_mark(check)
    word = mark.word.lower()
    if not check.points or check.outcome is Outcome.ERROR:
        return word
    if check.outcome is Outcome.PENDING:
        return f"{word} · {points_words(check.points)}"
    return f"{word} · {check.score:g} of {check.points:g}"


def _said(check: CheckResult) -> str:
    """Give what to tell the student beyond the check's state."""
    if check.outcome is Outcome.SKIPPED:
        return ""  # its state says it, and what to fix is told where it failed
    said = check.note if check.outcome is Outcome.PASSED else check.feedback
    return "" if said == NOT_ANSWERED else said


def checks_said(result: ExerciseResult) -> list[tuple[CheckResult, str]]:
    """Give each check with what to tell the student, no sentence twice."""
    told: set[str] = set()
    pairs = []
    for check in result.checks:
        said = _said(check)
        pairs.append((check, "" if said in told else said))
        told.add(said)
    return pairs


def points_words(points: float) -> str:
    """Give a number of points with its noun."""
    return f"{points:g} point" if points == 1 else f"{points:g} points"
