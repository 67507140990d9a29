"""Writes what is to be read, from the gradebook alone: no submission is needed for it.

Grading writes all of it once. Whoever changes a mark afterwards, by `coursetools points` or on the
page for review, has the pages of those students written anew, and the lists that name everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from coursetools.grading.feedback import remove_stale, write_feedback, write_index, write_review
from coursetools.grading.gradebook import Gradebook, Grading, write_csv
from coursetools.grading.order import FEEDBACK, REVIEW, TABLE
from coursetools.grading.records import Grade
from coursetools.grading.report import REPORT, Pair, Similarity, write_report
from coursetools.grading.whole_file import remove_halves, write_whole

SHOWS = ".lesson"
"""Names in a folder the lesson that it shows, since a database may hold the marks of many."""


class NothingShownError(LookupError):
    """A folder is to be written anew, and it is not known which lesson it shows."""


def shown_in(book: Gradebook, out: Path) -> Grading:
    """Give the grading whose marks count and which a folder shows.

    Args:
        book: Where it was graded.
        out: The folder that `coursetools grade` wrote into.

    Raises:
        NothingShownError: It cannot be told; the text says what to do.
    """
    latest = book.latest()
    try:
        shown = (out / SHOWS).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        shown = ""
    found = [grading for grading in latest if str(grading.lesson) == shown]
    if not found and len(latest) == 1:
        found = list(latest)
    if not found:
        raise NothingShownError(
            f"It is not known which lesson `{out}` shows. Run `coursetools grade` into it once "
            "more; it grades nothing twice."
        )
    return found[0]


def write_all(book: Gradebook, grading: Grading, out: Path, similarity: Similarity) -> None:
    """Write everything: a page for each student, and the lists.

    Args:
        book: Where it is graded.
        grading: Whose marks count.
        out: Where to.
        similarity: Is told of each grade, and then says whose code is alike.

    Raises:
        OSError: Something cannot be written.
        GradebookError: The gradebook cannot be read or written.
    """
    title = book.title(grading)
    pages = []
    for grade in book.grades(grading):
        pages.append(write_feedback(grade, out / FEEDBACK, title=title))
        similarity.add(grade)
    if pages:
        remove_stale(out / FEEDBACK, pages)
    book.save_alike(grading, [_plain(pair) for pair in similarity.pairs()])
    write_whole(out / SHOWS, f"{grading.lesson}\n".encode("ascii"))
    write_lists(book, grading, out)
    for folder in (out, out / FEEDBACK, out / REVIEW):
        remove_halves(folder)


def rewrite(book: Gradebook, out: Path, students: Collection[str]) -> None:
    """Write anew the pages of some students, by their ids, and the lists that name everybody.

    Raises:
        NothingShownError: It is not known which lesson the folder shows.
        OSError: Something cannot be written.
        GradebookError: The gradebook cannot be read.
    """
    grading = shown_in(book, out)
    write_pages(book, grading, out, students)
    write_lists(book, grading, out)


def write_pages(book: Gradebook, grading: Grading, out: Path, students: Collection[str]) -> None:
    """Write the pages of some students, by their ids, and nothing else.

    Raises:
        OSError: One cannot be written.
        GradebookError: The gradebook cannot be read.
    """
    title = book.title(grading)
    for grade in book.grades(grading, students=students):
        write_feedback(grade, out / FEEDBACK, title=title)


def write_lists(book: Gradebook, grading: Grading, out: Path) -> None:
    """Write what names everybody: the table, the index, the report, the list for review.

    Raises:
        OSError: Something cannot be written.
        GradebookError: The gradebook cannot be read.
    """
    grades = tuple(book.grades(grading, full=False))
    files, missing, title = book.files(grading), book.missing(grading), book.title(grading)
    write_csv(grades, missing, out / TABLE)
    write_index(grades, out, files=files, missing=missing, title=title, report=REPORT)
    alike = _pairs(book.alike(grading), grades)
    write_report(grades, out, files=files, alike=alike, title=title, review=f"{REVIEW}/index.html")
    write_review(grades, out / REVIEW, files=files, title=title)


def _plain(pair: Pair) -> list[Any]:
    return [pair.first.path, pair.second.path, pair.exercise, pair.shared, pair.share]


def _pairs(kept: Sequence[Any], grades: Sequence[Grade]) -> list[Pair]:
    """Give pairs as the report lists them; of one whose file no longer counts nothing is left."""
    by_path = {grade.path: grade for grade in grades}
    return [
        Pair(by_path[first], by_path[second], *rest)
        for first, second, *rest in kept
        if first in by_path and second in by_path
    ]
