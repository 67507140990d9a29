"""`coursetools move-over`: an assignment of nbgrader's or Otter's as a lesson of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coursetools.cli.errors import clear_errors
from coursetools.grading.foreign import ForeignError, Moved, MovingError, move_over
from coursetools.grading.foreign.report import how_to_grade, who_marks
from coursetools.grading.plain_text import one_line
from coursetools.lessons.own import FIRST_OWN

_MOST_LISTED = 20


def move(
    file: Annotated[Path, typer.Argument(help="The assignment's notebook.")],
    out: Annotated[Path, typer.Option(help="The folder to write into.", show_default=False)],
    number: Annotated[int, typer.Option(help="The new lesson's number, from 100.")] = FIRST_OWN,
) -> None:
    """Write an assignment of nbgrader's or Otter's as a lesson of your own.

    FILE is best the notebook that the assignment is made from, since hidden tests and solutions
    are only there; a released notebook will do. Three files are written: the exercises, the
    notebook, and `moved.md`, which lists what could not be taken over, and why. Nothing of the
    assignment is run.

    Example: `coursetools move-over source/windows.ipynb --out mine`

    Exit codes: 0 it was written, 1 it cannot be read or written, 130 stopped.
    """
    with clear_errors(also=(ForeignError, MovingError)):
        moved = move_over(file, out, number)
    Console().print(_table(moved))
    left = moved.left_out
    if left:
        typer.echo("Could not be taken over:")
    for each in left[:_MOST_LISTED]:
        typer.echo(f"  {one_line(each.name)}: {one_line(each.reason, 300)}")
    if len(left) > _MOST_LISTED:
        typer.echo(f"  and {len(left) - _MOST_LISTED} more, in {moved.report}")
    typer.echo(f"exercises: {moved.lesson}")
    typer.echo(f"notebook: {moved.notebook}")
    typer.echo(f"what became of each, and what to look at: {moved.report}")
    typer.echo(f"marks: {how_to_grade(moved.plan, str(moved.lesson))}")


def _table(moved: Moved) -> Table:
    title = Text(f"{one_line(moved.assignment.title)}, from {moved.assignment.tool}")
    table = Table("exercise", "was", "points", "marked by", title=title)
    for exercise in moved.plan.exercises:
        old = exercise.old
        name = Text(one_line(old.name, 60))
        table.add_row(str(old.number), name, f"{old.points:g}", who_marks(exercise))
    return table
