"""A class in which each student tries another idea, graded in one run; and what was touched."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import coursetools
from adversaries.idea import Idea
from adversaries.practice import CANARY, RIGHT, cells_of, file_of, released, right_for
from coursetools.exercises import Lesson
from coursetools.grading.batch import grade_folder
from coursetools.grading.feedback import page_name
from coursetools.grading.grader import Runner
from coursetools.grading.order import FEEDBACK, GRADEBOOK, TABLE, Order
from coursetools.grading.records import Grade, InputFile
from coursetools.sandbox import Limits
from grading.feedback.page import Page

NEIGHBOUR = "neighbour/lesson.ipynb"
TYPIST = "typist/lesson.ipynb"

_WATCHED = ("/", "/dev/shm", "/etc", "/home", "/run", "/tmp", "/usr", "/var/tmp")
_INERT = {"script", "svg", "iframe", "form", "base", "object", "embed", "button"}


@dataclass(frozen=True)
class Ran:
    """What came of grading a class of attackers."""

    out: Path
    grades: Mapping[str, Grade]
    """By path."""
    files: Mapping[str, InputFile]
    touched: tuple[str, ...]
    """What is not on the machine or in the instructor's folder as it was before."""

    def page(self, path: str) -> Page:
        """Read a student's page back."""
        return Page(self.out / FEEDBACK / page_name(self.grades[path]))

    def table(self) -> list[dict[str, str]]:
        """Read the table as a spreadsheet does."""
        text = (self.out / TABLE).read_text("utf-8-sig")
        return list(csv.DictReader(text.splitlines(keepends=True)))


def attacked(
    ideas: Iterable[Idea],
    lesson: Lesson,
    folder: Path,
    runner_of: Callable[[], Runner],
    limits: Limits,
    jobs: int = 6,
) -> Ran:
    """Hand everything in, beside two honest notebooks, and grade it."""
    handed, out = folder / "handed in", folder / "out"
    put(handed / NEIGHBOUR, file_of(cells_of(lesson, right_for("neighbour"), CANARY)))
    all_right = right_for("typist") | {"9.1": RIGHT["9.1"]}
    put(handed / TYPIST, file_of(cells_of(lesson, all_right)))
    for idea in ideas:
        put(handed / idea.place, idea.file())
    put(folder / "solutions.txt", CANARY.encode())
    put(out / "marks of last year.csv", CANARY.encode())
    before = _machine(handed, folder / "solutions.txt", out / "marks of last year.csv")
    graded: list[Grade] = []
    order = Order(lesson, released(lesson), out, limits=limits, jobs=jobs)
    summary = grade_folder(
        handed, order, runner_of, lambda done, total, grade: graded.extend([grade] if grade else [])
    )
    after = _machine(handed, folder / "solutions.txt", out / "marks of last year.csv")
    return Ran(
        out,
        {grade.path: grade for grade in graded},
        {file.path: file for file in summary.files},
        tuple(sorted(before.symmetric_difference(after))),
    )


def put(path: Path, content: bytes) -> None:
    """Write a file and the folders that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def told(grade: Grade) -> str:
    """Give all that a grade says that comes of what was run."""
    exercises = grade.exercises
    words = [*grade.notes, *grade.review, *(c.note for c in grade.cells)]
    words += [shown.text + shown.name for cell in grade.cells for shown in cell.shown]
    words += [word for e in exercises for word in (*e.notes, *e.review, *e.shown.values())]
    words += [e.title + e.answers for e in exercises]
    words += [check.feedback + check.note for e in exercises for check in e.checks]
    return "\n".join(words)


def inert(page: Page, but: Iterable[str] = ()) -> bool:
    """Say whether nothing on a page runs, or asks anyone for anything; `but` names elements."""
    names = {name for _, found in page.elements for name in found}
    scripts = [name for name in names if name.startswith("on") or name == "style"]
    links = [link for link in page.values("href") if ":" in link and link != "data:,"]
    return not (page.tags.keys() & _INERT - {*but} or scripts or links)


def whole(out: Path) -> int:
    """Count the grades in a gradebook that SQLite finds nothing wrong with."""
    with contextlib.closing(sqlite3.connect(out / GRADEBOOK)) as book:
        assert book.execute("pragma integrity_check").fetchall() == [("ok",)]
        count: int = book.execute("select count(*) from grades").fetchone()[0]
        return count


def _machine(handed: Path, *files: Path) -> set[str]:
    """Name what an attack might leave on the machine, or change."""
    package = Path(coursetools.__file__).parent
    found = set(_summed([*files, *handed.rglob("*"), *package.glob("*.py")]))
    for place in (*_WATCHED, os.getcwd(), package, package.parent, files[0].parent, Path.home()):
        with contextlib.suppress(OSError):
            found |= {f"{place}/{name}" for name in os.listdir(place) if _left(name)}
    for kind in ("shm", "msg", "sem"):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/sysvipc/{kind}").read_text("ascii").splitlines()
            found |= {f"{kind} {line.split()[0]}" for line in lines[1:]}
    with contextlib.suppress(OSError):
        sockets = Path("/proc/net/unix").read_text("utf-8", "replace").splitlines()
        found |= {line.split()[-1] for line in sockets if "left-" in line}
    for program in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if program.read_bytes() == b"sleep\x004711\x00":
                found.add(program.read_text("utf-8", "replace"))
    return found


def _left(name: str) -> bool:
    """Say whether a file is called as the ideas call what they leave."""
    return name.startswith("left-") or name == "left"


def _summed(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        if file.is_file():
            yield f"{file} {hashlib.sha256(file.read_bytes()).hexdigest()} {file.stat().st_mode}"
