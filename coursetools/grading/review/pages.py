"""The pages filled, and the files they ask for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader

from coursetools.grading.feedback.filling import environment
from coursetools.grading.feedback.student import student_view
from coursetools.grading.feedback.style import STYLE
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Grade

_PACKAGE = "coursetools.grading.review"

KEYS = (
    ("0 … 9", "Points; go on typing for 12 or 1.5, Up and Down change them by a half"),
    ("n →", "Next answer"),
    ("p ←", "Previous answer"),
    ("u", "Next answer that is not marked"),
    ("c", "To the comment"),
    ("Esc", "Out of the comment or the points"),
    ("m", "The machine's points, where it marks all of an exercise"),
    ("s", "Show or hide names"),
    ("l", "To the list"),
    ("?", "These keys"),
)


def filled(template: str, **content: Any) -> bytes:
    """Give a page of this folder's templates."""
    return _environment().get_template(template).render(content).encode("utf-8")


def students_page(grade: Grade, title: str) -> bytes:
    """Give the page that the student gets, with all cells."""
    return filled("student.html", view=student_view(grade), title=one_line(title))


@cache
def asset(name: str) -> bytes:
    """Give the script or the style of these pages."""
    own = files(_PACKAGE).joinpath("static", name).read_text(encoding="utf-8")
    return ((STYLE if name.endswith(".css") else "") + own).encode("utf-8")


@cache
def _environment() -> Environment:
    """Give the feedback pages' templates and their rules, with those of this folder."""
    shared = environment()
    loaders = [PackageLoader(_PACKAGE), shared.loader]
    made = shared.overlay(loader=ChoiceLoader([each for each in loaders if each is not None]))
    made.globals = shared.globals | {"keys": KEYS}
    return made
