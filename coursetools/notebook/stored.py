"""Answers that stay in the notebook: what came of a training is marked from what was run.

Such an exercise is never run a second time, since another machine would train to other numbers.
Its `check()` leaves the captured answer in the output of the answer cell, where the grader
reads it as data that anybody may have written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.answers.stored import STORED_TYPE, StoredAnswerTooLargeError, store
from coursetools.exercises import Exercise


def stored_output(
    exercise: Exercise, data: Mapping[str, Any], source: str | None
) -> tuple[dict[str, Any], str]:
    """Give what to add to the check's output, and a sentence for the student.

    Args:
        exercise: Its answers stay in the notebook.
        data: The captured answers.
        source: The answer cell as it runs; None if the check runs anywhere else.

    Returns:
        The media types to add, none if nothing can be kept, and what to say of it.
    """
    if source is None:
        return {}, (
            f"Nothing was stored: run the check in its answer cell, the one that begins with "
            f"`# Exercise {exercise.number}`."
        )
    try:
        content = store(exercise.number, data, source)
    except StoredAnswerTooLargeError as error:
        return {}, str(error)
    return {STORED_TYPE: content}, (
        "Your answer is stored in this cell. Save the notebook to hand it in."
    )
