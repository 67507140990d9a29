"""Answers typed into an exercise's cell, and what the engine says to them."""

from playwright.sync_api import Locator

from browser.lab import OpenNotebook
from coursetools.answers import capture
from coursetools.exercises import Exercise, run


def answer(lesson: OpenNotebook, exercise: Exercise, given: dict[str, object]) -> Locator:
    """Type an answer into the exercise's cell, run it, and return the card that it shows."""
    lines = [f"{name} = {value!r}" for name, value in given.items()]
    check = f"q_{exercise.number.split('.')[1]}.check()"
    cell = lesson.answer_cell(exercise.number)
    lesson.type_and_run(cell, "\n".join([f"# Exercise {exercise.number}", *lines, "", check]))
    return cell.locator(".jp-OutputArea-output .ct-card")


def feedback_for(exercise: Exercise, given: dict[str, object]) -> str:
    """Return what the engine says to an answer first, as a page shows it: without backticks."""
    result = run(exercise, capture(exercise.answers, given, {}), student_id="")
    assert result.feedback_lines
    return result.feedback_lines[0].replace("`", "")
