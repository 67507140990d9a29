"""An instructor's own lesson: a file of Python outside the package that defines `LESSON`.

It is run where it is trusted, by its author and by students whom it was handed out to, and never
in the sandbox. Nothing is written beside it, no `__pycache__` either.
"""

from __future__ import annotations

import hashlib
import linecache
import sys
import traceback
import types
from pathlib import Path

from coursetools.exercises import Lesson
from coursetools.exercises.sealed import declaration_name, sealed_lesson
from coursetools.lessons import UnknownLessonError, load

FIRST_OWN = 100
"""Own lessons are numbered from here; what is below is the course's, now or later."""


class OwnLessonError(UnknownLessonError):
    """The file of an own lesson is missing, does not run or defines no lesson."""


def own_name(number: int) -> str:
    """Give the name that an own lesson's file has beside a student's notebook."""
    return f"lesson_{number}.py"


def load_own(file: str | Path) -> Lesson:
    """Run an own lesson's file and give the lesson that it defines.

    Raises:
        OwnLessonError: It is missing, raises an error, defines no `LESSON`, or its number is kept
            for the course.
    """
    path = Path(file).absolute()
    try:
        source = path.read_bytes()
    except OSError as error:
        raise OwnLessonError(
            f"The lesson's file `{path}` cannot be read ({error.strerror or error})."
        ) from error
    # Checks are traced back to their file by the module's name, so it is one of its own.
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:12]
    module = types.ModuleType(f"coursetools_own_lesson_{digest}")
    module.__file__ = str(path)
    linecache.checkcache(str(path))  # a solution is shown by its source, which may have changed
    before = sys.modules.get(module.__name__)
    sys.modules[module.__name__] = module
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
    except (Exception, SystemExit) as error:
        del sys.modules[module.__name__]
        if before is not None:
            sys.modules[module.__name__] = before
        raise OwnLessonError(_does_not_run(path, error)) from error
    lesson = getattr(module, "LESSON", None)
    if not isinstance(lesson, Lesson):
        what = "defines no `LESSON`" if lesson is None else "defines a `LESSON` that is no `Lesson`"
        raise OwnLessonError(
            f"`{path}` {what}. End it with `LESSON = Lesson(number={FIRST_OWN}, title=..., "
            "exercises=(...,))`."
        )
    if type(lesson.number) is not int or lesson.number < FIRST_OWN:
        raise OwnLessonError(
            f"The lesson in `{path}` has the number `{lesson.number!r}`, which is kept for the "
            f"course. Take a whole number from {FIRST_OWN}, and begin its exercises' numbers with "
            "it."
        )
    return lesson


def lesson_beside(number: int, folder: Path) -> Lesson:
    """Give the lesson of a notebook by its number and by what lies beside the notebook.

    A sealed lesson's file comes first, then an own lesson's, then the course.

    Raises:
        UnknownLessonError: There is no such lesson; of an own one, its file is missing or broken.
        SealingError: The file of a sealed lesson is broken.
    """
    sealed = folder / declaration_name(number)
    if sealed.is_file():
        return sealed_lesson(sealed)
    if number < FIRST_OWN:
        return load(number)
    file = folder / own_name(number)
    if not file.is_file():
        raise OwnLessonError(
            f"Lesson {number} is none of the course's, and neither `{sealed.name}` nor "
            f"`{file.name}` is beside the notebook, in `{folder}`. Put the file there that came "
            "with the notebook."
        )
    lesson = load_own(file)
    if lesson.number != number:
        raise OwnLessonError(
            f"`{file}` defines lesson {lesson.number}, but the notebook connects with lesson "
            f"{number}. Take the file anew from where you got the notebook."
        )
    return lesson


def _does_not_run(path: Path, error: BaseException) -> str:
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else None
    where = f" in line {line}" if line else ""
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"`{path}` does not run: {type(error).__name__}{where}: {message}"
