"""Fills templates so that nothing in a page can run, and writes each page as a whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coursetools.grading.feedback.marks import style_class
from coursetools.grading.feedback.style import POLICY, STYLE
from coursetools.grading.plain_text import tamed
from coursetools.grading.whole_file import write_whole


@cache
def environment() -> Environment:
    """Give the templates of these pages, with texts escaped and tamed, and the one style."""
    made = Environment(
        loader=PackageLoader("coursetools.grading.feedback"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_fit,
    )
    made.globals |= {"style": Markup(STYLE), "policy": POLICY}
    made.filters["style_class"] = style_class
    return made


def written(path: Path, page: str) -> Path:
    """Write a page, and its folder if there is none, and give its path.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, page.encode("utf-8"))
    return path


def _fit(value: object) -> object:
    """Tame each text once more on its way to a page, should it have been forgotten."""
    return tamed(value) if type(value) is str else value
