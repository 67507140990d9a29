"""`coursetools grade`: a folder of submissions, one command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from coursetools.cli import cluster
from coursetools.cli.errors import clear_errors
from coursetools.cli.graded import show_summary, show_told
from coursetools.cli.lesson import HELP, wanted_lesson
from coursetools.cli.report import MOST_LISTED, Tell, progress_bar
from coursetools.grading.grader import Runner
from coursetools.grading.intake import Roster, read_roster
from coursetools.grading.late import LatePolicy, LatePolicyError, read_policy
from coursetools.grading.notebook import load_release
from coursetools.grading.order import Order
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Grade, RunStatus
from coursetools.sandbox import Sandbox, Unconfined, why_not
from coursetools.sandbox.bwrap import inside
from coursetools.sandbox.reports import Limits

NO_SANDBOX = 3
"""The exit code where submissions cannot be kept apart from this machine."""

OURS = 4
"""The exit code when grading failed on our side for some submission."""

_KEPT = "What was graded so far is in the gradebook; the same command goes on from there."
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
    late: Annotated[
        Path | None, typer.Option(help="When it is due and what lateness costs: a file of TOML.")
    ] = None,
    changes: Annotated[
        bool,
        typer.Option(
            "--show-changes",
            help="Grade anew and show whose marks change; no mark that counts is written.",
        ),
    ] = False,
    jobs: Annotated[int, typer.Option(min=0, help="How many at once; 0: one a processor.")] = 0,
    scheduler: Annotated[str | None, typer.Option(help=cluster.HELP)] = None,
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
    `review/` for what needs a person. Run again, it grades what is new, and says how many marks
    changed.

    After a check was corrected, `--show-changes` shows first who goes up or down, and by which
    check. The same command without it then writes, and grades nothing twice.

    `--late` names a file that says when it is due and what lateness costs, such as the two lines
    `due = 2026-11-20T23:59:00+01:00` and `penalty = 10`: ten percent a day. All that it may say is
    in `coursetools/grading/late/README.md`.

    On several machines: `dask scheduler` on one and `dask worker tcp://ADDRESS:8786 --nthreads 2`
    on each, all from the same environment, then `--scheduler tcp://ADDRESS:8786`. Whoever reaches
    their ports can run anything there: keep them on a network of your own, or name certificates
    in Dask's configuration and say `tls://`.

    Example: `coursetools grade submissions/ --lesson 2 --out graded/ --roster class.csv`

    Exit codes: 0 all is done, 1 something is wrong with what you gave, 3 there is no sandbox here,
    4 grading failed on our side for some submission, 130 stopped.
    """
    # The gradebook's libraries take longer to load than any other command takes to answer.
    from coursetools.grading.batch import NothingGradedError, grade_folder, show_changes
    from coursetools.grading.changes.files import write_changes
    from coursetools.grading.gradebook import GradebookError

    wanted = wanted_lesson(lesson)
    workers = cluster.wanted_workers(scheduler, wanted, holdout, jobs=jobs, unconfined=unconfined)
    here = workers is None and not unconfined  # elsewhere each worker is asked
    why = why_not() if here else None
    if why is not None:
        typer.echo(f"coursetools: {why}", err=True)
        raise typer.Exit(NO_SANDBOX)
    if wanted.module is not None and here and inside(wanted.module):
        typer.echo(
            f"coursetools: `{wanted.module}` lies where submissions can read it, since the sandbox "
            "shows them that folder. Move the lesson elsewhere, such as into your home.",
            err=True,
        )
        raise typer.Exit(1)
    read = None if roster is None else _read(roster)
    policy = None if late is None else _policy(late, read)
    with clear_errors(_KEPT, also=(GradebookError, NothingGradedError)):
        order = Order(
            lesson=wanted.lesson,
            released=load_release(wanted.lesson.number, release or wanted.folder),
            out=out,
            url=database,
            roster=read,
            limits=replace(Limits(), wall=seconds, cpu=seconds),
            jobs=jobs,
            workers=workers,
            text_answers=text_answers,
            late=policy,
            holdout=holdout,
        )
        with progress_bar("Grading", stays=True) as bar:
            tell = _teller(bar)
            if changes:
                told = show_changes(submissions, order, _runner(unconfined), tell)
                write_changes(told, out, title=order.lesson.title)
            else:
                summary = grade_folder(submissions, order, _runner(unconfined), tell)
    if changes:
        show_told(told, out)
        if any(one.after and one.after.status is RunStatus.SANDBOX_ERROR for one in told.students):
            raise typer.Exit(OURS)
        return
    show_summary(summary, order)
    if summary.ours:
        raise typer.Exit(OURS)


def _read(roster: Path) -> Roster:
    with clear_errors():
        return read_roster(roster)


def _policy(late: Path, roster: Roster | None) -> LatePolicy:
    """Read the late policy, or say all that is wrong with it."""
    with clear_errors():
        try:
            return read_policy(late, roster)
        except LatePolicyError as error:
            for sentence in error.sentences[:MOST_LISTED]:
                typer.echo(f"coursetools: {sentence}", err=True)
            if len(error.sentences) > MOST_LISTED:
                typer.echo(f"and {len(error.sentences) - MOST_LISTED} more mistakes", err=True)
            typer.echo("Nothing was graded.", err=True)
            raise typer.Exit(1) from error


def _runner(unconfined: bool) -> type[Runner]:
    return Unconfined if unconfined else Sandbox


def _teller(bar: Tell) -> Callable[[int, int, Grade | None], None]:
    """Give what is told of grades: it moves the bar, or says a line now and then without one."""
    told = 0

    def tell(done: int, total: int, grade: Grade | None) -> None:
        nonlocal told
        last = ""
        if grade is not None:
            last = f"{one_line(grade.student_id, 40)}: {grade.score:g}/{grade.max_score:g}"
        bar(done, total, last)
        if not sys.stderr.isatty() and done and (done == total or done >= told + _EVERY):
            told = done
            typer.echo(f"graded {done} of {total}", err=True)

    return tell
