"""Going on: the student's answer where it is right, the reference answer where it is still open.

`ct.use` stands in cells that are the lesson's. In a cell where a student answers it gives the
blank, so that it is no way to answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.answers import ____
from coursetools.exercises import Exercise
from coursetools.notebook import look, session
from coursetools.notebook.card import show
from coursetools.notebook.render import note_card


class ReferenceUnavailableError(RuntimeError):
    """The reference answer that the notebook would go on with could not be made."""


class SealedAnswerError(ReferenceUnavailableError):
    """An answer is open, and a sealed lesson has none to hand out."""


def use(exercise: str) -> Any:
    """Give an exercise's answer to go on with: your own if it is right, else the reference's.

    Args:
        exercise: Its number, such as `"1.2"`.

    Returns:
        The object; where an exercise asks for several answers, a dict of them by name. In an
        answer cell, the blank.

    Raises:
        NotConnectedError: `connect` has not run yet.
        UnknownExerciseError: The lesson has no such exercise.
        ReferenceUnavailableError: The answer is open and the reference could not be made;
            SealedAnswerError, a kind of it: a sealed lesson has none.

    Example:
        model = ct.use("1.2")
    """
    now = session.current()
    asked = now.lesson.exercise(str(getattr(exercise, "number", exercise)))
    if now.cells.exercise is not None:
        return ____
    answers = _own_or_reference(now, asked)
    return answers if len(answers) > 1 else next(iter(answers.values()))


def _own_or_reference(now: session.Session, exercise: Exercise) -> Mapping[str, object]:
    try:
        own = now.own_answers(exercise)
        if own is not None:
            return own
        if now.lesson.sealed:
            raise SealedAnswerError(
                f"This cell goes on with your answer to exercise {exercise.number}, which is still "
                "open, and this lesson is sealed: it has no answer to give in its place. Run the "
                "answer cell first, then this one again."
            )
        reference = now.reference(exercise)
    except SealedAnswerError:
        raise
    except Exception as error:
        raise ReferenceUnavailableError(
            f"Exercise {exercise.number} is still open, and its reference answer could not be "
            f"made: {type(error).__name__}: {error}. Run the notebook's cells from the top, then "
            "this one again."
        ) from error
    now.references.hand_out(exercise, reference)
    sentence = f"Going on with the reference answer for {exercise.number}; your own is still open."
    show(note_card(sentence, look.GOING_ON))
    return dict(reference)
