"""One idea of how to have what was not earned, or to touch what is others'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adversaries.practice import LESSONS, Cell, cells_of, file_of, right_for
from coursetools.exercises import Lesson
from coursetools.grading.records import RunStatus


@dataclass(frozen=True)
class Idea:
    """A notebook that is right in all but the exercise that it aims at."""

    name: str
    answer: str = "____"
    """What stands in the answer cell of `aims`: a whole cell, or what the answer is set to."""
    says: str = ""
    """What is to be found among the words of its grade: that it was tried, and how it ended."""
    aims: str = "9.1"
    before: tuple[str, ...] = ()
    """Cells of one's own before all others but the imports."""
    below: tuple[str, ...] = ()
    """Cells of one's own right below the answer's."""
    change: Callable[[list[Cell]], bytes | None] | None = None
    """What else is done to the notebook's cells; may give a file of its own in their place."""
    status: RunStatus = RunStatus.FINISHED
    costs: tuple[str, ...] = ()
    """Other exercises that it costs whoever tries it."""
    review: bool | None = False
    """Whether a person is asked to look; None where that may be."""
    refused: str = ""
    """Why the whole file is refused, for what is no notebook."""
    path: str = ""
    """Below the folder of what is handed in; else in a folder of its name."""
    student_id: str | None = None
    """What stands in `connect`, else nothing."""

    @property
    def lesson(self) -> Lesson:
        """The lesson that it is handed in for."""
        return LESSONS[int(self.aims.partition(".")[0])]

    @property
    def slug(self) -> str:
        """Its name as a folder's, and the student's id."""
        return "who-" + "-".join("".join(c if c.isalnum() else " " for c in self.name).split())

    @property
    def place(self) -> str:
        """The path of its file."""
        return self.path or f"{self.slug}/lesson.ipynb"

    def file(self) -> bytes:
        """Make what is handed in."""
        name = next(iter(self.lesson.exercise(self.aims).answers))
        whole = "\n" in self.answer or "=" in self.answer
        answers = right_for(self.student_id or self.slug)
        answers[self.aims] = self.answer if whole else f"{name} = {self.answer}"
        cells = cells_of(self.lesson, answers, self.student_id or "")
        for place, source in enumerate(self.before, 1):
            cells.insert(place + 1, _own(f"before-{place}", source))
        at = next(i for i, c in enumerate(cells) if c["id"] == f"a{self.aims[2:]}")
        for place, source in enumerate(self.below, 1):
            cells.insert(at + place, _own(f"below-{place}", source))
        made = self.change(cells) if self.change else None
        return file_of(cells) if made is None else made


def _own(cell_id: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
