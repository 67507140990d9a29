"""What Canvas takes in: its gradebook as CSV, and a zip of feedback files.

The CSV is as in *How do I import grades in the Gradebook?* and *How do I export grades in the
Gradebook?* of the Canvas instructor guide, and in `lib/gradebook_importer.rb` of Canvas itself:

- The first line begins with `Student,ID`, `Section` ends the columns on students (between them may
  stand `SIS User ID`, `SIS Login ID`, `Integration ID`, `Root Account`), and each column after
  them is an assignment, called `Name (its number)`; a name without a number makes a new one.
- A line `Points Possible` may follow; a column that says `(read only)` there is not taken in.
- A student is found by `ID`, else by `SIS User ID`, by `SIS Login ID`, or by the name.
- An empty cell takes away the score that stands in Canvas. So where there is no mark to write, the
  cell stays as Canvas gave it out.
- **Comments are not taken in with it.** Canvas takes feedback as files: *How do I upload all
  student submissions for an assignment?* (*Re-Upload Submissions*). There it reads the numbers of
  the student and of the upload in a file's name, so each must be called as it was downloaded, and
  the student sees it under the name of what they handed in. Feedback to a notebook therefore is a
  notebook, of one raw cell, in which nothing runs and nothing is drawn.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

from coursetools.grading.export.chosen import Chosen, Mark
from coursetools.grading.export.errors import ExportError
from coursetools.grading.export.filling import UNSCALED, Filled, Line, match, number_in, replaced
from coursetools.grading.export.packing import zipped
from coursetools.grading.export.raw_table import RawTable
from coursetools.grading.export.safety import refused_id
from coursetools.grading.intake.names import sender_of
from coursetools.grading.plain_text import inert_cell, one_line

_STUDENT = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
_NOBODY = ("points possible", "student, test", "test student")
_COUNTED = re.compile(
    r"\b(Current|Final|Override|Unposted)\b.*\b(Score|Points|Grade|Status)\b", re.IGNORECASE
)
_ASSIGNMENT = re.compile(r"^(?P<name>.+?)\s*\(\d+\)$")
_READ_ONLY = re.compile(r"read\s*only", re.IGNORECASE)
_EXCUSED = "EX"
_FROM_IDS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def canvas_table(
    table: RawTable, chosen: Chosen, title: str, column: str = "", *, scale: bool = False
) -> Filled:
    """Fill marks into the gradebook that Canvas gave out; every other cell stays as it was.

    Args:
        table: As exported from Canvas.
        chosen: What goes out.
        title: The lesson's; the assignment's column is looked for by it.
        column: The heading of the assignment's column, or its name without the number.
        scale: Whether points are turned into shares of what Canvas has as possible.

    Raises:
        ExportError: It is no gradebook of Canvas's, or has no such column.
    """
    identity = _student_columns(table)
    target = _target(table, identity[-1] + 1, title, column)
    lines, possible = [], None
    for number in table.lines:
        name = _name(table, number)
        if "points possible" in name.casefold():
            possible = number_in(table.value(number, target))
            if _READ_ONLY.search(table.value(number, target)):
                raise ExportError(
                    f"Canvas takes nothing into the column `{_heading(table, target)}`: it says "
                    "`(read only)`. Name another one with `--column`."
                )
        elif name.casefold() not in _NOBODY and any(table.value(number, c) for c in identity):
            ids = tuple(table.value(number, table.column(word)) for word in _STUDENT)
            lines.append(Line(number, ids, name))
    own = {mark.grade.path: canvas_id(mark.grade.path) for mark in chosen.marks}
    matched = match(chosen, lines, own)
    notes, written = list(matched.notes), 0
    for number, mark in matched.marks.items():
        points = mark.points(possible if scale and possible else None)
        before = table.value(number, target)
        if before.strip().upper() == _EXCUSED:
            notes.append(f"{one_line(mark.who)} is excused in Canvas, which stays.")
            continue
        notes += replaced(mark.who, before, points)
        table.put(number, target, points)
        written += 1
    notes += [f"The points are in the column `{_heading(table, target)}`."]
    if scale and not possible:
        notes.append(UNSCALED)
    elif possible is not None and possible != chosen.max_score and not scale:
        notes.append(
            f"Canvas counts {possible:g} points for `{_heading(table, target)}`, the lesson "
            f"{chosen.max_score:g}. Change that in Canvas, or write with `--scale`."
        )
    if chosen.marks:
        notes.append(
            "In Canvas: Gradebook, Import. It takes no comments in so: for these, write a zip "
            "with `--feedback`."
        )
    here, there = list(matched.only_here), list(matched.only_there)
    return Filled(table.data(), written, here, there, notes)


def canvas_from_ids(chosen: Chosen, title: str, column: str = "") -> Filled:
    """Write a gradebook from ids alone: a new assignment, unless `column` has one's number.

    The number that Canvas gave a student's file goes into `ID`, any other id into `SIS User ID`.

    Args:
        chosen: What goes out.
        title: The lesson's, which names the assignment.
        column: The heading of the assignment's column, as Canvas writes it.
    """
    filled = Filled()
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([*_FROM_IDS, inert_cell(column or title)])
    rows.writerow(["    Points Possible", *[""] * 4, f"{chosen.max_score:g}"])
    for mark in chosen.marks:
        own, other = canvas_id(mark.grade.path), mark.grade.student_id
        if other == own:
            other = ""
        why = refused_id(other) if other or not own else ""
        if why:
            filled.only_here.append(f"{one_line(mark.who)}, {why}")
            continue
        name = mark.grade.name or mark.grade.student_id
        rows.writerow([inert_cell(name), own, other, "", "", mark.points()])
        filled.written += 1
    filled.data = text.getvalue().encode()
    if not _ASSIGNMENT.match(column):
        filled.notes.append(
            "Canvas will make a new assignment of it. To fill one that is there, export the "
            "gradebook from Canvas and give it with `--columns`."
        )
    return filled


def canvas_feedback(marks: Sequence[Mark]) -> tuple[bytes, list[str]]:
    """Give a zip for *Re-Upload Submissions*, and who is not in it.

    Only what came in under a name of Canvas's can go back: no other has the numbers in it.
    """
    files: dict[str, bytes] = {}
    left_out = []
    for mark in marks:
        sender = sender_of(mark.grade.path)
        known = sender.platform == "canvas" and sender.id.isdigit()
        if not known or sender.part in files or "\\" in sender.part:
            left_out.append(one_line(mark.who))
        else:
            files[sender.part] = _as_handed_in(sender.part, mark.comment)
    return zipped(files), left_out


def canvas_id(path: str) -> str:
    """Give a student's number that Canvas wrote into a file's name; `""` if it did not."""
    sender = sender_of(path)
    return sender.id if sender.platform == "canvas" and sender.id.isdigit() else ""


def _as_handed_in(name: str, comment: str) -> bytes:
    """Give the comment as a file of the kind whose name it will bear."""
    ending = name.rpartition(".")[2].casefold()
    if ending == "zip":
        return zipped({"feedback.txt": comment.encode()})
    if ending != "ipynb":
        return comment.encode()
    lines = comment.splitlines(keepends=True)
    cell = {"cell_type": "raw", "id": "feedback", "metadata": {}, "source": lines}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, indent=1) + "\n").encode()


def _name(table: RawTable, line: int) -> str:
    if table.headings[1:2] == ["FirstName"]:
        return f"{table.value(line, 1)} {table.value(line, 0)}".strip()
    return table.value(line, 0).strip()


def _student_columns(table: RawTable) -> list[int]:
    """Give the columns on students, the last one `Section`."""
    headings = table.headings
    by_last_name = headings[:3] == ["LastName", "FirstName", "ID"]
    if by_last_name or headings[:2] == ["Student", "ID"]:
        section = table.column("Section")
        if section is not None:
            return list(range(1, section + 1))
    raise ExportError(
        f"`{table.name}` is no gradebook of Canvas's: it should begin with `Student`, `ID` and "
        "have `Section`. Take what Canvas gives under Gradebook, Export."
    )


def _target(table: RawTable, first: int, title: str, column: str) -> int:
    """Find the assignment's column."""
    headings = table.headings
    there = [
        place
        for place in range(first, len(headings))
        if headings[place] and not _COUNTED.search(headings[place])
    ]
    wanted = (column or title).strip().casefold()
    exact = [p for p in there if headings[p].casefold() == wanted]
    named = [p for p in there if _name_of(headings[p]).casefold() == wanted]
    inside = [] if column else [p for p in there if wanted in headings[p].casefold()]
    for found in (exact, named, inside):
        if len(found) == 1:
            return found[0]
    if len(there) == 1 and not column:
        return there[0]
    listed = ", ".join(f"`{_heading(table, place)}`" for place in there[:20]) or "none"
    raise ExportError(
        f"It is not clear which column of `{table.name}` is for `{column or title}`. Name it with "
        f"`--column`; there are: {listed}."
    )


def _name_of(heading: str) -> str:
    found = _ASSIGNMENT.match(heading)
    return found["name"] if found else heading


def _heading(table: RawTable, column: int) -> str:
    return one_line(table.headings[column], 80)
