"""Which cell is running, and whether it is the place for a student's answer.

IPython tells before each cell what it is about to run. An answer cell says so in its first
line, `# Exercise 1.2`; this works the same under JupyterLab, nbclient, nbval and the grader.
Outside IPython there are no cells, and nothing is running.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MARKER = re.compile(r"#\s*Exercise\s+(\d+\.\d+)\b")
"""What the first line of an answer cell begins with."""


@dataclass(frozen=True)
class Cell:
    """A cell that is running."""

    source: str
    """What was typed, as the front end sent it."""

    @property
    def exercise(self) -> str | None:
        """The number of the exercise that the cell answers, None if it is no answer cell."""
        found = MARKER.match(self.source.lstrip())
        return found.group(1) if found else None


class CellWatcher:
    """Knows the running cells; a cell can run another one, so there may be several."""

    def __init__(self) -> None:
        self._running: list[Cell] = []

    def install(self, shell: Any) -> None:
        """Ask an IPython shell to tell us of its cells; asking twice changes nothing."""
        shell.events.register("pre_run_cell", self.started)
        shell.events.register("post_run_cell", self.ended)

    def started(self, info: Any) -> None:
        """Note that a cell begins; `info.raw_cell` is its source."""
        self._running.append(Cell(info.raw_cell or ""))

    def ended(self, result: Any = None) -> None:
        """Note that the innermost cell ended."""
        # The cell in which the watcher was installed ends without having been seen to begin.
        if self._running:
            self._running.pop()

    @property
    def exercise(self) -> str | None:
        """The exercise of the outermost answer cell that is running, None if there is none."""
        return next((cell.exercise for cell in self._running if cell.exercise), None)

    def source(self, exercise: str) -> str | None:
        """Give the source of the running answer cell of an exercise, None if it is not running."""
        return next((cell.source for cell in self._running if cell.exercise == exercise), None)
