"""`coursetools release`: what students get of a lesson."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coursetools.cli.errors import clear_errors
from coursetools.exercises.sealed import SealingError
from coursetools.grading.release import ReleaseError, release
from coursetools.lessons import UnknownLessonError


def make(
    lesson: Annotated[int, typer.Option(help="The lesson's number.", show_default=False)],
    out: Annotated[Path, typer.Option(help="The folder to write into.", show_default=False)],
    sealed: Annotated[
        bool,
        typer.Option(
            "--sealed", help="Write what is asked as a file that holds no solution and no check."
        ),
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option(help="The folder of the lesson's notebook; without it, the course's own."),
    ] = None,
) -> None:
    """Write what students get of a lesson: its notebook, with open answers and no id.

    With --sealed there are two files, to be handed out together: the notebook, and what is asked
    in it. Then a check says only that an answer was read.

    Example: `coursetools release --lesson 1 --out handout`

    Exit codes: 0 it was written, 1 it cannot be released or written, 130 stopped.
    """
    with clear_errors(also=(ReleaseError, SealingError, UnknownLessonError)):
        made = release(lesson, out, sealed=sealed, source=source)
    typer.echo(f"notebook: {made.notebook}")
    if made.declaration is not None:
        typer.echo(f"what is asked: {made.declaration}, to be put beside the notebook")
        typer.echo(
            "The solutions of the course's own lessons are public: whoever has coursetools "
            "installed can look at them. Sealing is for exercises of your own."
        )
