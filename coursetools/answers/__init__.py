"""Answers as plain data: captured beside the student, read where no student code ran."""

from __future__ import annotations

from coursetools.answers.blank import Blank, BlankError, ____, is_blank
from coursetools.answers.capture import capture
from coursetools.answers.draws import draw, drawn, shuffled
from coursetools.answers.kinds import (
    AnswerState,
    Array,
    Augmentation,
    Choice,
    CompileArguments,
    Function,
    History,
    Kind,
    Layers,
    Model,
    Number,
    Text,
    UnreadableAnswer,
    Weights,
)
from coursetools.answers.read import Answer, read
from coursetools.answers.schema import loads_answer

__all__ = [
    "Answer",
    "AnswerState",
    "Array",
    "Augmentation",
    "Blank",
    "BlankError",
    "Choice",
    "CompileArguments",
    "Function",
    "History",
    "Kind",
    "Layers",
    "Model",
    "Number",
    "Text",
    "UnreadableAnswer",
    "Weights",
    "____",
    "capture",
    "draw",
    "drawn",
    "is_blank",
    "loads_answer",
    "read",
    "shuffled",
]
