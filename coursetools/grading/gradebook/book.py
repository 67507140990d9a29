"""The gradebook: grades go in one submission at a time, and come out in one fixed order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from coursetools._closing import Closing
from coursetools.grading.gradebook.database import WRITES, connected, place_of
from coursetools.grading.gradebook.errors import told
from coursetools.grading.gradebook.grading import Grading
from coursetools.grading.gradebook.models import (
    Base,
    CellRow,
    ExerciseRow,
    FileRow,
    GradeRow,
    GradingRow,
    MissingRow,
    PointsRow,
    SubmissionRow,
)
from coursetools.grading.gradebook.person import Marks, with_marks
from coursetools.grading.gradebook.rows import grade_of, grade_row
from coursetools.grading.records import (
    Disposition,
    Grade,
    InputFile,
    PersonsMark,
    RunStatus,
    Submission,
)

_NONE: Mapping[str, Any] = {}
_LIGHT = 100
"""Grades without cells and answers that are read at once."""


class UnknownSubmissionError(LookupError):
    """A grade was to be saved for a submission that `begin` did not name."""


def open_gradebook(place: str | Path, *, wait: float = 10.0) -> Gradebook:
    """Open a gradebook, make it if there is none, and bring an older one to the newest schema.

    Args:
        place: A file's path (SQLite), or an SQLAlchemy URL such as
            `postgresql+psycopg://user@host/name`.
        wait: Seconds to wait while another program writes to the same file.

    Raises:
        GradebookError: It cannot be opened; the message says why and what to do.
    """
    url, name = place_of(place)
    return Gradebook(connected(url, name, wait=wait), name)


class Gradebook(Closing):
    """Grades, kept in a database; made by `open_gradebook`, to be used by one thread.

    Each call is one transaction: it is there as a whole or not at all, and once it returned it
    outlasts a kill of this process. All raise `GradebookError` if the database fails.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def begin(
        self, grading: Grading, submissions: Iterable[Submission], *, trial: bool = False
    ) -> None:
        """Note what is handed in now; what was before, and is not now, counts no longer.

        Nothing is deleted: an earlier try's grade stays as history, and counts again if it comes
        back.

        Args:
            grading: How it is graded.
            submissions: All that is handed in now.
            trial: Whether only to see what would come out; another grading stays the last one.
        """
        with self._session(WRITES) as session:
            row = session.get(GradingRow, grading.key)
            if row is None:
                row = _grading_row(grading)
                session.add(row)
            if not trial:
                row.used = datetime.now(UTC)
            session.flush()
            session.execute(
                update(SubmissionRow)
                .where(SubmissionRow.grading == grading.key)
                .values(counts=False)
            )
            for submission in submissions:
                session.merge(_submission_row(grading, submission))

    def graded(self, key: str) -> bool:
        """Say whether there is a grade with this key, of any status."""
        with self._session() as session:
            return session.scalar(select(GradeRow.key).where(GradeRow.key == key)) is not None

    def statuses(self, grading: Grading) -> dict[str, RunStatus]:
        """Give how the run of each submission that is graded and counts ended, by its key."""
        found = (
            select(GradeRow.key, GradeRow.status)
            .join(SubmissionRow, SubmissionRow.key == GradeRow.key)
            .where(SubmissionRow.grading == grading.key, SubmissionRow.counts)
            .order_by(GradeRow.key)
        )
        with self._session() as session:
            return {key: RunStatus(status) for key, status in session.execute(found)}

    def save(self, key: str, grade: Grade) -> None:
        """Save a grade; one with the same key is replaced.

        Args:
            key: What `Grading.key_of` gave for its submission.
            grade: What came of it.

        Raises:
            UnknownSubmissionError: `begin` did not name the submission.
        """
        with self._session(WRITES) as session:
            session.execute(delete(GradeRow).where(GradeRow.key == key))
            if session.get(SubmissionRow, key) is None:
                raise UnknownSubmissionError(f"No submission with the key `{key}` was begun.")
            session.add(grade_row(key, grade))

    def grades(self, grading: Grading, *, full: bool = True) -> Iterator[Grade]:
        """Give the grades that count, by id, name and path; few at a time are held in memory.

        What a person gave stands in place of what the machine did.

        Args:
            grading: Whose grades.
            full: Whether with cells and captured answers. Without them it is quick.
        """
        keys = self._ordered_keys(grading)
        marks = self._marks(grading.lesson)
        at_once = 1 if full else _LIGHT
        for place in range(0, len(keys), at_once):
            some = keys[place : place + at_once]
            found = select(GradeRow).where(GradeRow.key.in_(some)).options(*_loaded(full))
            with self._session() as session:
                made = {row.key: grade_of(row, full=full) for row in session.scalars(found)}
            yield from (with_marks(made[key], marks) for key in some if key in made)

    def save_files(self, grading: Grading, files: Iterable[InputFile]) -> None:
        """Save what became of each file that was handed in, in place of what was said before."""
        ordered = sorted(files, key=lambda file: file.path)
        with self._session(WRITES) as session:
            session.execute(delete(FileRow).where(FileRow.grading == grading.key))
            session.add_all(
                FileRow(
                    grading=grading.key,
                    position=place,
                    path=file.path,
                    disposition=file.disposition.value,
                    reason=file.reason,
                )
                for place, file in enumerate(ordered)
            )

    def files(self, grading: Grading) -> tuple[InputFile, ...]:
        """Give what became of each file that was handed in, by path."""
        found = select(FileRow).where(FileRow.grading == grading.key).order_by(FileRow.position)
        with self._session() as session:
            return tuple(
                InputFile(row.path, Disposition(row.disposition), row.reason)
                for row in session.scalars(found)
            )

    def save_missing(self, grading: Grading, students: Mapping[str, str]) -> None:
        """Save who handed in nothing, in place of what was said before.

        Args:
            grading: Of which lesson.
            students: Names by id.
        """
        with self._session(WRITES) as session:
            session.execute(delete(MissingRow).where(MissingRow.grading == grading.key))
            session.add_all(
                MissingRow(grading=grading.key, position=place, student_id=student_id, name=name)
                for place, (student_id, name) in enumerate(sorted(students.items()))
            )

    def missing(self, grading: Grading) -> dict[str, str]:
        """Give who handed in nothing: names by id, in order."""
        found = (
            select(MissingRow)
            .where(MissingRow.grading == grading.key)
            .order_by(MissingRow.position)
        )
        with self._session() as session:
            return {row.student_id: row.name for row in session.scalars(found)}

    def gradings(self) -> tuple[Grading, ...]:
        """Give the ways in which lessons were graded here, the first one used first."""
        found = select(GradingRow).order_by(GradingRow.started, GradingRow.key)
        with self._session() as session:
            return tuple(
                Grading(row.lesson, row.version, row.options) for row in session.scalars(found)
            )

    def latest(self) -> tuple[Grading, ...]:
        """Give for each lesson the grading whose marks were last made to count, by lesson."""
        used = select(GradingRow).where(GradingRow.used.is_not(None))
        with self._session() as session:
            rows = session.scalars(used.order_by(GradingRow.used, GradingRow.key)).all()
            last = {row.lesson: Grading(row.lesson, row.version, row.options) for row in rows}
        return tuple(last[lesson] for lesson in sorted(last))

    def give_points(self, marks: Mapping[tuple[int, str, str], PersonsMark], by: str) -> None:
        """Save what a person gave, all of it or nothing, in place of what was given before.

        Args:
            marks: By lesson, student id and exercise; nothing is checked here.
            by: Who gave it.
        """
        with self._session(WRITES) as session:
            for (lesson, student_id, exercise), mark in marks.items():
                session.merge(
                    PointsRow(
                        lesson=lesson,
                        student_id=student_id,
                        exercise=exercise,
                        points=mark.points,
                        comment=mark.comment,
                        given_by=by,
                        given=datetime.now(UTC),
                    )
                )

    def _marks(self, lesson: int) -> Marks:
        found = select(PointsRow).where(PointsRow.lesson == lesson)
        with self._session() as session:
            return {
                (row.student_id, row.exercise): PersonsMark(row.points, row.comment)
                for row in session.scalars(found)
            }

    def lines(self) -> Iterator[str]:
        """Give all that is in it as text, a row a line, without times and measured amounts.

        Two gradebooks of the same input have the same lines, whatever was finished first.
        """
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if not column.info.get("varies")]
            found = select(*columns).order_by(*table.primary_key.columns)
            with self._session() as session:
                for row in session.execute(found):
                    content = {c.name: _told(value) for c, value in zip(columns, row, strict=True)}
                    yield f"{table.name} {json.dumps(content)}"

    def _ordered_keys(self, grading: Grading) -> Sequence[str]:
        found = (
            select(GradeRow.key, GradeRow.student_id, GradeRow.name, GradeRow.path)
            .join(SubmissionRow, SubmissionRow.key == GradeRow.key)
            .where(SubmissionRow.grading == grading.key, SubmissionRow.counts)
        )
        with self._session() as session:
            rows = session.execute(found).all()
        # Sorted here: databases differ in how they order letters.
        return [key for key, *order in sorted(rows, key=lambda row: (row[1:], row[0]))]

    @contextmanager
    def _session(self, options: Mapping[str, Any] = _NONE) -> Iterator[Session]:
        with told(self._place):
            engine = self._engine.execution_options(**options)
            with Session(engine) as session, session.begin():
                yield session


def _loaded(full: bool) -> list[ORMOption]:
    options: list[ORMOption] = [selectinload(GradeRow.exercises).selectinload(ExerciseRow.checks)]
    if full:
        options += [
            selectinload(GradeRow.exercises).options(undefer(ExerciseRow.answers)),
            selectinload(GradeRow.cells).selectinload(CellRow.shown),
        ]
    return options


def _grading_row(grading: Grading) -> GradingRow:
    return GradingRow(
        key=grading.key,
        lesson=grading.lesson,
        version=grading.version,
        options=dict(grading.options),
        started=datetime.now(UTC),
    )


def _submission_row(grading: Grading, submission: Submission) -> SubmissionRow:
    return SubmissionRow(
        key=grading.key_of(submission),
        grading=grading.key,
        student_id=submission.student_id,
        path=submission.path,
        sha256=submission.sha256,
        counts=True,
    )


def _told(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
