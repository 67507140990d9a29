"""An instructor's own pictures, which nobody has seen: a lesson's judge is told where they are."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from coursetools.exercises import Lesson


def with_holdout(lesson: Lesson, folder: Path | None) -> Lesson:
    """Give the lesson with a judge that asks the pictures in a folder, if one is named."""
    if folder is None or lesson.judge is None:
        return lesson
    return replace(lesson, judge=partial(lesson.judge, holdout=folder))


def holdout_files(folder: Path | None) -> list[Path]:
    """Give the files of held-out pictures, by name."""
    return [] if folder is None else sorted(f for f in folder.iterdir() if f.is_file())
