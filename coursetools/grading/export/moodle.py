"""What Moodle takes in: a grading worksheet, a table for its gradebook, a zip of feedback files.

The worksheet is as in *Assignment grading*, section *Offline grading worksheet*, of the Moodle
documentation, and in `mod/assign/feedback/offline` of Moodle itself:

- Its columns are `Identifier`, `Full name`, perhaps `Email address` and more, `Status`, `Grade`,
  `Maximum Grade`, `Grade can be changed`, `Last modified (submission)`, `Last modified (grade)`,
  `Feedback comments`. Moodle needs the first, the grade and the last change of the grade, finds
  them by their headings, and reads the digits at the end of `Participant 12345`.
- It passes over an empty grade, one above the maximum, and one that was changed in Moodle after
  the worksheet was given out, unless the box for that is ticked.
- Comments are HTML there, so what is a sign of HTML's is written out.

The gradebook's table is as in *Grade import*: any columns, which an instructor maps to `ID number`
or `Email address`, to the activity, and to its feedback. Feedback files are as in *Assignment
grading*, *Upload multiple feedback files in a zip*: each in the folder in which its student's
files came, `Name_12345_assignsubmission_file_`.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Sequence

from coursetools.grading.export.chosen import Chosen, Mark
from coursetools.grading.export.comments import opening
from coursetools.grading.export.errors import ExportError
from coursetools.grading.export.filling import UNSCALED, Filled, Line, match, number_in, replaced
from coursetools.grading.export.packing import zipped
from coursetools.grading.export.raw_table import RawTable
from coursetools.grading.export.safety import refused_id
from coursetools.grading.intake.names import Sender, sender_of
from coursetools.grading.plain_text import inert_cell, one_line

_IDENTIFIER = ("Identifier",)
_NAME = ("Full name", "Name")
_ALSO = ("ID number", "Email address", "Username")
_MAXIMUM = ("Maximum Grade",)
_COMMENTS = ("Feedback comments",)
_LOCKED = ("Grade can be changed",)
_WORKSHEET = (
    "Identifier",
    "Full name",
    "Grade",
    "Maximum Grade",
    "Last modified (grade)",
    "Feedback comments",
)
_PARTICIPANT = re.compile(r"^\D*(?P<id>\d+)$")
_UPLOAD = (
    "In Moodle: the assignment's submissions, Upload grading worksheet; tick the box for records "
    "that were changed in Moodle since, or it passes over those."
)


def moodle_table(
    table: RawTable, chosen: Chosen, column: str = "", comments: str = "", *, scale: bool = False
) -> Filled:
    """Fill marks and comments into Moodle's worksheet; every other cell stays as it was.

    A comment that is there and is none of ours stays too, and that is told.

    Args:
        table: As Moodle gave it out.
        chosen: What goes out.
        column: The heading for grades, `Grade` if not given.
        comments: The heading for comments, `Feedback comments` if not given.
        scale: Whether points are turned into shares of what Moodle has as maximum.

    Raises:
        ExportError: It is no worksheet of Moodle's.
    """
    target = table.column(column or "Grade")
    identifier = table.column(*_IDENTIFIER)
    if identifier is None and column:  # in another language; it is the first column in all
        identifier = 0
    if target is None or identifier is None:
        raise ExportError(
            f"`{table.name}` is no worksheet of Moodle's with the columns `Identifier` and "
            f"`{column or 'Grade'}`. Take what Moodle gives under Download grading worksheet; in "
            "another language, name its columns with `--column` and `--comment-column`."
        )
    said = table.column(comments) if comments else table.column(*_COMMENTS)
    lines = []
    for number in table.lines:
        found = _PARTICIPANT.match(table.value(number, identifier).strip())
        if found is not None:
            name = table.value(number, table.column(*_NAME)).strip()
            also = (table.value(number, table.column(word)) for word in _ALSO)
            lines.append(Line(number, (found["id"], *also), name))
    own = {mark.grade.path: _moodle(mark).id for mark in chosen.marks}
    matched = match(chosen, lines, own)
    notes, unscaled = list(matched.notes), False
    for number, mark in matched.marks.items():
        most = number_in(table.value(number, table.column(*_MAXIMUM)))
        points = mark.points(most if scale and most else None)
        unscaled = unscaled or (scale and not most)
        notes += replaced(mark.who, table.value(number, target), points)
        table.put(number, target, points)
        notes += _odd(table, number, mark, points, most)
        if said is not None:
            notes += _put_comment(table, number, said, mark)
    if said is None:
        notes.append(
            "There is no column `Feedback comments`, so none are written: switch them on in the "
            "assignment's settings, or write a zip with `--feedback`."
        )
    notes += [UNSCALED, _UPLOAD] if unscaled else [_UPLOAD]
    here, there = list(matched.only_here), list(matched.only_there)
    return Filled(table.data(), len(matched.marks), here, there, notes)


def moodle_from_ids(chosen: Chosen, title: str) -> Filled:
    """Write what can be written without Moodle's worksheet.

    Where all came in under Moodle's own names, these have its numbers, and a worksheet is made of
    them. Else it is a table for the gradebook's import.
    """
    if chosen.marks and all(_moodle(mark).id for mark in chosen.marks):
        return _worksheet(chosen)
    filled = Filled()
    ids = [mark.grade.student_id for mark in chosen.marks]
    heading = "Email address" if ids and all("@" in text for text in ids) else "ID number"
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([heading, "Full name", inert_cell(title), "Feedback"])
    for mark in chosen.marks:
        if why := refused_id(mark.grade.student_id):
            filled.only_here.append(f"{one_line(mark.who)}, {why}")
            continue
        name = inert_cell(mark.grade.name)
        rows.writerow([mark.grade.student_id, name, mark.points(), _as_html(mark.comment)])
        filled.written += 1
    filled.data = text.getvalue().encode()
    filled.notes.append(
        f"In Moodle: Grades, Import, CSV file. Map `{heading}` to the same there, "
        f"`{one_line(title, 80)}` to the activity and `Feedback` to its feedback. Grades that come "
        "in so can no longer be changed in the assignment; with `--columns` and its worksheet they "
        "can."
    )
    return filled


def moodle_feedback(
    marks: Sequence[Mark], page_of: Callable[[Mark], bytes | None]
) -> tuple[bytes, list[str]]:
    """Give a zip of the students' pages for *Upload multiple feedback files*, and who is not in it.

    Args:
        marks: Whose.
        page_of: Gives a student's page, or None if there is none.
    """
    files: dict[str, bytes] = {}
    left_out = []
    for mark in marks:
        sender, page = _moodle(mark), page_of(mark)
        # Moodle parts the folder's name at its low lines, and the second piece must be the number.
        name = re.sub(r"[_/\\]+", " ", sender.name) or "Participant"
        place = f"{name}_{sender.id}_assignsubmission_file_/feedback.html"
        if not sender.id or page is None or place in files:
            left_out.append(one_line(mark.who))
        else:
            files[place] = page
    return zipped(files), left_out


def _worksheet(chosen: Chosen) -> Filled:
    filled = Filled(notes=[_UPLOAD])
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_WORKSHEET)
    seen: set[str] = set()
    for mark in chosen.marks:
        sender = _moodle(mark)
        if sender.id in seen:
            filled.only_here.append(f"{one_line(mark.who)}, whose number another one has too")
            continue
        seen.add(sender.id)
        name = inert_cell(mark.grade.name or sender.name)
        most = f"{mark.max_score:g}"
        comment = _as_html(mark.comment)
        rows.writerow([f"Participant {sender.id}", name, mark.points(), most, "-", comment])
        filled.written += 1
    filled.data = text.getvalue().encode()
    return filled


def _put_comment(table: RawTable, line: int, column: int, mark: Mark) -> list[str]:
    before = table.value(line, column).strip()
    if before and not before.startswith(opening(mark.grade.lesson)):
        return [f"{one_line(mark.who)} has a comment in Moodle already, which stays."]
    table.put(line, column, _as_html(mark.comment))
    return []


def _odd(table: RawTable, line: int, mark: Mark, points: str, most: float | None) -> list[str]:
    """Say what Moodle will pass over."""
    who = one_line(mark.who)
    if most is not None and float(points) > most:
        return [
            f"{who} has {points} points, and Moodle takes none above {most:g}: set the "
            f"assignment's maximum to {mark.max_score:g}, or write with `--scale`."
        ]
    if table.value(line, table.column(*_LOCKED)).strip().casefold() == "no":
        return [f"{who} has a grade that is locked in Moodle, which it will not change."]
    return []


def _moodle(mark: Mark) -> Sender:
    sender = sender_of(mark.grade.path)
    return sender if sender.platform == "moodle" else Sender()


def _as_html(comment: str) -> str:
    return "<br>".join(html.escape(line, quote=False) for line in comment.splitlines())
