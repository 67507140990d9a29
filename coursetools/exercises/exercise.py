"""One exercise: its question, the answers it asks for, its hints, checks and solution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from coursetools.answers import Choice, Kind, capture, draw, drawn
from coursetools.answers.kind import Probe
from coursetools.exercises.check import Check
from coursetools.exercises.declaration import (
    FOR_CHECKS,
    FOR_SOLUTIONS,
    DeclarationError,
    check_faults,
    exercise_faults,
    parameters,
)
from coursetools.exercises.letters import declared_by_seen, relettered
from coursetools.exercises.source import as_typed

Solution = Callable[..., Mapping[str, object]]

_FROM_TRAINING = ("history", "weights")


@dataclass(eq=False, kw_only=True)
class Exercise:
    """One thing asked in a lesson. Checks and the solution are registered by decorators.

    Raises `DeclarationError` where the declaration cannot work.
    """

    number: str
    """Lesson and place: `"1.4"`."""
    title: str
    """A few words."""
    question: str
    """What is asked, in Markdown; `{h}` stands for the draw `h`, `{options}` for the options.

    Whole numbers of five digits and more are written with commas."""
    answers: Mapping[str, Kind]
    """What the student gives: the name it has in the notebook, and its kind."""
    hints: tuple[str, ...] = ()
    """From gentle to telling."""
    minutes: float = 0
    """How long it is expected to take."""
    draws: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """What is drawn for each student, by name."""
    draw_from: Callable[[bytes], Mapping[str, Any] | None] | None = None
    """In place of `draws`: makes what a student draws of 32 bytes, or None to draw again."""
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By letter: what the option says, and what to tell whoever chose it."""
    draw_version: int = 1
    """Raised whenever a draw, an option or their order changes."""
    for_markers: str = ""
    """For whoever marks by hand, such as slips that are seen often; no student reads it."""
    stored: bool | None = None
    """Whether the answer stays in the notebook's output and is marked from there.

    None: it does if it comes from a training, that is, asks for a history or for trained weights.
    """

    _checks: list[Check] = field(default_factory=list, init=False, repr=False)
    _solve: Solution | None = field(default=None, init=False, repr=False)
    _solution_wants: tuple[str, ...] = field(default=(), init=False, repr=False)

    def __post_init__(self) -> None:
        for fault in exercise_faults(self.number, self.answers, self.draws, self.options):
            raise self._wrong(fault)
        if self.draws and self.draw_from:
            raise self._wrong("it has both `draws` and `draw_from`")
        if self.stored is None:
            self.stored = any(kind.name in _FROM_TRAINING for kind in self.answers.values())

    # ---- declaring

    def solution(self, function: Solution) -> Solution:
        """Register the reference solution: it returns each answer by name, letters as declared."""
        self._solution_wants = parameters(function, FOR_SOLUTIONS)
        self._solve = function
        return function

    def check(
        self,
        *,
        points: float,
        needs: Check | tuple[Check, ...] = (),
        by_hand: bool = False,
    ) -> Callable[[Callable[..., str | None]], Check]:
        """Register a check. Its parameters name the answers it reads, and what else it asks for.

        That is `draw`, `expected`, `earlier`: the student's right answers to earlier exercises, and
        `judged`: what the lesson's judge found in a file that was handed in.

        Args:
            points: What it is worth; 0 for a condition that others need.
            needs: Checks declared above it that must pass first.
            by_hand: A person marks it.
        """
        needed = needs if isinstance(needs, tuple) else (needs,)

        def register(function: Callable[..., str | None]) -> Check:
            check = self._declared(function, points, needed, by_hand)
            self.take(check)
            return check

        return register

    def take(self, check: Check) -> None:
        """Register a check that was made elsewhere, as for a sealed lesson."""
        self._checks.append(check)

    def _declared(
        self,
        function: Callable[..., str | None],
        points: float,
        needs: tuple[Check, ...],
        by_hand: bool,
    ) -> Check:
        allowed = {name: kind.label for name, kind in self.answers.items()} | FOR_CHECKS
        names = parameters(function, allowed)
        reads = tuple(name for name in names if name in self.answers)
        wants = tuple(name for name in names if name in FOR_CHECKS)
        check = Check(function, points, needs, by_hand, reads=reads, wants=wants)
        for fault in check_faults(check, self._checks):
            raise self._wrong(fault)
        return check

    def _wrong(self, what: str) -> DeclarationError:
        return DeclarationError(f"Exercise {self.number}: {what}.")

    # ---- asking

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks, in declared order."""
        return tuple(self._checks)

    @property
    def points(self) -> float:
        """What the checks are worth together."""
        return sum(check.points for check in self._checks)

    def draw_for(self, student_id: str) -> Mapping[str, Any]:
        """Give what a student drew, by name."""
        if self.draw_from is not None:
            return MappingProxyType(
                drawn(
                    self.draw_from,
                    exercise=self.number,
                    student_id=student_id,
                    draw_version=self.draw_version,
                )
            )
        return MappingProxyType(
            {
                name: draw(
                    values,
                    exercise=self.number,
                    student_id=student_id,
                    draw_version=self.draw_version,
                    index=index,
                )
                for index, (name, values) in enumerate(self.draws.items())
            }
        )

    def options_for(self, student_id: str) -> Mapping[str, str]:
        """Give the declared letter of each letter that a student sees, in displayed order."""
        return declared_by_seen(
            tuple(self.options),
            exercise=self.number,
            student_id=student_id,
            draw_version=self.draw_version,
        )

    def question_for(self, student_id: str) -> str:
        """Give the question as a student sees it, in Markdown."""
        text = self._filled(self.question.strip(), student_id)
        if not self.options:
            return text
        shown = self.options_for(student_id)
        lines = "\n".join(f"- **{letter}** {self.options[shown[letter]][0]}" for letter in shown)
        if "{options}" in text:
            return text.replace("{options}", lines)
        return f"{text}\n\n{lines}"

    def hints_for(self, student_id: str) -> tuple[str, ...]:
        """Give the hints as a student sees them; `{h}` stands for the draw `h`."""
        return tuple(self._filled(hint, student_id) for hint in self.hints)

    def why(self, letter: str) -> str:
        """Give what to tell whoever chose the option with this declared letter."""
        return self.options[letter][1]

    # ---- solving

    def solve_for(
        self, student_id: str, given: Mapping[str, object] | None = None
    ) -> dict[str, object]:
        """Run the reference solution and give what this student would have typed.

        Args:
            student_id: Whose draws and letters.
            given: What the lesson hands in, such as the base; passed on if the solution asks.
        """
        letters = self._seen_letters(student_id)
        answers = self._solved(student_id, given)
        return {name: relettered(v, letters.get(name, {})) for name, v in answers.items()}

    def expected_for(
        self,
        student_id: str,
        given: Mapping[str, object] | None = None,
        probes: Mapping[str, Probe] | None = None,
    ) -> dict[str, dict[str, Any]]:
        """Capture the reference solution's answers, letters as declared, for `run`'s `expected`."""
        return capture(self.answers, self._solved(student_id, given), probes)

    def solution_for(self, student_id: str) -> str:
        """Give the reference solution's source as this student would type it."""
        if self._solve is None:
            raise self._wrong("it has no solution")
        return as_typed(
            self._solve, draw=self.draw_for(student_id), letters=self._seen_letters(student_id)
        )

    @property
    def has_solution(self) -> bool:
        """Whether there is a reference solution; a sealed lesson has none."""
        return self._solve is not None

    @property
    def solves_alone(self) -> bool:
        """Whether the solution needs nothing from the lesson and no Keras to be captured."""
        if self._solve is None or "given" in self._solution_wants:
            return False
        return all(kind.probe is None for kind in self.answers.values())

    def _solved(self, student_id: str, given: Mapping[str, object] | None) -> dict[str, object]:
        if self._solve is None:
            raise self._wrong("it has no solution")
        at_hand = {"draw": self.draw_for(student_id), "given": given or {}}
        return dict(self._solve(**{name: at_hand[name] for name in self._solution_wants}))

    def _filled(self, text: str, student_id: str) -> str:
        for name, value in self.draw_for(student_id).items():
            text = text.replace("{" + name + "}", _written(value))
        return text

    @property
    def _choices(self) -> dict[str, Choice]:
        return {name: kind for name, kind in self.answers.items() if isinstance(kind, Choice)}

    def _seen_letters(self, student_id: str) -> dict[str, dict[str, str]]:
        """Give for each choice the letter this student sees by the declared letter."""
        seen = {declared: letter for letter, declared in self.options_for(student_id).items()}
        return dict.fromkeys(self._choices, seen)


def _written(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)
