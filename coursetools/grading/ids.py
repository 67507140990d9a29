"""Whose numbers an answer is held against: the class's id, the notebook's, and whose else it fits.

The roster's or the learning platform's id goes first, then the one in the notebook, then the
demo's. Numbers and the order of options are drawn by id, so a student whose notebook names
another id has answered other questions. That is for a person to settle, never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coursetools.answers.draws import DEMO, plain_id
from coursetools.exercises import Exercise


@dataclass(frozen=True)
class Ids:
    """The ids around one submission."""

    marked: str
    """Whose numbers count."""
    seen: str
    """Whose numbers the notebook showed."""
    others: tuple[str, ...] = ()
    """The rest of the class."""

    def elsewhere(self, exercise: Exercise) -> Iterator[tuple[str, str]]:
        """Give ids with other numbers than the marked one's, and what to call each.

        An order of options is tried for the notebook's own id only: among the orders of a whole
        class every wrong letter is somebody's right one.
        """
        counted = _drawn(exercise, self.marked)
        tried = {counted}
        named = [(self.seen, "the id in the notebook")] if self.seen != self.marked else []
        if not exercise.options:
            named += [(DEMO, "the id of nobody in particular")]
            named += [(other, "another student") for other in self.others]
        for student_id, who in named:
            drawn = _drawn(exercise, student_id)
            if drawn not in tried:
                tried.add(drawn)
                yield student_id, who


def settle(known: str, in_notebook: str | None, others: Iterable[str] = ()) -> Ids:
    """Say whose numbers count.

    Args:
        known: The id of the roster or the learning platform; `""` if neither tells.
        in_notebook: The id in the `connect` cell; None if there is no such cell.
        others: The ids of the class.
    """
    seen = plain_id(in_notebook or "")
    marked = plain_id(known) if known.strip() else seen
    rest = sorted({plain_id(other) for other in others} - {marked, seen})
    return Ids(marked=marked, seen=seen, others=tuple(rest))


def _drawn(exercise: Exercise, student_id: str) -> str:
    return repr((dict(exercise.draw_for(student_id)), dict(exercise.options_for(student_id))))
