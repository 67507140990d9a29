"""The kinds of answer an exercise may ask for, one module each."""

from __future__ import annotations

from coursetools.answers.array import Array
from coursetools.answers.augmentation import Augmentation
from coursetools.answers.choice import Choice
from coursetools.answers.compile_arguments import CompileArguments
from coursetools.answers.function import Function
from coursetools.answers.history import History
from coursetools.answers.kind import AnswerState, Kind, Probe, UnreadableAnswer
from coursetools.answers.layers import Layers
from coursetools.answers.model import Model
from coursetools.answers.number import Number
from coursetools.answers.text import Text
from coursetools.answers.weights import Weights

__all__ = [
    "KINDS",
    "AnswerState",
    "Array",
    "Augmentation",
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
    "Weights",
]

KINDS: dict[str, type[Kind]] = {
    kind.name: kind
    for kind in (
        Number,
        Choice,
        Text,
        Array,
        Function,
        History,
        Layers,
        Augmentation,
        Model,
        CompileArguments,
        Weights,
    )
}
"""Every kind by its word in data."""
