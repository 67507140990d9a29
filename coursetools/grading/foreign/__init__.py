"""Assignments of nbgrader and Otter: read as a list of exercises, written as a lesson of one's own.

What is read may come from anyone. It is parsed as data, as Python and as YAML, and nothing of it
runs here. What is written does hold the old assignment's own code: its cells in the notebook, and
its solutions as functions that run only when somebody asks for the solution.
"""

from __future__ import annotations

from coursetools.grading.foreign.assignment import (
    Assignment,
    ForeignError,
    ForeignExercise,
    ForeignTest,
    LeftOut,
    Marking,
    Passage,
    Step,
)
from coursetools.grading.foreign.moving import Moved, MovingError, move_over
from coursetools.grading.foreign.reading import read_assignment

__all__ = [
    "Assignment",
    "ForeignError",
    "ForeignExercise",
    "ForeignTest",
    "LeftOut",
    "Marking",
    "Moved",
    "MovingError",
    "Passage",
    "Step",
    "move_over",
    "read_assignment",
]
