"""An opening that asks for a few answers, and what the tests of places share."""

from __future__ import annotations

from collections.abc import Callable

from coursetools.answers import Array, Function, Number
from coursetools.sandbox import (
    AskedExercise,
    Cell,
    CellReport,
    Handed,
    Opening,
    Place,
)

OPENING = Opening(
    lesson=7,
    student_id="ada",
    exercises=(
        AskedExercise("7.1", "q_1", {"n": Number()}),
        AskedExercise("7.2", "q_2", {"row": Array(dimensions=1), "m": Number()}),
        AskedExercise("7.3", "q_3", {"f": Function(cases=((1,), (2,))), "k": Number()}),
    ),
)

CONNECT = "import coursetools as ct\nfrom coursetools import ____\nq_1, q_2, q_3 = ct.connect(7)"


def nothing(exercise: str) -> Handed:
    """Hand nothing out."""
    return Handed("none", sentence=f"{exercise} is not handed out.")


class Run:
    """One submission, cell by cell."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.cells = 0

    def __call__(
        self,
        source: str,
        exercise: str | None = None,
        use: Callable[[str], Handed] = nothing,
    ) -> CellReport:
        """Run a cell."""
        self.cells += 1
        return self.place.run(Cell(self.cells, source, exercise), use)
