"""`coursetools points`: what a person gives for an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coursetools.cli.errors import clear_errors, refuse
from coursetools.cli.gradebook import gradebook_of
from coursetools.cli.login import login

_NOTHING = "Nothing was saved."
_USAGE = "Give STUDENT, EXERCISE and POINTS, or `--csv FILE`."
_SAVED = "The points ({count}) are saved all the same; run `coursetools grade` to write the pages."
_SHOWN = 20


def points(
    student: Annotated[str | None, typer.Argument(help="The student's id.")] = None,
    exercise: Annotated[str | None, typer.Argument(help="Such as 3.4.")] = None,
    given: Annotated[
        str | None, typer.Argument(metavar="POINTS", help="From 0, or `take-back`.")
    ] = None,
    *,
    out: Annotated[
        Path, typer.Option(help="The folder that `grade` wrote into.", show_default=False)
    ],
    comment: Annotated[str, typer.Option(help="What the student is to read.")] = "",
    csv: Annotated[
        Path | None, typer.Option(help="Many at once: `id`, `exercise`, `points`, `comment`.")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="The database's URL, if `grade` was given one.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who gives them; your login if not said.")] = None,
) -> None:
    """Give points for an answer, in place of the machine's.

    They stay when the class is graded again. If a line of the file is wrong, none is saved. The
    word `take-back` in place of points takes away what was given, and the machine's mark counts
    again. The table, the report and the students' pages are written anew.

    Example: `coursetools points --out graded/ ada 3.4 1.5 --comment "Why the *largest*?"`

    Exit codes: 0 all is saved, 1 something is wrong with what you gave and nothing is saved, or
    the pages could not be written (then it says that the points are saved).
    """
    from coursetools.grading.gradebook import (
        Given,
        GradebookError,
        PointsError,
        give_points,
        open_gradebook,
        read_points,
    )
    from coursetools.grading.written import NothingShownError, rewrite

    place = gradebook_of(out, database)
    with clear_errors(_NOTHING, also=(GradebookError,)):
        try:
            if csv is not None and student is None and not comment:
                wanted = read_points(csv)
            elif csv is None and student and exercise and given:
                wanted = (Given(student.strip(), exercise.strip(), given.strip(), comment),)
            else:
                refuse(_USAGE)
            with open_gradebook(place) as book:
                count = give_points(book, wanted, by or login())
                after = _SAVED.format(count=count)
                with clear_errors(after, also=(GradebookError, NothingShownError)):
                    rewrite(book, out, {each.student_id for each in wanted})
        except PointsError as error:
            for sentence in error.sentences[:_SHOWN]:
                typer.echo(f"coursetools: {sentence}", err=True)
            if len(error.sentences) > _SHOWN:
                typer.echo(f"and {len(error.sentences) - _SHOWN} more lines", err=True)
            typer.echo(_NOTHING, err=True)
            raise typer.Exit(1) from error
    typer.echo(f"{count} saved; the table, the report and the pages in {out}/ show it.")
