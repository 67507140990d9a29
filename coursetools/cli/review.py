"""`coursetools review`: a page of this computer on which a person marks."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursetools.cli.errors import clear_errors
from coursetools.cli.gradebook import gradebook_of
from coursetools.cli.lesson import wanted_lesson
from coursetools.cli.login import login

if TYPE_CHECKING:
    from coursetools.grading.review import Desk, Door

_NOT_WRITTEN = (
    "The marks are in the gradebook; the table and the pages are not written anew. Run "
    "`coursetools grade` as before for that; it grades nothing twice."
)


def review(
    out: Annotated[
        Path, typer.Argument(help="The folder that `grade` wrote into.", show_default=False)
    ],
    database: Annotated[
        str | None, typer.Option(help="The database's URL, if `grade` was given one.")
    ] = None,
    lesson: Annotated[
        str | None,
        typer.Option(help="The file of a lesson of your own, to see what it asks."),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who marks; your login if not said.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open the page.")
    ] = True,
) -> None:
    """Mark what needs a person, on a page in your browser.

    It shows one answer after another with its marking guide; points and comments are saved as you
    type, and stay when the class is graded again. Names are hidden until you ask for them. Only
    this computer can reach the page, and only by the address that is printed. Ctrl-C ends it, and
    then the table and the pages are written anew.

    Example: `coursetools review graded/`

    Exit codes: 0 you ended it, 1 something is wrong with what you gave.
    """
    from coursetools.grading.gradebook import GradebookError, open_gradebook
    from coursetools.grading.review import Desk, PortError, serve
    from coursetools.grading.written import NothingShownError

    own = None if lesson is None else wanted_lesson(lesson).lesson
    place = gradebook_of(out, database)
    said = (GradebookError, NothingShownError, PortError)
    with clear_errors(also=said), open_gradebook(place) as book:
        desk = Desk(book, out, by or login(), own)
        serve(desk, port, lambda door: _tell(door, browser))
        try:
            with clear_errors(_NOT_WRITTEN, also=said):
                desk.write()
        finally:  # afterwards: a terminal that was closed takes no words any more
            typer.echo(f"\n{_came_to(desk)}")


def _tell(door: Door, browser: bool) -> None:
    typer.echo(f"Open {door.address}\nin a browser of this computer. Ctrl-C ends it.")
    if browser:
        webbrowser.open(door.address_once())


def _came_to(desk: Desk) -> str:
    """Say what was marked, and what is left."""
    left = sum(not item.done for item in desk.items)
    rest = f"{left} of {len(desk.items)} are left" if left else "nothing is left"
    return f"{len(desk.marked)} marked, {rest}."
