"""The notebook's side of the course: exercises to answer, figures with a text, live curves."""

from __future__ import annotations

from coursetools.notebook.connect import StudentIdError, connect, open_lesson
from coursetools.notebook.scores import progress
from coursetools.notebook.session import NotConnectedError
from coursetools.notebook.use import ReferenceUnavailableError, use
from coursetools.notebook.view import ExerciseView

__all__ = [
    "ExerciseView",
    "NotConnectedError",
    "ReferenceUnavailableError",
    "StudentIdError",
    "connect",
    "open_lesson",
    "progress",
    "use",
]
