"""What a person gives for exercises: read from a table, checked against what was graded, saved.

The word `take-back` in place of points takes away what was given: the machine's mark counts again.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coursetools.grading.gradebook.book import Gradebook
from coursetools.grading.gradebook.person import Marks
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import PersonsMark

_COLUMNS = ("id", "exercise", "points")
_COMMENT = "comment"
_LONGEST = 4_000
"""Characters of a comment: what a page shows of one."""
_LARGEST = 10_000_000
TAKE_BACK = "take-back"
"""In place of points: what was given is taken away, and the machine's mark counts again."""

_Asked = Mapping[tuple[str, str], tuple[int, float]]
"""Lesson and declared points, by student id and exercise."""


class PointsError(ValueError):
    """Points cannot be given as they are; `sentences` has one for each bad line."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True)
class Given:
    """Points as somebody wrote them, unchecked."""

    student_id: str
    exercise: str
    points: str
    """A number, or `TAKE_BACK`."""
    comment: str = ""
    line: int = 0
    """In the file; 0 if it is from none."""


def read_points(path: Path) -> tuple[Given, ...]:
    """Read a CSV with the columns `id`, `exercise`, `points` and, if wanted, `comment`.

    Commas, semicolons or tabs part them. A line without points is passed over: nobody has marked
    it yet. `take-back` in place of points takes away what was given before.

    Raises:
        PointsError: The file is not like that.
        OSError: It cannot be read.
    """
    data = path.read_bytes()
    if len(data) > _LARGEST:
        raise PointsError([f"`{path}` has more than {_LARGEST:,} bytes, too many for points."])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    head = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), restval=""
    )
    names = {name.strip().casefold(): name for name in reader.fieldnames or ()}
    lacking = [name for name in _COLUMNS if name not in names]
    if lacking:
        raise PointsError(
            [f"`{path}` has no column `{lacking[0]}`; it needs `id`, `exercise` and `points`."]
        )
    given = []
    try:
        for row in reader:
            student, number, points = ((row[names[name]] or "").strip() for name in _COLUMNS)
            comment = (row[names[_COMMENT]] or "").strip() if _COMMENT in names else ""
            if points or comment:
                given.append(Given(student, number, points, comment, reader.line_num))
    except csv.Error as error:
        raise PointsError([f"`{path}` is no CSV that can be read: {error}."]) from error
    return tuple(given)


def give_points(book: Gradebook, given: Iterable[Given], by: str) -> int:
    """Save points, or take them back, if all of that can be done; if not, none is saved.

    Args:
        book: Where the submissions are graded.
        given: For one exercise of one student each.
        by: Who gives them.

    Returns:
        How many were saved or taken back.

    Raises:
        PointsError: Some cannot be given.
        GradebookError: The gradebook cannot be written.
    """
    asked = _asked(book)
    there = {lesson: book.marks(lesson) for lesson in {lesson for lesson, _ in asked.values()}}
    marks: dict[tuple[int, str, str], PersonsMark | None] = {}
    lines: dict[tuple[int, str, str], int] = {}
    wrong: list[str] = []
    for each in given:
        where = f"Line {each.line}: " if each.line else ""
        place = asked.get((each.student_id, each.exercise))
        taken = _takes_back(each)
        why = _why_not_back(each, asked, there) if taken else _why_not(each, asked)
        if place is None or why:
            wrong.append(where + why)
            continue
        lesson, _ = place
        key = (lesson, each.student_id, each.exercise)
        if key in marks:
            wrong.append(f"{where}line {lines[key]} gives points for the same. Take one out.")
            continue
        lines[key] = each.line
        marks[key] = None if taken else PersonsMark(_number(each.points), each.comment)
    if wrong:
        raise PointsError(wrong)
    book.give_points(marks, by)
    return len(marks)


def _asked(book: Gradebook) -> _Asked:
    """Give what can be marked: all exercises of the submissions that count."""
    return {
        (grade.student_id, exercise.exercise): (grade.lesson, exercise.max_score)
        for grading in book.latest()
        for grade in book.grades(grading, full=False)
        if grade.student_id
        for exercise in grade.exercises
    }


def _takes_back(given: Given) -> bool:
    return given.points.casefold().replace(" ", "-") == TAKE_BACK


def _why_unknown(given: Given, asked: _Asked) -> str:
    """Say what of it is not in the gradebook; `""` if all is."""
    student, number = one_line(given.student_id, 80), one_line(given.exercise, 40)
    if (given.student_id, given.exercise) in asked:
        return ""
    if not any(given.student_id == student_id for student_id, _ in asked):
        return f"nobody with the id `{student}` is graded in this gradebook."
    own = sorted(e for student_id, e in asked if student_id == given.student_id)
    return f"`{student}` has no exercise `{number}` graded; there are {', '.join(own)}."


def _why_not_back(given: Given, asked: _Asked, there: Mapping[int, Marks]) -> str:
    """Say why nothing can be taken back; `""` if it can."""
    if why := _why_unknown(given, asked):
        return why
    lesson, _ = asked[given.student_id, given.exercise]
    if (given.student_id, given.exercise) not in there[lesson]:
        student, number = one_line(given.student_id, 80), one_line(given.exercise, 40)
        return (
            f"nobody gave points to `{student}` for exercise {number}, so none can be taken back."
        )
    return "a comment goes with points; leave it out to take them back." if given.comment else ""


def _why_not(given: Given, asked: _Asked) -> str:
    """Say why these points cannot be given; `""` if they can."""
    if why := _why_unknown(given, asked):
        return why
    number = one_line(given.exercise, 40)
    _, most = asked[given.student_id, given.exercise]
    if not most:
        return (
            f"exercise {number} has no points as it was graded. Grade with `--text-answers` first, "
            "so that texts count."
        )
    if not 0 <= _number(given.points) <= most:
        written = one_line(given.points, 40)
        return f"`{written}` is no number from 0 to {most:g}, the points of exercise {number}."
    if len(given.comment) > _LONGEST:
        return f"the comment has more than {_LONGEST:,} characters, which no page would show."
    return ""


def _number(text: str) -> float:
    """Give the number that is written, with a point or a comma; NaN if it is none."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan
