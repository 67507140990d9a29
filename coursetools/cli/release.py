"""`coursetools release`: what students get of a lesson."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coursetools.cli.errors import clear_errors
from coursetools.cli.lesson import HELP, wanted_lesson
from coursetools.exercises.sealed import SealingError
from coursetools.grading.release import ReleaseError, release


def make(
    lesson: Annotated[str, typer.Option(help=HELP, show_default=False)],
    out: Annotated[Path, typer.Option(help="The folder to write into.", show_default=False)],
    sealed: Annotated[
        bool,
        typer.Option(
            "--sealed", help="Write what is asked as a file that holds no solution and no check."
        ),
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option(help="The folder of the lesson's notebook, if it is another."),
    ] = None,
) -> None:
    """Write what students get of a lesson: its notebook, with open answers and no id.

    With --sealed there are two files, to be handed out together: the notebook, and what is asked
    in it. Then a check says only that an answer was read. A lesson of your own that is not sealed
    comes with its file, under the name that `connect` looks for.

    Example: `coursetools release --lesson 1 --out handout`

    Exit codes: 0 it was written, 1 it cannot be released or written, 130 stopped.
    """
    wanted = wanted_lesson(lesson)
    with clear_errors(also=(ReleaseError, SealingError)):
        made = release(
            wanted.lesson,
            out,
            sealed=sealed,
            source=source or wanted.folder,
            module=wanted.module,
        )
    typer.echo(f"notebook: {made.notebook}")
    if made.declaration is not None:
        typer.echo(f"what is asked: {made.declaration}, to be put beside the notebook")
    if made.module is not None:
        typer.echo(f"its exercises, with their solutions: {made.module}, to be put beside it")
    if sealed and wanted.module is None:
        typer.echo(
            "The solutions of the course's own lessons are public: whoever has coursetools "
            "installed can look at them. Sealing is for exercises of your own."
        )
