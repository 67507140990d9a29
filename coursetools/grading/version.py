"""What a mark depends on besides the submission, in one short name: the version of what marks."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import coursetools
from coursetools.exercises import Lesson
from coursetools.grading.holdout import holdout_files
from coursetools.grading.notebook import Notebook

_MARKING = ("answers", "capstone", "exercises", "grading", "lessons", "probes", "sandbox")


def version_of(lesson: Lesson, released: Notebook, holdout: Path | None = None) -> str:
    """Name what marks: the course's version, the code that marks and runs, the released cells.

    It is the same on another machine if all of that is the same there.
    """
    digest = hashlib.sha256()
    for file in _marking_code(lesson):
        digest.update(file.read_bytes())
    for file in holdout_files(holdout):
        digest.update(file.read_bytes())
    for cell in released.cells:
        digest.update(json.dumps([cell.kind, cell.id, cell.source]).encode())
    return f"{coursetools.__version__}+{digest.hexdigest()[:12]}"


def _marking_code(lesson: Lesson) -> Iterator[Path]:
    package = Path(coursetools.__file__).parent
    for part in _MARKING:
        yield from sorted((package / part).rglob("*.py"))
    # A lesson that is none of the course's brings its checks along.
    modules = {check.function.__module__ for e in lesson.exercises for check in e.checks}
    for name in sorted(modules):
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is not None and package not in Path(file).parents:
            yield Path(file)
