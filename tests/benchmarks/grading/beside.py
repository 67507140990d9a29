"""What nbgrader's kernel has in place of the sandbox: the same stand-ins, the same checks.

Imported by the first cell of the assignment, in nbgrader's environment. An answer is captured and
checked once, by the cell with its points, and `ct.use` hands out what our grader would hand out.
So both graders run the same cells and check the same things, and differ in how they do it.
"""

from typing import Any

from IPython import get_ipython

import coursetools
from coursetools import lessons
from coursetools.answers import capture
from coursetools.grading.ids import Ids
from coursetools.grading.marking import Marking
from coursetools.probes import PROBES
from coursetools.sandbox import stand_ins
from coursetools.sandbox.reports import Capture


class Checking:
    """The checks of one submission, in the kernel where it runs."""

    def __init__(self, lesson: int, student_id: str) -> None:
        self._lesson = lessons.load(lesson)
        self._marking = Marking(self._lesson, Ids(student_id, student_id))
        self._names: dict[str, object] = get_ipython().user_ns
        exercises = self._lesson.exercises
        stand_ins.install(
            {f"q_{each.number.partition('.')[2]}": each.number for each in exercises},
            {each.number: each.answers for each in exercises},
            check=lambda number: None,  # the cell with the points does it
            ask=self._hand,
            running=lambda: None,
            names=self._names,
        )

    def score(self, number: str) -> float:
        """Check an exercise's answers as they are now, and give its points."""
        exercise = self._lesson.exercise(number)
        data = capture(exercise.answers, self._names, PROBES)
        self._marking.take(Capture(number, data))
        return float(self._marking.grade(exercise).score or 0.0)

    def _hand(self, number: str) -> dict[str, Any]:
        handed = self._marking.use(number)
        return {"how": handed.how, "values": handed.values, "sentence": handed.sentence}


_running: list[Checking] = []


def begin() -> None:
    """Let the notebook's `ct.connect` begin the checking."""

    def connect(lesson: int = 1, student_id: str = "") -> Any:
        _running[:] = [Checking(lesson, student_id)]
        return coursetools.connect(lesson, student_id)  # by now the stand-in

    coursetools.connect = connect


def score(number: str) -> float:
    """Give the points of an exercise; nbgrader takes a cell's last number for partial credit."""
    return _running[0].score(number)
