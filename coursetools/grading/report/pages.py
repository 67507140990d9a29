"""Writes the report of a class and, beside it, the page of times."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader

from coursetools.grading.feedback.filling import environment, written
from coursetools.grading.feedback.overview import review_view
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Grade, InputFile
from coursetools.grading.report.similarity import Pair
from coursetools.grading.report.views import report_view, times_view

REPORT = "report.html"
TIMES = "times.html"


def write_report(
    grades: Sequence[Grade],
    folder: Path,
    *,
    files: Sequence[InputFile] = (),
    alike: Sequence[Pair] = (),
    title: str = "",
    pages: str = "feedback",
    review: str = "review/index.html",
) -> tuple[Path, Path]:
    """Write how the class did, and on a page of its own what the runs took.

    Args:
        grades: All of them; those without cells will do.
        folder: Where to.
        files: What became of each file that was handed in.
        alike: Students whose code is alike, in the order to be shown.
        title: The lesson's.
        pages: The folder of the students' pages, as seen from the report.
        review: The page of what needs a person, likewise.

    Returns:
        The paths of the report, whose bytes depend on nothing else, and of the times.

    Raises:
        OSError: One cannot be written.
    """
    view = report_view(grades, review_view(grades, files, pages), alike, pages)
    links = {"review": review, "times": TIMES, "report": REPORT}
    report = _filled("report.html", view=view, title=one_line(title), **links)
    times = _filled("times.html", view=times_view(grades, pages), title=one_line(title), **links)
    return written(folder / REPORT, report), written(folder / TIMES, times)


def _filled(template: str, **content: Any) -> str:
    return _environment().get_template(template).render(content)


@cache
def _environment() -> Environment:
    """Give the feedback pages' templates and their rules, with those of this folder."""
    shared = environment()
    loaders = [PackageLoader("coursetools.grading.report"), shared.loader]
    return shared.overlay(loader=ChoiceLoader([each for each in loaders if each is not None]))
