"""The kinds of answer an exercise may ask for, one module each."""

from __future__ import annotations

from coursetools.answers.array import Array
from coursetools.answers.choice import Choice
from coursetools.answers.compile_arguments import CompileArguments
from coursetools.answers.function import Function
from coursetools.answers.history import History
from coursetools.answers.kind import AnswerState, Kind, Probe, UnreadableAnswer
from coursetools.answers.layers import Layers
from coursetools.answers.model import Model
from coursetools.answers.number import Number
from coursetools.answers.text import Text

__all__ = [
    "KINDS",
    "AnswerState",
    "Array",
    "Choice",
    "CompileArguments",
    "Function",
    "History",
    "Kind",
    "Layers",
    "Model",
    "Number",
    "Probe",
    "Text",
    "UnreadableAnswer",
]

KINDS: dict[str, type[Kind]] = {
    kind.name: kind
    for kind in (Number, Choice, Text, Array, Function, History, Layers, Model, CompileArguments)
}
"""Every kind by its word in data."""
