"""What grading anew changes: who goes up or down, by how much, and which checks made it so.

`files` writes it; that loads what pages are made with, and so is not loaded here.
"""

from __future__ import annotations

from coursetools.grading.changes.comparing import (
    Change,
    Changes,
    CheckChange,
    ExerciseChange,
    compare,
)
from coursetools.grading.changes.words import (
    mark_words,
    notes_on,
    outcome_words,
    signed,
    summary_sentence,
)

__all__ = [
    "Change",
    "Changes",
    "CheckChange",
    "ExerciseChange",
    "compare",
    "mark_words",
    "notes_on",
    "outcome_words",
    "signed",
    "summary_sentence",
]
