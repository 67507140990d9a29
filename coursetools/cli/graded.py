"""What `coursetools grade` shows of what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coursetools.cli.report import MOST_LISTED
from coursetools.grading.changes import (
    Change,
    Changes,
    mark_words,
    notes_on,
    outcome_words,
    signed,
    summary_sentence,
)
from coursetools.grading.order import GRADEBOOK, Order, Summary
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Disposition, Grade

_LINES = 4
"""Lines of what changed that are shown of a student."""


def show_summary(summary: Summary, order: Order) -> None:
    """Show students with their scores, what needs a person, what was rejected, what changed."""
    table = Table(
        "student", "score", "", title=f"{order.lesson.number} {one_line(order.lesson.title)}"
    )
    for one in summary.grades[:MOST_LISTED]:
        table.add_row(_named(one), f"{one.final_score:g} of {one.max_score:g}", _word(one))
    if len(summary.grades) > MOST_LISTED:
        table.add_row(f"and {len(summary.grades) - MOST_LISTED} more", "", "")
    Console().print(table)
    rejected = [f for f in summary.files if f.disposition is Disposition.REJECTED]
    for file in rejected[:MOST_LISTED]:
        typer.echo(f"rejected  {file.path}: {file.reason}")
    if len(rejected) > MOST_LISTED:
        typer.echo(f"rejected  {len(rejected) - MOST_LISTED} more; all are listed in the pages")
    for student_id, name in list(summary.missing.items())[:MOST_LISTED]:
        typer.echo(f"missing   {student_id} {name}".rstrip())
    for student_id in summary.strangers[:MOST_LISTED]:
        typer.echo(f"unknown   {one_line(student_id)}: the late policy names it, and nobody has it")
    review = sum(one.needs_review for one in summary.grades)
    where = f"{order.out}/" if order.url is None else f"{order.out}/ (gradebook: the database)"
    typer.echo(
        f"{len(summary.grades)} graded ({summary.graded_now} now), {review} for review, "
        f"{len(rejected)} rejected, {len(summary.missing)} missing. Written: {where}"
    )
    if summary.changes is not None:
        typer.echo(_marks_sentence(summary.changes))
        _warn_without_policy(summary.changes)
    marks = f"{GRADEBOOK} and its CSV" if order.url is None else "the database and gradebook.csv"
    typer.echo(f"Begin with {order.out / 'index.html'}; the marks are in {marks}.")


def show_told(changes: Changes, out: Path) -> None:
    """Show whose marks would change, and why."""
    from coursetools.grading.changes.files import CHANGES_PAGE, CHANGES_TABLE

    told = changes.told
    if told:
        table = Table("student", "old", "new", "difference", "exercises and checks")
        for change in told[:MOST_LISTED]:
            lines = list(_lines(change))
            if len(lines) > _LINES:
                lines[_LINES - 1 :] = [f"and {len(lines) - _LINES + 1} more"]
            table.add_row(
                _named(change.grade),
                mark_words(change.old),
                mark_words(change.new),
                signed(change.difference),
                Text("\n".join(lines)),
            )
        if len(told) > MOST_LISTED:
            table.add_row(f"and {len(told) - MOST_LISTED} more", "", "", "", "")
        Console().print(table)
    typer.echo(summary_sentence(changes))
    _warn_without_policy(changes)
    typer.echo(
        f"No mark was written. All of it is in {out / CHANGES_PAGE} and {out / CHANGES_TABLE}; the "
        "same command without `--show-changes` makes it count."
    )


def _lines(change: Change) -> Iterator[str]:
    yield from notes_on(change)
    for each in change.exercises:
        yield f"{each.exercise}: {mark_words(each.before)} → {mark_words(each.after)}"
        for check in each.checks:
            what = one_line(check.description, 60)
            yield f"  {what} {outcome_words(check.before)} → {outcome_words(check.after)}"
        if each.review:
            yield "  for review now"
    if change.review:
        yield "for review now"


def _marks_sentence(changes: Changes) -> str:
    if not changes.marks:
        return "No mark changed against the last grading."
    marks = f"{changes.marks} mark{'' if changes.marks == 1 else 's'}"
    return f"{marks} changed against the last grading: {summary_sentence(changes)}"


def _warn_without_policy(changes: Changes) -> None:
    if changes.policy_gone:
        typer.echo(
            "The last grading had a late policy and this one has none: nothing is taken off. Name "
            "it again with `--late` if it still holds.",
            err=True,
        )


def _named(one: Grade) -> Text:
    name = "" if one.name == one.student_id else one.name
    return Text(one_line(f"{one.student_id} {name}".strip(), 80))


def _word(one: Grade) -> str:
    late = f"{one.deduction:g} off for lateness" if one.deduction else ""
    return ", ".join(filter(None, ("for review" if one.needs_review else "", late)))
