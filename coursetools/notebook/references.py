"""Reference answers: made once an exercise, and recognised when they come back.

A student who is stuck goes on with the reference answer. If it is then checked as if it were
the student's own, it is known by identity. Numbers, texts and letters have no identity worth
the name, since Python keeps one object for many of them: typing the right number is an answer,
wherever it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coursetools.exercises import Exercise

_WITHOUT_IDENTITY = (int, float, complex, str, bytes, type(None))


class References:
    """The reference answers of one lesson for one student."""

    def __init__(self) -> None:
        self._answers: dict[str, Mapping[str, object]] = {}
        self._handed_out: dict[int, tuple[str, object]] = {}

    def answers(
        self, exercise: Exercise, make: Callable[[], Mapping[str, object]]
    ) -> Mapping[str, object]:
        """Give the reference answers of an exercise by name, the same objects each time."""
        if exercise.number not in self._answers:
            self._answers[exercise.number] = make()
        return self._answers[exercise.number]

    def hand_out(self, exercise: Exercise, answers: Mapping[str, object]) -> None:
        """Remember objects that a student gets; holding them keeps their identity theirs."""
        for value in answers.values():
            if not isinstance(value, _WITHOUT_IDENTITY):
                self._handed_out[id(value)] = (exercise.number, value)

    def owner(self, value: object) -> str | None:
        """Give the number of the exercise whose handed-out reference this object is, else None."""
        number, held = self._handed_out.get(id(value), ("", None))
        return number if held is not None and held is value else None

    def forget_answers(self) -> References:
        """Give references without answers that still know what was handed out."""
        kept = References()
        kept._handed_out = self._handed_out
        return kept
