"""The gradebook as a table for spreadsheets and learning platforms."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from coursetools.grading.plain_text import inert_cell
from coursetools.grading.records import ExerciseGrade, Grade
from coursetools.grading.whole_file import write_whole

MISSING = "missing"
"""The status of a student of the roster who handed in nothing."""

_FIRST = (
    "id",
    "name",
    "score",
    "max_score",
    "handed_in",
    "late",
    "deduction",
    "final_score",
    "status",
    "needs_review",
    "pending",
)


def write_csv(grades: Iterable[Grade], missing: Mapping[str, str], path: Path) -> None:
    """Write one line a student, by id, name and file; the whole file or nothing.

    It is UTF-8 with a byte order mark: Excel takes a CSV without one for the computer's own code
    page, and spoils accents; LibreOffice, Google Sheets, Numbers and pandas read it either way.

    `final_score` is what counts: `score`, which is what was earned, without `deduction`, which is
    taken off for lateness. `late` says how late it is: `no`, `2 days`, `closed`.

    Where a machine has no mark to give, for an exercise that a person marks or after a failure of
    ours, the field is empty: it is not zero. What a person gave stands in its place. A text that a
    spreadsheet would run as a formula begins with an apostrophe.

    Args:
        grades: Of one lesson; those without cells will do. Each is looked at once.
        missing: Names by id of those who handed in nothing.
        path: Of the file.

    Raises:
        OSError: It cannot be written; what was there before is still there.
    """
    numbers: dict[str, None] = {}
    rows: list[tuple[tuple[str, ...], dict[str, str]]] = []
    for grade in grades:
        numbers |= dict.fromkeys(exercise.exercise for exercise in grade.exercises)
        rows.append(((grade.student_id, grade.name, grade.path), _row(grade)))
    for student_id, name in missing.items():
        told = {"id": inert_cell(student_id), "name": inert_cell(name), "status": MISSING}
        rows.append(((student_id, name, ""), told))
    rows.sort(key=lambda row: row[0])
    text = io.StringIO()
    table = csv.DictWriter(text, [*_FIRST, *map(_column, numbers), "file"], restval="")
    table.writeheader()
    table.writerows(row for _, row in rows)
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _row(grade: Grade) -> dict[str, str]:
    time = grade.arrival.time
    return {
        "id": inert_cell(grade.student_id),
        "name": inert_cell(grade.name),
        "score": f"{grade.score:g}" if grade.has_mark else "",
        "max_score": f"{grade.max_score:g}",
        "handed_in": "" if time is None else time.isoformat(sep=" "),
        "late": grade.arrival.late,
        "deduction": f"{grade.deduction:g}" if grade.has_mark else "",
        "final_score": f"{grade.final_score:g}" if grade.has_mark else "",
        "status": grade.status.value,
        "needs_review": "yes" if grade.needs_review else "no",
        "pending": " ".join(grade.pending),
        **{_column(exercise.exercise): _score(exercise) for exercise in grade.exercises},
        "file": inert_cell(grade.path),
    }


def _column(number: str) -> str:
    return f"exercise {number}"  # alone, 1.10 would become the number 1.1


def _score(exercise: ExerciseGrade) -> str:
    return "" if exercise.score is None else f"{exercise.score:g}"
