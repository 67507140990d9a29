"""From a file of another tool to the files of a lesson of one's own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from coursetools.grading.foreign.assignment import Assignment, ForeignError, LeftOut
from coursetools.grading.foreign.lesson_file import lesson_source
from coursetools.grading.foreign.notebook_file import notebook_text
from coursetools.grading.foreign.planning import Plan, plan
from coursetools.grading.foreign.reading import read_assignment
from coursetools.grading.foreign.report import left_out, moved_page
from coursetools.grading.foreign.stubs import parsed
from coursetools.grading.plain_text import one_line
from coursetools.lessons.own import FIRST_OWN, own_name

REPORT = "moved.md"
_LONGEST_NAME = 60


class MovingError(ValueError):
    """A lesson cannot be written; the message says why."""


@dataclass(frozen=True)
class Moved:
    """What was read and written."""

    assignment: Assignment
    plan: Plan
    lesson: Path
    notebook: Path
    report: Path
    left_out: tuple[LeftOut, ...]
    """What could not be taken over."""


def move_over(file: Path, out: Path, number: int = FIRST_OWN) -> Moved:
    """Read an assignment of nbgrader's or Otter's, and write it as a lesson of one's own.

    Args:
        file: See `read_assignment`. Nothing of it is run.
        out: The folder to write into; it is made if it is not there.
        number: The new lesson's.

    Raises:
        ForeignError: The file cannot be read as an assignment.
        MovingError: The number is kept for the course, or `out` holds something else.
        OSError: A file cannot be read or written.
    """
    if number < FIRST_OWN:
        raise MovingError(f"The number {number} is kept for the course: take one from {FIRST_OWN}.")
    try:
        assignment = read_assignment(file)
        planned = plan(assignment, number)
        title = one_line(assignment.title, 100) or "An assignment"
        source = lesson_source(assignment, planned, number, title)
    except RecursionError as error:
        raise ForeignError(f"`{file}` holds code that is nested too deep.") from error
    if parsed(source) is None:  # nothing that anyone wrote may lead here
        raise ForeignError(f"`{file}` cannot be written as a lesson, which is our fault.")
    names = (own_name(number), f"{number}-{_slug(title)}.ipynb", REPORT)
    texts = {names[0]: source, names[1]: notebook_text(assignment, planned, number)}
    texts[REPORT] = moved_page(assignment, planned, (names[0], names[1]))
    for name, text in texts.items():
        _fail_if_another(out / name, text)
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    lesson, notebook, report = (out / name for name in names)
    told = tuple(left_out(assignment, planned))
    return Moved(assignment, planned, lesson, notebook, report, told)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-") or "lesson"


def _fail_if_another(file: Path, text: str) -> None:
    """Refuse to write over anything but the same: it may have been worked on since."""
    if file.is_symlink() or (file.exists() and file.read_bytes() != text.encode()):
        raise MovingError(
            f"`{file}` is there already and is another one. Name a new folder with `--out`."
        )
