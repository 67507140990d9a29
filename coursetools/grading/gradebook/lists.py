"""What a gradebook keeps besides grades: files, who is missing, whose code is alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from coursetools._closing import Closing
from coursetools.grading.gradebook.database import WRITES
from coursetools.grading.gradebook.errors import told
from coursetools.grading.gradebook.grading import Grading
from coursetools.grading.gradebook.models import FileRow, GradingRow, MissingRow
from coursetools.grading.records import Disposition, InputFile

_NONE: Mapping[str, Any] = {}


class Lists(Closing):
    """A gradebook's database, and the lists in it that hang on one grading each."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

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

    def save_alike(self, grading: Grading, pairs: Sequence[Any]) -> None:
        """Save whose code is alike, as plain data for JSON, in place of what was said before."""
        with self._session(WRITES) as session:
            session.execute(
                update(GradingRow).where(GradingRow.key == grading.key).values(alike=list(pairs))
            )

    def alike(self, grading: Grading) -> list[Any]:
        """Give what `save_alike` was given; nothing where it was not asked."""
        with self._session() as session:
            row = session.get(GradingRow, grading.key)
            return [] if row is None else row.alike or []

    def title(self, grading: Grading) -> str:
        """Give the lesson's title; `""` where it was not kept."""
        with self._session() as session:
            row = session.get(GradingRow, grading.key)
            return "" if row is None else row.title or ""

    @contextmanager
    def _session(self, options: Mapping[str, Any] = _NONE) -> Iterator[Session]:
        with told(self._place):
            engine = self._engine.execution_options(**options)
            with Session(engine) as session, session.begin():
                yield session
