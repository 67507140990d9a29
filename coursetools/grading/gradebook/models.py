"""The gradebook's tables.

Every key comes from what was handed in and how it is graded, never from a counter: whatever
submission was finished first, the same rows stand there. Times and measured amounts have columns
of their own, marked in `info`, since they differ from run to run.

A grade belongs to a submission, and a submission to a grading: grading again with other checks
or options is another grading beside the first, so that the two can be compared. What a person
adds (points and comments) hangs on lesson, student and exercise in a table of its own, and so
outlives a grading.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    String,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from coursetools.grading.gradebook.columns import AnyText, AsJson, PackedText

KEY = 64
"""Characters of a key: a SHA-256 sum in hexadecimal digits."""

VARIES: dict[Any, Any] = {"varies": True}
"""Marks a column whose content differs between two runs on the same input."""

_PARENT = "CASCADE"

Plain = Annotated[Any, mapped_column(AsJson)]
Anything = Annotated[str, mapped_column(AnyText)]
Packed = Annotated[str, mapped_column(PackedText)]
Real = Annotated[float, mapped_column(Double)]


class Base(DeclarativeBase):
    """What all tables share: names for constraints that are the same in every database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )


class GradingRow(Base):
    """A way of grading a lesson, and when it was first used."""

    __tablename__ = "gradings"

    key: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    lesson: Mapped[int]
    version: Mapped[str] = mapped_column(String(200))
    options: Mapped[Plain]
    started: Mapped[datetime] = mapped_column(DateTime(timezone=True), info=VARIES)
    used: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), info=VARIES)
    """When its marks were last made those that count; NULL if never."""
    title: Mapped[Anything | None]
    """The lesson's; NULL where it was graded before titles were kept."""
    alike: Mapped[Plain | None]
    """Whose code was found alike, as the report lists it."""


class SubmissionRow(Base):
    """What one student handed in."""

    __tablename__ = "submissions"

    key: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    grading: Mapped[str] = mapped_column(ForeignKey("gradings.key"), index=True)
    student_id: Mapped[Anything]
    path: Mapped[Anything]
    sha256: Mapped[str] = mapped_column(String(64))
    counts: Mapped[bool]
    """Whether it was among what was handed in when marks were last made to count."""
    handed_in: Mapped[str | None] = mapped_column(String(40))
    """When, in ISO 8601; NULL if nothing tells."""
    handed_in_from: Mapped[str | None] = mapped_column(String(20))
    """What told so: instructor, platform, archive or file."""
    lateness: Mapped[Plain | None]
    """What the late policy says of it."""


class GradeRow(Base):
    """What came of a submission."""

    __tablename__ = "grades"

    key: Mapped[str] = mapped_column(
        ForeignKey("submissions.key", ondelete=_PARENT), primary_key=True
    )
    student_id: Mapped[Anything]
    name: Mapped[Anything]
    path: Mapped[Anything]
    sha256: Mapped[str] = mapped_column(String(64))
    lesson: Mapped[int]
    status: Mapped[str] = mapped_column(String(40))
    notes: Mapped[Plain]
    review: Mapped[Plain]
    seconds: Mapped[Real] = mapped_column(info=VARIES)
    cpu: Mapped[Real] = mapped_column(info=VARIES)
    memory: Mapped[int] = mapped_column(BigInteger, info=VARIES)
    graded: Mapped[datetime] = mapped_column(DateTime(timezone=True), info=VARIES)
    numbers_of: Mapped[str | None] = mapped_column(AnyText)
    """The id whose numbers were asked, NULL where it is the student's."""

    exercises: Mapped[list[ExerciseRow]] = relationship(
        order_by="ExerciseRow.position", cascade="all, delete-orphan", passive_deletes=True
    )
    cells: Mapped[list[CellRow]] = relationship(
        order_by="CellRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class ExerciseRow(Base):
    """What came of one exercise."""

    __tablename__ = "exercise_grades"

    grade: Mapped[str] = mapped_column(ForeignKey("grades.key", ondelete=_PARENT), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exercise: Mapped[str] = mapped_column(String(40))
    title: Mapped[Anything]
    score: Mapped[float | None] = mapped_column(Double)
    """NULL where a machine has no mark to give."""
    max_score: Mapped[Real]
    earned: Mapped[Real]
    available: Mapped[Real]
    states: Mapped[Plain]
    shown: Mapped[Plain]
    notes: Mapped[Plain]
    review: Mapped[Plain]
    answers: Mapped[Packed] = mapped_column(deferred=True)

    checks: Mapped[list[CheckRow]] = relationship(
        order_by="CheckRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class CheckRow(Base):
    """What came of one check."""

    __tablename__ = "check_results"

    grade: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    exercise: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The exercise's position."""
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[Anything]
    outcome: Mapped[str] = mapped_column(String(40))
    points: Mapped[Real]
    feedback: Mapped[Anything]
    note: Mapped[Anything]

    __table_args__ = (
        ForeignKeyConstraint(
            ["grade", "exercise"],
            ["exercise_grades.grade", "exercise_grades.position"],
            ondelete=_PARENT,
        ),
    )


class CellRow(Base):
    """A cell of the student's, as it was run."""

    __tablename__ = "cells"

    grade: Mapped[str] = mapped_column(ForeignKey("grades.key", ondelete=_PARENT), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exercise: Mapped[str | None] = mapped_column(String(40))
    source: Mapped[Anything]
    note: Mapped[Anything]

    shown: Mapped[list[ShownRow]] = relationship(
        order_by="ShownRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class ShownRow(Base):
    """One thing that a cell showed: text and bytes from anyone."""

    __tablename__ = "shown"

    grade: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    cell: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The cell's position."""
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Anything]
    text: Mapped[Anything]
    image: Mapped[bytes | None] = mapped_column(LargeBinary)
    name: Mapped[Anything]

    __table_args__ = (
        ForeignKeyConstraint(
            ["grade", "cell"], ["cells.grade", "cells.position"], ondelete=_PARENT
        ),
    )


class FileRow(Base):
    """A file that was handed in, and what became of it."""

    __tablename__ = "input_files"

    grading: Mapped[str] = mapped_column(ForeignKey("gradings.key"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    path: Mapped[Anything]
    disposition: Mapped[str] = mapped_column(String(40))
    reason: Mapped[Anything]


class MissingRow(Base):
    """A student of the roster who handed in nothing."""

    __tablename__ = "missing_students"

    grading: Mapped[str] = mapped_column(ForeignKey("gradings.key"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    student_id: Mapped[Anything]
    name: Mapped[Anything]


class PointsRow(Base):
    """What a person gave for an exercise; it belongs to no grading."""

    __tablename__ = "persons_points"

    lesson: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    student_id: Mapped[Anything] = mapped_column(primary_key=True)
    exercise: Mapped[str] = mapped_column(String(40), primary_key=True)
    points: Mapped[Real]
    comment: Mapped[Anything]
    given_by: Mapped[Anything]
    given: Mapped[datetime] = mapped_column(DateTime(timezone=True), info=VARIES)
