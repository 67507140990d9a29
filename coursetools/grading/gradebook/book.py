"""The gradebook: grades go in one submission at a time, and come out in one fixed order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from coursetools.grading.arrival import Arrival
from coursetools.grading.gradebook.arrivals import arrival_of, keep_arrival, with_arrival
from coursetools.grading.gradebook.database import WRITES, by_code, connected
from coursetools.grading.gradebook.grading import Grading
from coursetools.grading.gradebook.lists import Lists
from coursetools.grading.gradebook.models import (
    Base,
    CellRow,
    ExerciseRow,
    GradeRow,
    GradingRow,
    PointsRow,
    SubmissionRow,
)
from coursetools.grading.gradebook.person import Marks, with_marks
from coursetools.grading.gradebook.place import place_of
from coursetools.grading.gradebook.rows import grade_of, grade_row
from coursetools.grading.records import (
    Grade,
    PersonsMark,
    RunStatus,
    Submission,
)

_LIGHT = 100
"""Grades without cells and answers that are read at once."""


class UnknownSubmissionError(LookupError):
    """A grade was to be saved for a submission that `begin` did not name."""


class Graded(NamedTuple):
    """What is known of a grade without reading all of it."""

    student_id: str
    status: RunStatus


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


class Gradebook(Lists):
    """Grades, kept in a database; made by `open_gradebook`, to be used by one thread.

    Each call is one transaction: it is there as a whole or not at all, and once it returned it
    outlasts a kill of this process. All raise `GradebookError` if the database fails.
    """

    def begin(
        self, grading: Grading, submissions: Iterable[Submission], *, trial: bool = False
    ) -> None:
        """Note what is handed in now, so that its grades can be saved.

        Args:
            grading: How it is graded.
            submissions: All that is handed in now.
            trial: Whether only to see what would come out: what counts stays as it is until
                `make_count` is called. If not, these submissions count at once.
        """
        noted = {grading.key_of(submission): submission for submission in submissions}
        with self._session(WRITES) as session:
            if session.get(GradingRow, grading.key) is None:
                session.add(_grading_row(grading))
            session.flush()
            for key, submission in noted.items():
                if session.get(SubmissionRow, key) is None:
                    session.add(_submission_row(grading, key, submission))
        if not trial:
            self.make_count(grading, {k: Arrival(s.handed_in) for k, s in noted.items()})

    def make_count(
        self, grading: Grading, arrivals: Mapping[str, Arrival], *, title: str = ""
    ) -> None:
        """Let the marks of these submissions count, and no other's of this grading.

        Nothing is deleted: an earlier try's grade stays as history, and counts again if it comes
        back.

        Args:
            grading: Which becomes the last one of its lesson.
            arrivals: By the keys of the submissions when each came in, and what that costs.
            title: The lesson's.

        Raises:
            UnknownSubmissionError: `begin` did not name one of them.
        """
        own = select(SubmissionRow).where(SubmissionRow.grading == grading.key)
        with self._session(WRITES) as session:
            rows = {row.key: row for row in session.scalars(own)}
            for key in arrivals:
                if key not in rows:
                    raise _unknown(key)
            for key, row in rows.items():
                row.counts = key in arrivals
                keep_arrival(row, arrivals.get(key, Arrival()))
            session.execute(
                update(GradingRow)
                .where(GradingRow.key == grading.key)
                .values(used=datetime.now(UTC), title=title)
            )

    def graded(self, grading: Grading) -> dict[str, Graded]:
        """Give what is graded so, whether it counts or not, by the keys of the submissions."""
        found = (
            select(GradeRow.key, GradeRow.student_id, GradeRow.status)
            .join(SubmissionRow, SubmissionRow.key == GradeRow.key)
            .where(SubmissionRow.grading == grading.key)
            .order_by(GradeRow.key)
        )
        with self._session() as session:
            return {
                key: Graded(student_id, RunStatus(status))
                for key, student_id, status in session.execute(found)
            }

    def save(
        self, key: str, grade: Grade, *, only_over: Collection[RunStatus] | None = None
    ) -> None:
        """Save a grade; one with the same key is replaced.

        Args:
            key: What `Grading.key_of` gave for its submission.
            grade: What came of it.
            only_over: If given, only a grade that ended so is replaced: another grader's stays.

        Raises:
            UnknownSubmissionError: `begin` did not name the submission.
        """
        with self._session(WRITES) as session:
            there = session.scalar(select(GradeRow.status).where(GradeRow.key == key))
            if there is not None and only_over is not None and RunStatus(there) not in only_over:
                return
            session.execute(delete(GradeRow).where(GradeRow.key == key))
            if session.get(SubmissionRow, key) is None:
                raise _unknown(key)
            session.add(grade_row(key, grade))

    def grades(
        self,
        grading: Grading,
        *,
        full: bool = True,
        students: Collection[str] | None = None,
        trial: Mapping[str, Arrival] | None = None,
    ) -> Iterator[Grade]:
        """Give the grades that count, by id, name and path; few at a time are held in memory.

        What a person gave stands in place of what the machine did, and what lateness costs is
        said.

        Args:
            grading: Whose grades.
            full: Whether with cells and captured answers. Without them it is quick.
            students: Only of those with these ids.
            trial: In place of the grades that count, those with these keys, which came in so.
        """
        arrivals = self._arrivals(grading) if trial is None else trial
        keys = self._ordered_keys(grading, arrivals, students)
        marks = self.marks(grading.lesson)
        at_once = 1 if full else _LIGHT
        for place in range(0, len(keys), at_once):
            some = keys[place : place + at_once]
            found = select(GradeRow).where(GradeRow.key.in_(some)).options(*_loaded(full))
            with self._session() as session:
                made = {row.key: grade_of(row, full=full) for row in session.scalars(found)}
            for key in some:
                if key in made:
                    yield with_arrival(with_marks(made[key], marks), arrivals[key])

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

    def give_points(
        self, marks: Mapping[tuple[int, str, str], PersonsMark | None], by: str
    ) -> None:
        """Save what a person gave, all of it or nothing, in place of what was given before.

        Args:
            marks: By lesson, student id and exercise; None takes back what was given. Nothing is
                checked here.
            by: Who gave it.
        """
        with self._session(WRITES) as session:
            for (lesson, student_id, exercise), mark in marks.items():
                if mark is None:
                    row = session.get(PointsRow, (lesson, student_id, exercise))
                    if row is not None:
                        session.delete(row)
                    continue
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

    def marks(self, lesson: int) -> Marks:
        """Give what persons gave in a lesson, by student id and exercise."""
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
            found = select(*columns).order_by(*by_code(table.primary_key, self._engine))
            with self._session() as session:
                for row in session.execute(found):
                    content = {c.name: _told(value) for c, value in zip(columns, row, strict=True)}
                    yield f"{table.name} {json.dumps(content)}"

    def _arrivals(self, grading: Grading) -> dict[str, Arrival]:
        """Give when those came in that count, by their keys."""
        found = select(
            SubmissionRow.key,
            SubmissionRow.handed_in,
            SubmissionRow.handed_in_from,
            SubmissionRow.lateness,
        ).where(SubmissionRow.grading == grading.key, SubmissionRow.counts)
        with self._session() as session:
            return {
                key: arrival_of(time, source, lateness)
                for key, time, source, lateness in session.execute(found)
            }

    def _ordered_keys(
        self, grading: Grading, wanted: Collection[str], students: Collection[str] | None
    ) -> Sequence[str]:
        found = (
            select(GradeRow.key, GradeRow.student_id, GradeRow.name, GradeRow.path)
            .join(SubmissionRow, SubmissionRow.key == GradeRow.key)
            .where(SubmissionRow.grading == grading.key)
        )
        with self._session() as session:
            rows = [row for row in session.execute(found) if row[0] in wanted]
        if students is not None:
            rows = [row for row in rows if row[1] in students]
        # Sorted here: databases differ in how they order letters.
        return [key for key, *order in sorted(rows, key=lambda row: (row[1:], row[0]))]


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


def _submission_row(grading: Grading, key: str, submission: Submission) -> SubmissionRow:
    return SubmissionRow(
        key=key,
        grading=grading.key,
        student_id=submission.student_id,
        path=submission.path,
        sha256=submission.sha256,
        counts=False,
    )


def _unknown(key: str) -> UnknownSubmissionError:
    return UnknownSubmissionError(f"No submission with the key `{key}` was begun.")


def _told(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
