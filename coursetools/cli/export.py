"""`coursetools export`: grades as Canvas, Moodle and Gradescope take them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursetools import lessons
from coursetools.cli.errors import clear_errors, refuse
from coursetools.cli.gradebook import gradebook_of
from coursetools.cli.lesson import HELP, wanted_lesson
from coursetools.grading.order import FEEDBACK
from coursetools.grading.plain_text import one_line

if TYPE_CHECKING:  # these load what no other command needs
    from coursetools.grading.export import Chosen, Filled, Mark
    from coursetools.grading.gradebook import Gradebook, Grading

app = typer.Typer(rich_markup_mode="markdown", no_args_is_help=True)

_NOTHING = "Nothing was written."
_LATE = (
    "Lateness is taken off of {count} of them already: see that the platform does not do so again."
)

_Out = Annotated[Path, typer.Argument(help="The folder that `grade` wrote into.")]
_Columns = Annotated[Path | None, typer.Option(help="The platform's own table, to be filled in.")]
_Write = Annotated[Path, typer.Option(help="Where the table goes.", show_default=False)]
_Column = Annotated[str, typer.Option(help="The heading of the column for points.")]
_Feedback = Annotated[
    Path | None, typer.Option(help="Where a zip of feedback files goes, if one is wanted.")
]
_Lesson = Annotated[str | None, typer.Option(help=f"{HELP} Needed if several are graded there.")]
_Database = Annotated[
    str | None, typer.Option(help="The database's URL, if `grade` was given one.")
]
_Unreviewed = Annotated[
    bool, typer.Option("--unreviewed", help="Write marks too that a person has still to look at.")
]
_Scale = Annotated[
    bool, typer.Option("--scale", help="Turn points into shares of the platform's maximum.")
]


@app.callback()
def export() -> None:
    """Write grades as a learning platform takes them in.

    Marks that a person has still to look at are left out and listed, and where there is no mark
    none is written: no zero that nobody gave.
    """


@app.command()
def canvas(
    out: _Out,
    write: _Write,
    columns: _Columns = None,
    *,
    column: _Column = "",
    feedback: _Feedback = None,
    lesson: _Lesson = None,
    database: _Database = None,
    unreviewed: _Unreviewed = False,
    scale: _Scale = False,
) -> None:
    """Write a CSV for Canvas's gradebook.

    With `--columns` and the file that Canvas gives under Gradebook, Export, points go into the
    students' lines there and all else stays. Without it, a new assignment is made. Canvas takes no
    comments in with a CSV: `--feedback` writes a zip for Re-Upload Submissions, with a file for
    each student whose submission came from Canvas.

    Example: `coursetools export canvas graded/ --columns canvas.csv --write grades.csv`
    """
    from coursetools.grading.export import canvas_feedback, canvas_from_ids, canvas_table
    from coursetools.grading.export.raw_table import read_table

    with _exporting(out, database, lesson, unreviewed, (columns, write, feedback)) as (made, title):
        if columns is not None:
            filled = canvas_table(read_table(columns), made, title, column, scale=scale)
        else:
            filled = canvas_from_ids(made, title, column)
        _save(write, filled.data)
        _tell(made, filled, write)
        if feedback is not None:
            _zip(feedback, canvas_feedback(made.marks), "it did not come from Canvas")


@app.command()
def moodle(
    out: _Out,
    write: _Write,
    columns: _Columns = None,
    *,
    column: _Column = "",
    comment_column: Annotated[str, typer.Option(help="The heading for comments.")] = "",
    feedback: _Feedback = None,
    lesson: _Lesson = None,
    database: _Database = None,
    unreviewed: _Unreviewed = False,
    scale: _Scale = False,
) -> None:
    """Write a CSV for a Moodle assignment, with comments.

    With `--columns` and the grading worksheet that Moodle gives, points and comments go into the
    students' lines there and all else stays. Without it, a worksheet is made of the numbers in the
    names of submissions from Moodle, or else a table for the gradebook's import. `--feedback`
    writes a zip of the students' pages, for Upload multiple feedback files.

    Example: `coursetools export moodle graded/ --columns worksheet.csv --write grades.csv`
    """
    from coursetools.grading.export import moodle_feedback, moodle_from_ids, moodle_table
    from coursetools.grading.export.raw_table import read_table

    with _exporting(out, database, lesson, unreviewed, (columns, write, feedback)) as (made, title):
        if columns is not None:
            table = read_table(columns)
            filled = moodle_table(table, made, column, comment_column, scale=scale)
        else:
            filled = moodle_from_ids(made, title)
        _save(write, filled.data)
        _tell(made, filled, write)
        if feedback is not None:
            why = f"it did not come from Moodle, or has no page in {out / FEEDBACK}"
            _zip(feedback, moodle_feedback(made.marks, _pages(out)), why)


@app.command()
def gradescope(
    out: _Out,
    write: Annotated[Path, typer.Option(help="A folder for the results.", show_default=False)],
    *,
    roster: Annotated[
        Path | None, typer.Option(help="A CSV of the class with `id` and `email`.")
    ] = None,
    lesson: _Lesson = None,
    database: _Database = None,
    unreviewed: _Unreviewed = False,
) -> None:
    """Write `results.json` for each submission, and an autograder that hands them over.

    Gradescope takes results from an autograder only: upload `autograder.zip` of the folder under
    Configure Autograder, then choose Regrade All Submissions. Submissions are known by Gradescope's
    own numbers if they were downloaded there, else by the addresses of the roster.

    Example: `coursetools export gradescope graded/ --write results/`
    """
    from coursetools.grading.export import Filled, autograder, write_results
    from coursetools.grading.export.gradescope import AUTOGRADER
    from coursetools.grading.intake import read_roster

    with _exporting(out, database, lesson, unreviewed, (None, write, None)) as (made, _):
        entries = () if roster is None else read_roster(roster).entries
        emails = {
            entry.id: text for entry in entries for text in (entry.id, *entry.also) if "@" in text
        }
        data, unknown = autograder(made.marks, emails)
        write.mkdir(parents=True, exist_ok=True)
        write_results(made.marks, write)
        _save(write / AUTOGRADER, data)
        known = len(made.marks) - len(unknown)
        notes = [f"`{AUTOGRADER}` there knows {known} of them: upload it, then regrade all."]
        if unknown:
            notes.append(
                "It knows the others by their addresses: give a class list with `--roster`."
            )
        _list("not known there", unknown)
        _tell(made, Filled(b"", len(made.marks), [], [], notes), write)


@contextmanager
def _exporting(
    out: Path,
    database: str | None,
    lesson: str | None,
    unreviewed: bool,
    files: tuple[Path | None, Path, Path | None],
) -> Iterator[tuple[Chosen, str]]:
    """Give what goes out, and the lesson's title; what goes wrong is told in a sentence."""
    from coursetools.grading.export import ExportError, choose
    from coursetools.grading.gradebook import GradebookError, open_gradebook

    place = gradebook_of(out, database)
    named = [file.resolve() for file in files if file is not None]
    if len(set(named)) < len(named):
        refuse("Two files have the same name. What is read stays; write into others.")
    with clear_errors(_NOTHING, also=(GradebookError, ExportError)):
        with open_gradebook(place) as book:
            grading, title = _grading(book, lesson)
            made = choose(book.grades(grading, full=False), title, unreviewed=unreviewed)
        yield made, title


def _grading(book: Gradebook, lesson: str | None) -> tuple[Grading, str]:
    there = {grading.lesson: grading for grading in book.latest()}
    if lesson is not None:
        wanted = wanted_lesson(lesson).lesson
        number, title = wanted.number, wanted.title
    elif len(there) == 1:
        number = next(iter(there))
        title = book.title(there[number]) or _title(number)
    else:
        graded = ", ".join(map(str, there)) or "none"
        refuse(f"Say which lesson with `--lesson`; graded there: {graded}.")
    if number not in there:
        graded = ", ".join(map(str, there)) or "none"
        refuse(f"Lesson {number} is not graded there; graded are: {graded}.")
    return there[number], title


def _title(number: int) -> str:
    try:
        return lessons.load(number).title
    except lessons.UnknownLessonError:  # an instructor's own
        return f"Lesson {number}"


def _pages(out: Path) -> Callable[[Mark], bytes | None]:
    from coursetools.grading.feedback import page_name

    def page_of(mark: Mark) -> bytes | None:
        page = out / FEEDBACK / page_name(mark.grade)
        return page.read_bytes() if page.is_file() else None

    return page_of


def _save(path: Path, data: bytes) -> None:
    from coursetools.grading.whole_file import write_whole

    write_whole(path, data)


def _tell(made: Chosen, filled: Filled, path: Path) -> None:
    """Say what was written and, by name, what was not."""
    from coursetools.grading.export.chosen import who

    _list("held back", [f"{one_line(who(grade))}: {why}." for grade, why in made.held_back])
    _list("not found there", filled.only_here)
    _list("only there", filled.only_there)
    late = [mark for mark in made.marks if mark.grade.deduction]
    _list("note", [*filled.notes, _LATE.format(count=len(late))] if late else filled.notes)
    typer.echo(f"{filled.written} of {_count(made)} grades written: {path}")
    if made.held_back:
        typer.echo(f"{len(made.held_back)} held back; `--unreviewed` writes provisional marks too.")


def _zip(path: Path, made: tuple[bytes, list[str]], why: str) -> None:
    data, left_out = made
    _save(path, data)
    _list("no feedback file", [f"{one}: {why}." for one in left_out])
    typer.echo(f"Feedback files written: {path}")


def _list(kind: str, lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(f"{kind:<16}  {line}")


def _count(made: Chosen) -> int:
    return len(made.marks) + len(made.held_back)
