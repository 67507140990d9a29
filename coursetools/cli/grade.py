"""`coursetools grade`: a folder of submissions, one command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from coursetools.cli.errors import clear_errors
from coursetools.cli.lesson import HELP, wanted_lesson
from coursetools.cli.report import Tell, progress_bar
from coursetools.grading.grader import Runner
from coursetools.grading.intake import read_roster
from coursetools.grading.notebook import load_release
from coursetools.grading.order import GRADEBOOK, Order, Summary
from coursetools.grading.records import Disposition, Grade
from coursetools.sandbox import Sandbox, Unconfined, why_not
from coursetools.sandbox.bwrap import inside
from coursetools.sandbox.reports import Limits

NO_SANDBOX = 3
"""The exit code where submissions cannot be kept apart from this machine."""

OURS = 4
"""The exit code when grading failed on our side for some submission."""

_KEPT = "What was graded so far is in the gradebook; the same command goes on from there."
_SHOWN = 20
_EVERY = 25


def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder or zip of what students handed in.", show_default=False)
    ],
    lesson: Annotated[str, typer.Option(help=HELP, show_default=False)],
    out: Annotated[
        Path, typer.Option(help="Where the gradebook and the pages go.", show_default=False)
    ],
    roster: Annotated[
        Path | None, typer.Option(help="A CSV of the class with `id` and `name`.")
    ] = None,
    release: Annotated[
        Path | None, typer.Option(help="The folder of the released notebook, if not the course's.")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="A database's URL, in place of a file in the folder.")
    ] = None,
    holdout: Annotated[
        Path | None, typer.Option(help="Held-out pictures for lesson 5, from `data holdout`.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="How many at once; 0: one a processor.")] = 0,
    seconds: Annotated[float, typer.Option(min=1, help="What a submission may take.")] = 300,
    text_answers: Annotated[
        bool, typer.Option("--text-answers", help="A person marks texts; else they do not count.")
    ] = False,
    unconfined: Annotated[
        bool,
        typer.Option(
            "--let-submissions-do-anything",
            help="Run without the sandbox. Each submission may then read, change and send whatever "
            "you can. Only for notebooks that you wrote yourself.",
        ),
    ] = False,
) -> None:
    """Grade a folder of submissions.

    Every file ends as graded, for review, or rejected with its reason. In the folder of `--out`
    are then `gradebook.csv`, `gradebook.sqlite`, a page for each student in `feedback/`, and
    `review/` for what needs a person. Run again, it grades what is new.

    Example: `coursetools grade submissions/ --lesson 2 --out graded/ --roster class.csv`

    Exit codes: 0 all is done, 1 something is wrong with what you gave, 3 there is no sandbox here,
    4 grading failed on our side for some submission, 130 stopped.
    """
    # The gradebook's libraries take longer to load than any other command takes to answer.
    from coursetools.grading.batch import grade_folder
    from coursetools.grading.gradebook import GradebookError

    wanted = wanted_lesson(lesson)
    why = None if unconfined else why_not()
    if why is not None:
        typer.echo(f"coursetools: {why}", err=True)
        raise typer.Exit(NO_SANDBOX)
    if wanted.module is not None and not unconfined and inside(wanted.module):
        typer.echo(
            f"coursetools: `{wanted.module}` lies where submissions can read it, since the sandbox "
            "shows them that folder. Move the lesson elsewhere, such as into your home.",
            err=True,
        )
        raise typer.Exit(1)
    with clear_errors(_KEPT, also=(GradebookError,)):
        order = Order(
            lesson=wanted.lesson,
            released=load_release(wanted.lesson.number, release or wanted.folder),
            out=out,
            url=database,
            roster=None if roster is None else read_roster(roster),
            limits=replace(Limits(), wall=seconds, cpu=seconds),
            jobs=jobs,
            text_answers=text_answers,
            holdout=holdout,
        )
        with progress_bar("Grading", stays=True) as bar:
            summary = grade_folder(submissions, order, _runner(unconfined), _teller(bar))
    _show(summary, order)
    if summary.ours:
        raise typer.Exit(OURS)


def _runner(unconfined: bool) -> type[Runner]:
    return Unconfined if unconfined else Sandbox


def _teller(bar: Tell) -> Callable[[int, int, Grade | None], None]:
    """Give what is told of grades: it moves the bar, or says a line now and then without one."""
    told = 0

    def tell(done: int, total: int, grade: Grade | None) -> None:
        nonlocal told
        last = "" if grade is None else f"{grade.student_id}: {grade.score:g}/{grade.max_score:g}"
        bar(done, total, last)
        if not sys.stderr.isatty() and done and (done == total or done >= told + _EVERY):
            told = done
            typer.echo(f"graded {done} of {total}", err=True)

    return tell


def _show(summary: Summary, order: Order) -> None:
    """Show what came of it: students with their scores, what needs a person, what was rejected."""
    screen = Console()
    table = Table("student", "score", "", title=f"{order.lesson.number} {order.lesson.title}")
    for one in summary.grades[:_SHOWN]:
        table.add_row(_named(one), f"{one.score:g} of {one.max_score:g}", _word(one))
    if len(summary.grades) > _SHOWN:
        table.add_row(f"and {len(summary.grades) - _SHOWN} more", "", "")
    screen.print(table)
    rejected = [f for f in summary.files if f.disposition is Disposition.REJECTED]
    for file in rejected[:_SHOWN]:
        typer.echo(f"rejected  {file.path}: {file.reason}")
    if len(rejected) > _SHOWN:
        typer.echo(f"rejected  {len(rejected) - _SHOWN} more; all are listed in the pages")
    for student_id, name in list(summary.missing.items())[:_SHOWN]:
        typer.echo(f"missing   {student_id} {name}".rstrip())
    review = sum(one.needs_review for one in summary.grades)
    where = f"{order.out}/" if order.url is None else f"{order.out}/ (gradebook: the database)"
    typer.echo(
        f"{len(summary.grades)} graded ({summary.graded_now} now), {review} for review, "
        f"{len(rejected)} rejected, {len(summary.missing)} missing. Written: {where}"
    )
    typer.echo(f"Begin with {order.out / 'index.html'}; the marks are in {GRADEBOOK} and its CSV.")


def _named(one: Grade) -> str:
    return one.student_id if one.name == one.student_id else f"{one.student_id} {one.name}".strip()


def _word(one: Grade) -> str:
    return "for review" if one.needs_review else ""
