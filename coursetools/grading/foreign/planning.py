"""What an exercise of another tool becomes: its answers, and checks of ours.

Where all of an exercise's tests are of a simple form, each becomes a check with its points. Where
not, what is simple becomes a condition without points, and a person gives the points of them all.
So no test passes by itself, and none is dropped.
"""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coursetools.answers import Array, Function, Number, Text
from coursetools.answers.kind import Kind
from coursetools.exercises.declaration import FOR_CHECKS, FOR_SOLUTIONS
from coursetools.grading.foreign.assignment import (
    Assignment,
    ForeignExercise,
    ForeignTest,
    LeftOut,
    Marking,
)
from coursetools.grading.foreign.expectations import (
    ArrayOf,
    Expectation,
    Unclear,
    asked_by,
    axes_of,
)
from coursetools.grading.foreign.stubs import bound_names, is_open_at_top, stub_of


@dataclass(frozen=True)
class PlannedCheck:
    """One check to write."""

    name: str
    """Of its function."""
    points: float
    words: str
    """Its line of the marking scheme."""
    asks: tuple[Expectation, ...] = ()
    """Empty where a person marks it."""
    needs: str = ""
    """The check above it that must pass first."""
    remarks: str = ""
    """What stands above it as a comment: the old test, or the guide for whoever marks."""

    @property
    def by_hand(self) -> bool:
        """Whether a person marks it."""
        return not self.asks


@dataclass(frozen=True)
class PlannedExercise:
    """One exercise to write."""

    old: ForeignExercise
    answers: Mapping[str, Kind]
    checks: tuple[PlannedCheck, ...]
    stub: str
    """What stands in the answer cell, without its first and last line."""
    own_words: bool
    """Whether it asks for a text that a person reads, and not for what the old tests looked at."""

    def cases(self, name: str) -> tuple[tuple[Any, ...], ...]:
        """Give what a function is to be called with."""
        return cases_of(e for check in self.checks for e in check.asks if e.name == name)

    @cached_property
    def places(self) -> Mapping[str, Mapping[str, int]]:
        """Which case of a function some arguments are, by its name and their `repr`."""
        return {
            name: {repr(case): place for place, case in enumerate(self.cases(name))}
            for name in self.answers
        }


@dataclass
class Plan:
    """All exercises, and what is told besides."""

    exercises: list[PlannedExercise] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def plan(assignment: Assignment, number: int) -> Plan:
    """Say what each exercise of an assignment becomes in the lesson with this number."""
    made = Plan()
    elsewhere = {name for passage in assignment.passages for name in bound_names(passage.source)}
    for exercise in assignment.exercises:
        made.exercises.append(_Planner(exercise, elsewhere, number, made.left_out).exercise())
        elsewhere |= set(bound_names(exercise.solution or exercise.answer))
    return made


class _Planner:
    def __init__(
        self,
        exercise: ForeignExercise,
        elsewhere: Iterable[str],
        number: int,
        left_out: list[LeftOut],
    ) -> None:
        self._exercise = exercise
        self._bound = bound_names(exercise.solution) | bound_names(exercise.answer)
        self._elsewhere = set(elsewhere) - set(self._bound)
        self._text_name = f"answer_{number}_{exercise.number}"
        self._left_out = left_out

    def exercise(self) -> PlannedExercise:
        exercise = self._exercise
        if exercise.marking is Marking.MANUAL:
            return self._for_a_person(
                (
                    PlannedCheck(
                        "is_right", exercise.points, "The answer is right.", remarks=exercise.guide
                    ),
                )
            )
        functions = {
            name: [argument.arg for argument in (*s.args.posonlyargs, *s.args.args)]
            for name, s in self._bound.items()
            if isinstance(s, ast.FunctionDef)
        }
        read = [(test, *asked_by(test, functions)) for test in exercise.tests]
        kinds, reasons = _kinds([e for _, asked, _ in read for e in asked], self._unusable)
        sorted_out = [_sorted_out(asked, unclear, kinds, reasons) for _, asked, unclear in read]
        mixed = any(unclear for _, unclear in sorted_out)
        checks: list[PlannedCheck] = []
        for place, (test, (clear, unclear)) in enumerate(
            zip(exercise.tests, sorted_out, strict=True), 1
        ):
            checks += self._checks(place, test, clear, unclear, mixed=mixed)
        if not kinds:
            return self._for_a_person(tuple(checks))
        return PlannedExercise(
            exercise, kinds, tuple(checks), stub_of(exercise.answer, kinds), own_words=False
        )

    def _for_a_person(self, checks: tuple[PlannedCheck, ...]) -> PlannedExercise:
        stub = stub_of(self._exercise.answer) if self._exercise.code else ""
        return PlannedExercise(
            self._exercise, {self._text_name: Text()}, checks, stub, own_words=True
        )

    def _unusable(self, name: str) -> str:
        """Say why a name cannot be that of an answer, `""` if it can."""
        if keyword.iskeyword(name) or name.startswith("_") or not name.isascii():
            return f"`{name}` cannot be the name of an answer"
        if name in FOR_CHECKS or name in FOR_SOLUTIONS:
            return f"`{name}` cannot be the name of an answer, since checks use it"
        open_to_any = not self._bound or is_open_at_top(self._exercise.answer)
        if name in self._elsewhere or (name not in self._bound and not open_to_any):
            return f"`{name}` is made elsewhere than in this answer"
        return ""

    def _checks(
        self,
        place: int,
        test: ForeignTest,
        clear: Sequence[Expectation],
        unclear: Sequence[Unclear],
        *,
        mixed: bool,
    ) -> list[PlannedCheck]:
        """Give a test's checks; in a mixed exercise those of ours are conditions without points.

        Otherwise what they earn would count for what nobody has looked at.
        """
        for line in dict.fromkeys(unclear):
            self._left_out.append(
                LeftOut(test.name, f"A person marks `{_line(line.source)}`: {line.reason}.")
            )
        words = f"What the test `{test.name}` asks"
        checks = []
        if clear:
            part = ", where a check can tell" if unclear else ""
            points = 0.0 if mixed else test.points
            checks.append(
                PlannedCheck(
                    f"test_{place}", points, f"{words}{part}.", tuple(clear), remarks=test.source
                )
            )
        if mixed:
            remarks = "\n".join(f"{line.source}\n# {line.reason}" for line in unclear)
            checks.append(
                PlannedCheck(
                    f"points_{place}",
                    test.points,
                    f"{words}: its points.",
                    needs=f"test_{place}" if clear else "",
                    remarks=remarks if clear else test.source,
                )
            )
        return checks


def _sorted_out(
    asked: Sequence[Expectation],
    unclear: Sequence[Unclear],
    kinds: Mapping[str, Kind],
    reasons: Mapping[str, str],
) -> tuple[list[Expectation], list[Unclear]]:
    """Move what asks for a name without a kind to what is unclear."""
    clear = [each for each in asked if each.name in kinds]
    more = [Unclear(_written(each), reasons[each.name]) for each in asked if each.name not in kinds]
    return clear, [*unclear, *more]


def _kinds(asked: Iterable[Expectation], unusable: Any) -> tuple[dict[str, Kind], dict[str, str]]:
    """Choose a kind of answer for each name; gives reasons for names that have none."""
    by_name: dict[str, list[Expectation]] = {}
    for expectation in asked:
        by_name.setdefault(expectation.name, []).append(expectation)
    kinds: dict[str, Kind] = {}
    reasons: dict[str, str] = {}
    for name, several in by_name.items():
        reason = unusable(name)
        kind = None if reason else _kind(several)
        if kind is None:
            reasons[name] = reason or f"no kind of answer is known for what it asks of `{name}`"
        else:
            kinds[name] = kind
    return kinds, reasons


def _kind(asked: Sequence[Expectation]) -> Kind | None:
    called = {e.arguments is not None for e in asked}
    if called == {True}:
        try:
            return Function(cases=_as_called(cases_of(asked)))
        except ValueError:
            return None
    if called != {False}:
        return None
    wanted = [e.wanted for e in asked]
    if any(e.sign in ("is", "true", "false") for e in asked):
        return None
    if all(type(value) in (int, float) for value in wanted):
        return Number()
    if any(e.sign not in ("==", "!=", "near", "all near") for e in asked):
        return None
    if all(
        isinstance(value, str) and value == value.strip() and value.isprintable() and value
        for value in wanted
    ):
        return Text()
    axes = {axes_of(value) for value in wanted}
    dimensions = axes.pop()
    return Array(dimensions=dimensions) if dimensions and not axes else None


def cases_of(asked: Iterable[Expectation]) -> tuple[tuple[Any, ...], ...]:
    """Give what a function is to be called with, each once."""
    cases: dict[str, tuple[Any, ...]] = {}
    for expectation in asked:
        if expectation.arguments is not None:
            cases.setdefault(repr(expectation.arguments), expectation.arguments)
    return tuple(cases.values())


def _as_called(value: Any) -> Any:
    """Give arguments as a function gets them, arrays as such."""
    if isinstance(value, ArrayOf):
        import numpy as np

        return np.array(value.rows)
    if isinstance(value, (list, tuple)):
        return type(value)(_as_called(item) for item in value)
    return value


def _written(expectation: Expectation) -> str:
    call = "" if expectation.arguments is None else "(...)"
    return f"{expectation.name}{call}"


def _line(source: str) -> str:
    return " ".join(source.split()).replace("`", "'")[:120]
