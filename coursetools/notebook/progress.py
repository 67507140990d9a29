"""What a student has done in a lesson, kept in a small file beside the notebook.

The file is a comfort and nothing rests on it: marks come from the notebook alone. So a folder
that cannot be written, or a file that somebody broke, costs one sentence and stops nothing.
Answers are drawn by student id, so each id has records of its own.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coursetools import __version__
from coursetools.exercises import Exercise, ExerciseResult, Lesson

FOLDER = ".coursetools"
_SCHEMA = 1
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Record:
    """What one student has done in one exercise."""

    best: float = 0.0
    """The best score so far."""
    solved: bool = False
    """Whether all that a machine marks was right at least once, or a text was handed in."""
    attempts: int = 0
    """How often an answer was checked; looking at an untouched exercise is no attempt."""
    hints: int = 0
    """How often a hint was shown."""
    solution_views: int = 0
    """How often the solution was shown."""
    first: str = ""
    """When it was first checked, in UTC."""
    last: str = ""
    """When anything last happened, in UTC."""
    version: str = ""
    """The version of this package at that time."""


@dataclass(frozen=True)
class Summary:
    """How far a student is in a lesson."""

    lesson: int
    """The lesson's number."""
    solved: int
    """How many exercises are solved."""
    exercises: int
    """How many there are."""
    score: float
    """The sum of the best scores."""
    points: float
    """What all exercises are worth."""

    @property
    def sentence(self) -> str:
        """One line that says it."""
        return (
            f"Lesson {self.lesson}: {self.solved} of {self.exercises} exercises, "
            f"{self.score:g} of {self.points:g} points"
        )


class Progress:
    """The records of one student in one lesson. Never raises for what the disk does."""

    def __init__(self, folder: Path, lesson: Lesson, student_id: str) -> None:
        """Read what is known; `folder` is where the notebook stands."""
        self._path = folder.absolute() / FOLDER / f"progress-lesson-{lesson.number}.json"
        self._lesson = lesson
        self._student_id = student_id
        self.problem = ""
        """A sentence for the student where progress could not be read or kept, else empty."""
        self._told = ""
        self._records = self._read()

    def new_problem(self) -> str:
        """Give the problem the first time it is asked for, then an empty text."""
        if self.problem == self._told:
            return ""
        self._told = self.problem
        return self.problem

    def record(self, number: str) -> Record:
        """Give what was done in an exercise."""
        return self._records.get(number, Record())

    @property
    def summary(self) -> Summary:
        """How far the student is."""
        exercises = self._lesson.exercises
        records = [self.record(exercise.number) for exercise in exercises]
        return Summary(
            lesson=self._lesson.number,
            solved=sum(record.solved for record in records),
            exercises=len(exercises),
            score=round(
                math.fsum(
                    min(record.best, exercise.points)
                    for record, exercise in zip(records, exercises, strict=True)
                ),
                2,
            ),
            points=self._lesson.points,
        )

    def attempted(self, exercise: Exercise, result: ExerciseResult) -> None:
        """Note that an answer was checked; the best score is kept."""
        old = self.record(exercise.number)
        self._keep(
            exercise.number,
            replace(
                old,
                best=max(old.best, result.score or 0.0),
                solved=old.solved or result.solved or result.for_a_person,
                attempts=old.attempts + 1,
                first=old.first or _now(),
            ),
        )

    def hinted(self, exercise: Exercise) -> None:
        """Note that a hint was shown."""
        old = self.record(exercise.number)
        self._keep(exercise.number, replace(old, hints=old.hints + 1))

    def solution_seen(self, exercise: Exercise) -> None:
        """Note that the solution was shown."""
        old = self.record(exercise.number)
        self._keep(exercise.number, replace(old, solution_views=old.solution_views + 1))

    def _keep(self, number: str, record: Record) -> None:
        self._records[number] = replace(record, last=_now(), version=__version__)
        try:
            self._write()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.problem = (
                f"Progress is not kept: `{self._path.parent.name}` beside the notebook cannot be "
                f"written ({reason}). Checks and marks work all the same."
            )

    def _read(self) -> dict[str, Record]:
        try:
            if self._path.stat().st_size > _LARGEST:
                raise ValueError("larger than any progress")
            data = json.loads(self._path.read_text(encoding="utf-8"))
            records = data["students"].get(self._student_id, {})
            return {number: _record(entry) for number, entry in records.items()}
        except FileNotFoundError:
            return {}
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.problem = f"Progress so far cannot be read ({reason}); it starts anew."
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ):
            self.problem = (
                f"Progress so far cannot be read: `{self._path.name}` is damaged. It starts anew, "
                "and the damaged file is kept beside the new one."
            )
        return {}

    def _write(self) -> None:
        self._path.parent.mkdir(exist_ok=True)
        everybody = self._everybody()
        everybody[self._student_id] = {n: asdict(r) for n, r in sorted(self._records.items())}
        data = {"schema": _SCHEMA, "lesson": self._lesson.number, "students": everybody}
        _replace_text(self._path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")

    def _everybody(self) -> dict[str, Any]:
        """Give the file's records as they are now; a damaged file is moved out of the way."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return dict(data["students"])
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, LookupError, RecursionError):
            os.replace(self._path, self._path.with_suffix(".damaged.json"))
            return {}


def _record(entry: dict[str, Any]) -> Record:
    record = Record(
        best=float(entry["best"]),
        solved=bool(entry["solved"]),
        attempts=int(entry["attempts"]),
        hints=int(entry["hints"]),
        solution_views=int(entry["solution_views"]),
        first=str(entry["first"]),
        last=str(entry["last"]),
        version=str(entry["version"]),
    )
    if not math.isfinite(record.best):
        raise ValueError("a score that is no number")
    return record


def _replace_text(path: Path, text: str) -> None:
    """Write a file so that it is either the old one or the new one, never half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
