"""Connecting a notebook with its exercises: the first cell that a student runs."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from coursetools import __version__, lessons
from coursetools.answers import blank, draws
from coursetools.exercises import Lesson
from coursetools.lessons.own import lesson_beside
from coursetools.notebook import figures, look, markup
from coursetools.notebook import session as sessions
from coursetools.notebook.card import Card, card, show
from coursetools.notebook.cells import CellWatcher
from coursetools.notebook.progress import Progress
from coursetools.notebook.references import References
from coursetools.notebook.render import progress_line
from coursetools.notebook.session import Session
from coursetools.notebook.view import ExerciseView

_LONGEST_ID = 200
_SHOWN_VERSIONS = {"Keras": "keras", "TensorFlow": "tensorflow"}

_watcher = CellWatcher()


class StudentIdError(ValueError):
    """The student id is not a text of one line."""


def connect(lesson: int = 1, student_id: str = "") -> tuple[ExerciseView, ...]:
    """Connect this notebook with a lesson's exercises; run it again after changing the id.

    Beside the notebook there may be a file `lesson-1.json`: then the lesson is sealed, and what is
    asked comes from that file. A lesson from 100 up is your teacher's own; it comes from such a
    file or from `lesson_100.py`, beside the notebook too.

    Args:
        lesson: The lesson's number.
        student_id: Who you are, as your teacher knows you. Numbers in some questions depend on
            it. Empty stands for nobody in particular.

    Returns:
        The exercises in order.

    Raises:
        UnknownLessonError: There is no such lesson; OwnLessonError, a kind of it: the file of your
            teacher's own is missing or broken.
        StudentIdError: The id is not a text of one line.
        SealingError: The file of a sealed lesson is broken.

    Example:
        q_1, q_2, q_3, q_4, q_5, q_6 = ct.connect(lesson=1, student_id="")
    """
    if type(lesson) is not int:
        known = ", ".join(str(number) for number in lessons.numbers())
        raise lessons.UnknownLessonError(
            f"`lesson` is the number of a lesson ({known}), but it is `{lesson!r}`."
        )
    asked = lesson_beside(lesson, Path.cwd())
    # The caller's own names, where there is no IPython to ask.
    return open_lesson(asked, student_id, sys._getframe(1).f_globals)


def open_lesson(
    lesson: Lesson, student_id: str = "", names: Mapping[str, object] | None = None
) -> tuple[ExerciseView, ...]:
    """Connect the notebook with a lesson that the course does not list, such as your own.

    Args:
        lesson: Its exercises.
        student_id: As for `connect`.
        names: Where answers are looked for if this is no notebook; None for the caller's names.

    Returns:
        The exercises in order.
    """
    who = _checked(student_id)
    shell = _shell()
    if shell is not None:
        names = shell.user_ns
        _watcher.install(shell)
        figures.install(shell)
    elif names is None:
        names = sys._getframe(1).f_globals
    blank.exercise_finder = _running_exercise
    session = Session(
        lesson=lesson,
        student_id=who,
        names=names,
        cells=_watcher,
        progress=Progress(Path.cwd(), lesson, who),
        references=_references_so_far(),
    )
    sessions.start(session)
    show(_connected_card(session, student_id.strip()))
    return tuple(ExerciseView(exercise, session) for exercise in lesson.exercises)


def _checked(student_id: object) -> str:
    if not isinstance(student_id, str):
        raise StudentIdError(
            f"`student_id` is a text in quotes, but it is `{student_id!r}`. "
            f'Write student_id="{student_id}" if that is your id.'
        )
    if len(student_id) > _LONGEST_ID or not student_id.isprintable():
        raise StudentIdError(
            f"`student_id` is one line of at most {_LONGEST_ID} characters, but it is "
            f"`{student_id[:40]!r}`. Write your id as your teacher gave it to you."
        )
    return draws.plain_id(student_id)


def _shell() -> Any | None:
    found = sys.modules.get("IPython.core.getipython")
    return None if found is None else found.get_ipython()


def _running_exercise() -> str | None:
    return _watcher.exercise


def _references_so_far() -> References:
    """Keep knowing which objects were handed out: the notebook still has them."""
    before = sessions.running()
    return References() if before is None else before.references.forget_answers()


def _connected_card(session: Session, typed_id: str) -> Card:
    summary = session.progress.summary
    who = f"Your id is `{typed_id}`."
    if not typed_id:
        who = (
            f"No id is given, so numbers are drawn for `{session.student_id}`. To hand this "
            'notebook in, write yours between the quotes of `student_id=""` and run this cell '
            "again."
        )
    lines = [who]
    if session.progress.problem:
        lines.append(session.progress.new_problem())
    versions = _versions()
    return card(
        look.RIGHT,
        f"Lesson {session.lesson.number}: {session.lesson.title}",
        word="Connected",
        body="".join(markup.blocks(line) for line in lines),
        foot=f"{progress_line(summary)}{look.DOT}<span>{versions}</span>",
        text=[*(f"  {line}" for line in lines), f"  {summary.sentence}", f"  {versions}"],
    )


def _versions() -> str:
    found = [f"coursetools {__version__}", f"Python {platform.python_version()}"]
    for name, package in _SHOWN_VERSIONS.items():
        try:
            found.append(f"{name} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{name} is missing")
    return " · ".join(found)
