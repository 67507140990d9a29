"""The capstone's judge: a file of plain arrays in, an accuracy with its standard error out."""

from __future__ import annotations

from coursetools.capstone.judging import JudgeError, Limits, judge
from coursetools.capstone.report import Judgement
from coursetools.run_status import RunStatus

__all__ = ["JudgeError", "Judgement", "Limits", "RunStatus", "judge"]
