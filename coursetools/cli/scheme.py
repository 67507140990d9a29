"""`coursetools scheme`: the marking scheme of a lesson, as its checks declare it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coursetools import lessons
from coursetools.cli.lesson import wanted_lesson
from coursetools.exercises import Exercise, Lesson


def show(
    lesson: Annotated[
        str | None,
        typer.Argument(help="The lesson's number, or your own lesson's file; without it, all."),
    ] = None,
) -> None:
    """Show what earns points: every check of every exercise, in the words of its code.

    Example: `coursetools scheme 2`
    """
    if lesson is None:
        Console().print(overview())
        return
    Console().print(table_of(wanted_lesson(lesson).lesson))


def overview() -> Table:
    """Make a table of all lessons: exercises, points, minutes."""
    table = Table("lesson", "exercises", "points", "minutes")
    for number in lessons.numbers():
        lesson = lessons.load(number)
        minutes = sum(exercise.minutes for exercise in lesson.exercises)
        table.add_row(
            f"{number} {lesson.title}",
            str(len(lesson.exercises)),
            f"{lesson.points:g}",
            f"{minutes:g}",
        )
    return table


def table_of(lesson: Lesson) -> Table:
    """Make the table of a lesson: a row for each check, conditions without points among them."""
    table = Table("exercise", "points", "what is checked", title=f"{lesson.number} {lesson.title}")
    for exercise in lesson.exercises:
        table.add_row(
            f"{exercise.number} {exercise.title}", f"{exercise.points:g}", drawn(exercise)
        )
        for check in exercise.checks:
            by_hand = " (marked by a person)" if check.by_hand else ""
            worth = f"{check.points:g}" if check.points else "needed"
            table.add_row("", worth, check.description + by_hand)
        if exercise.for_markers:
            table.add_row(
                "", "", f"[italic]For whoever marks it: {escape(exercise.for_markers)}[/]"
            )
        table.add_section()
    return table


def drawn(exercise: Exercise) -> str:
    """Say what differs from student to student."""
    parts = ["the numbers"] if exercise.draws or exercise.draw_from is not None else []
    parts += ["the order of the options"] if exercise.options else []
    if not parts:
        return ""
    verb = "differ" if parts[0] == "the numbers" else "differs"
    return f"[italic]{' and '.join(parts)} {verb} by student id[/]"
