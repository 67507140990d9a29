"""Writes the pages: templates filled with what was made fit to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coursetools.grading.feedback.files import is_page_name, page_name
from coursetools.grading.feedback.filling import environment, written
from coursetools.grading.feedback.overview import index_view, review_view
from coursetools.grading.feedback.student import student_view
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Grade, InputFile

INDEX = "index.html"


def write_feedback(grade: Grade, folder: Path, *, title: str = "") -> Path:
    """Write the page that a student gets.

    Args:
        grade: With its cells.
        folder: Where to; it is made if it is not there.
        title: The lesson's.

    Returns:
        The page's path: `page_name(grade)` in the folder.

    Raises:
        OSError: It cannot be written.
    """
    page = _filled("student.html", view=student_view(grade), title=one_line(title))
    return written(folder / page_name(grade), page)


def remove_stale(folder: Path, kept: Iterable[Path]) -> None:
    """Remove the students' pages of an earlier grading that are no longer anybody's.

    Args:
        folder: Of students' pages; files that are called otherwise stay.
        kept: What `write_feedback` gave this time.

    Raises:
        OSError: One cannot be removed.
    """
    names = {path.name for path in kept}
    for path in folder.glob("*.html"):
        if is_page_name(path.name) and path.name not in names:
            path.unlink(missing_ok=True)


def write_index(
    grades: Iterable[Grade],
    folder: Path,
    *,
    files: Sequence[InputFile] = (),
    missing: Mapping[str, str] | None = None,
    title: str = "",
    pages: str = "feedback",
    review: str = "review",
    report: str = "",
) -> Path:
    """Write the instructor's page: every student's score with a link, and every file's fate.

    Args:
        grades: In the order to be shown; those without cells will do. Each is looked at once.
        folder: Where to.
        files: What became of each file that was handed in.
        missing: Names by id of those who handed in nothing.
        title: The lesson's.
        pages: The folder of the students' pages, as seen from this one.
        review: The folder of the review's page, likewise.
        report: The report of the class, likewise; `""` if there is none.

    Returns:
        The page's path: `index.html` in the folder.

    Raises:
        OSError: It cannot be written.
    """
    view = index_view(grades, files, missing or {}, pages)
    links = {"review": f"{review}/{INDEX}", "report": report}
    page = _filled("index.html", view=view, title=one_line(title), **links)
    return written(folder / INDEX, page)


def write_review(
    grades: Iterable[Grade],
    folder: Path,
    *,
    files: Sequence[InputFile] = (),
    title: str = "",
    pages: str = "../feedback",
) -> Path:
    """Write the page of what needs a person, and why.

    Args:
        grades: All of them; those without cells will do. Each is looked at once.
        folder: Where to.
        files: What became of each file that was handed in.
        title: The lesson's.
        pages: The folder of the students' pages, as seen from this one.

    Returns:
        The page's path: `index.html` in the folder.

    Raises:
        OSError: It cannot be written.
    """
    view = review_view(grades, files, pages)
    return written(folder / INDEX, _filled("review.html", view=view, title=one_line(title)))


def _filled(template: str, **content: Any) -> str:
    return environment().get_template(template).render(content)
