"""The capstone's judge: a file of plain arrays in, an accuracy with its standard error out."""

from __future__ import annotations

from coursetools.lessons.lesson_5.judge.judging import JudgeError, Limits, judge
from coursetools.lessons.lesson_5.judge.report import Judgement, RunStatus

__all__ = ["JudgeError", "Judgement", "Limits", "RunStatus", "judge"]
