"""`--lesson`: a number of the course, or the file of an instructor's own lesson."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from coursetools import lessons
from coursetools.exercises import Lesson
from coursetools.lessons.own import OwnLessonError, load_own

HELP = "The lesson's number, or the file of one of your own, with its notebook beside it."


@dataclass(frozen=True)
class Wanted:
    """A lesson that a command was asked for."""

    lesson: Lesson
    module: Path | None = None
    """The file of an own lesson; its notebook is beside it."""

    @property
    def folder(self) -> Path | None:
        """Where its notebook is; None for the course's own."""
        return None if self.module is None else self.module.parent


def wanted_lesson(text: str) -> Wanted:
    """Find a lesson; if there is none, say why in a sentence and end with exit code 1."""
    try:
        if text.isdecimal():
            return Wanted(lessons.load(int(text)))
        file = Path(text)
        if file.suffix != ".py":
            raise OwnLessonError(
                f"`{text}` is neither a lesson's number nor a file of Python that defines one."
            )
        return Wanted(load_own(file), file.absolute())
    except lessons.UnknownLessonError as error:
        typer.echo(f"coursetools: {error}", err=True)
        raise typer.Exit(1) from error
