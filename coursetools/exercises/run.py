"""Running checks on plain data: the same in a notebook and in the grader.

A run is pure: the same data always give the same result. Checks see frozen values, so none can
change what the next one sees. What a check raises besides its feedback is our fault: the
outcome is *error*, no mark is given, and a person looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from coursetools.answers import Answer, AnswerState, Choice, plain, read
from coursetools.exercises.check import Check, Failed
from coursetools.exercises.exercise import Exercise
from coursetools.exercises.letters import relettered
from coursetools.exercises.result import CheckResult, ExerciseResult, Outcome

NOT_ANSWERED = "Not answered yet."
OUR_FAULT = "This check did not work, which is our fault and costs no points; a person will look."

_FEEDBACK = 1_000


def run(
    exercise: Exercise,
    data: object,
    *,
    student_id: str = "",
    expected: Mapping[str, Any] | None = None,
    earlier: Mapping[str, Any] | None = None,
    judged: Any = None,
) -> ExerciseResult:
    """Check one student's answers.

    Args:
        exercise: What was asked.
        data: What `capture` gave, from anyone: the data of each answer by its name.
        student_id: Whose draws and letters; `""` is the demo's.
        expected: The captured answers of the solution, letters as declared. Where a check wants
            them and there are none, the solution is run if it needs nothing but the draws.
        earlier: What `right_answers` gave: the student's right answers to earlier exercises.
        judged: What the lesson's judge found in the file that was handed in. Where a check wants
            it and there is nothing, a person has to look.

    Returns:
        The checks' results in declared order.
    """
    answers = read_answers(exercise, data, student_id=student_id)
    at_hand = _AtHand(exercise, student_id, expected, earlier, judged)
    results: dict[Check, CheckResult] = {}
    for check in exercise.checks:
        results[check] = _check(check, answers, at_hand, results)
    states = MappingProxyType({name: answer.state for name, answer in answers.items()})
    return ExerciseResult(exercise.number, tuple(results.values()), states)


def read_answers(exercise: Exercise, data: object, *, student_id: str = "") -> dict[str, Answer]:
    """Read an exercise's answers; the letters of a choice become the declared ones."""
    given = data if type(data) is dict else {}
    answers = {name: read(kind, given.get(name)) for name, kind in exercise.answers.items()}
    letters = exercise.options_for(student_id)
    for name, kind in exercise.answers.items():
        answer = answers[name]
        if isinstance(kind, Choice) and answer.state is AnswerState.GIVEN:
            value = relettered(answer.value, letters)
            frozen = MappingProxyType(value) if isinstance(value, dict) else value
            answers[name] = replace(answer, value=frozen)
    return answers


class _AtHand:
    """What checks may ask for besides answers, made when the first one asks."""

    def __init__(
        self,
        exercise: Exercise,
        student_id: str,
        expected: Mapping[str, Any] | None,
        earlier: Mapping[str, Any] | None,
        judged: Any,
    ) -> None:
        self._judged = judged
        self._exercise = exercise
        self._student_id = student_id
        self._data = expected
        self._earlier = MappingProxyType(dict(earlier or {}))
        self._read: Mapping[str, Any] | None = None

    def get(self, name: str) -> Any:
        if name == "judged":
            if self._judged is None:
                raise LookupError("nothing was judged")
            return self._judged
        if name == "earlier":
            return self._earlier
        return self._exercise.draw_for(self._student_id) if name == "draw" else self._expected()

    def _expected(self) -> Mapping[str, Any]:
        if self._read is None:
            data = self._data
            if data is None and self._exercise.solves_alone:
                data = self._exercise.expected_for(self._student_id)
            answers = {n: read(k, (data or {}).get(n)) for n, k in self._exercise.answers.items()}
            unread = [name for name, a in answers.items() if a.state is not AnswerState.GIVEN]
            if unread:
                raise LookupError(f"no expected answer for {unread}")
            self._read = MappingProxyType({name: a.value for name, a in answers.items()})
        return self._read


def _check(
    check: Check,
    answers: Mapping[str, Answer],
    at_hand: _AtHand,
    earlier: Mapping[Check, CheckResult],
) -> CheckResult:
    def result(outcome: Outcome, feedback: str = "", note: str = "") -> CheckResult:
        return CheckResult(check.name, check.description, outcome, check.points, feedback, note)

    for name in check.reads:
        if answers[name].state is not AnswerState.GIVEN:
            return result(Outcome.FAILED, _not_there(name, answers[name]))
    for needed in check.needs:
        if earlier[needed].outcome is not Outcome.PASSED:
            return result(Outcome.SKIPPED, f"Fix first: {needed.description}")
    if check.by_hand:
        return result(Outcome.PENDING)
    try:
        arguments = {name: answers[name].value for name in check.reads}
        arguments |= {name: at_hand.get(name) for name in check.wants}
        note = check.function(**arguments)
    except Failed as failure:
        return result(Outcome.FAILED, str(failure)[:_FEEDBACK])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours and not the student's
        return result(Outcome.ERROR, f"{OUR_FAULT} ({plain.shown(error)})")
    return result(Outcome.PASSED, note=note or "")


def _not_there(name: str, answer: Answer) -> str:
    """Say in neutral words why an answer cannot be checked."""
    if answer.state is AnswerState.UNREADABLE:
        return f"`{name}` could not be read. {answer.reason}".strip()
    if answer.state is AnswerState.MISSING:
        return f"{NOT_ANSWERED} Your notebook has no `{name}` so far."
    return f"{NOT_ANSWERED} {answer.reason}".strip()
