"""Writes what changed: a table for spreadsheets, and a page."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from coursetools.grading.changes.comparing import Change, Changes
from coursetools.grading.changes.words import (
    mark_words,
    notes_on,
    outcome_words,
    signed,
    summary_sentence,
)
from coursetools.grading.feedback.filling import environment, written
from coursetools.grading.feedback.student import called, rich_line
from coursetools.grading.plain_text import inert_cell, one_line
from coursetools.grading.whole_file import write_whole

CHANGES_TABLE = "changes.csv"
CHANGES_PAGE = "changes.html"
_COLUMNS = (
    "id",
    "name",
    "old_score",
    "new_score",
    "difference",
    "exercise",
    "old_points",
    "new_points",
    "check",
    "old_outcome",
    "new_outcome",
    "for_review",
    "file",
)


@dataclass(frozen=True)
class _ExerciseRow:
    """An exercise in it."""

    points: str
    """With its number."""
    title: Markup
    checks: tuple[tuple[Markup, str, str], ...]
    """Of each its text and the outcomes."""
    review: tuple[Markup, ...]


@dataclass(frozen=True)
class _Row:
    """A student's line of the page."""

    who: str
    student_id: str
    old: str
    new: str
    difference: str
    exercises: tuple[_ExerciseRow, ...]
    notes: tuple[Markup, ...]


def write_changes(changes: Changes, folder: Path, *, title: str = "") -> tuple[Path, Path]:
    """Write `changes.csv`, a line for each check that changed, and `changes.html`.

    Args:
        changes: All of a class.
        folder: Where to; it is made if it is not there.
        title: The lesson's.

    Returns:
        The paths of the table and of the page.

    Raises:
        OSError: One cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for change in changes.told:
        table.writerows(_lines(change))
    write_whole(folder / CHANGES_TABLE, text.getvalue().encode("utf-8-sig"))
    page = _environment().get_template(CHANGES_PAGE)
    filled = page.render(
        title=one_line(title),
        summary=summary_sentence(changes),
        rows=[_row(change) for change in changes.told],
        table=CHANGES_TABLE,
    )
    return folder / CHANGES_TABLE, written(folder / CHANGES_PAGE, filled)


def _lines(change: Change) -> list[list[str]]:
    grade = change.grade
    who = [inert_cell(grade.student_id), inert_cell(grade.name)]
    scores = [_plain(change.old), _plain(change.new), _plain(change.difference)]
    file = inert_cell(grade.path)
    lines = [
        [
            *who,
            *scores,
            each.exercise,
            _plain(each.before),
            _plain(each.after),
            inert_cell(description),
            before,
            after,
            inert_cell(" ".join(each.review)),
            file,
        ]
        for each in change.exercises
        for description, before, after in [
            (c.description, outcome_words(c.before), outcome_words(c.after)) for c in each.checks
        ]
        or [("", "", "")]
    ]
    why = inert_cell(" ".join(change.review))
    return lines or [[*who, *scores, *[""] * 6, why, file]]


def _plain(points: float | None) -> str:
    return "" if points is None else f"{points:g}"


def _row(change: Change) -> _Row:
    exercises = tuple(
        _ExerciseRow(
            points=f"{each.exercise}: {mark_words(each.before)} → {mark_words(each.after)}",
            title=rich_line(each.title),
            checks=tuple(
                (rich_line(c.description), outcome_words(c.before), outcome_words(c.after))
                for c in each.checks
            ),
            review=tuple(map(rich_line, each.review)),
        )
        for each in change.exercises
    )
    return _Row(
        who=called(change.grade),
        student_id=one_line(change.grade.student_id, 80),
        old=mark_words(change.old),
        new=mark_words(change.new),
        difference=signed(change.difference),
        exercises=exercises,
        notes=tuple(map(rich_line, (*notes_on(change), *change.review))),
    )


@cache
def _environment() -> Environment:
    """Give the feedback pages' templates and their rules, with this folder's."""
    shared = environment()
    loaders = [PackageLoader("coursetools.grading.changes"), shared.loader]
    return shared.overlay(loader=ChoiceLoader([each for each in loaders if each is not None]))
