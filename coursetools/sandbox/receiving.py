"""Frames from a run, read as hostile data: one cell's report is put together here.

What is asked of every frame: a known type, its fields of exact types, within the caps, in its
place, and of the cell that runs. All that a forged frame can earn is what typing the same answer
into the cell earns.
"""

from __future__ import annotations

import base64
import binascii
import re
import time
from collections.abc import Collection
from typing import Any

from coursetools.answers import UnreadableAnswer, plain, schema
from coursetools.run_status import RunStatus
from coursetools.sandbox import caps
from coursetools.sandbox.frames import GarbledError
from coursetools.sandbox.reports import Capture, Cell, CellReport, Limits, Shown

DROPPED = "[It showed more than is kept. The rest was dropped.]\n"
"""What a reader is told where the caps cut something off."""

_STREAMS = ("stdout", "stderr")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_ESCAPES = re.compile(r"\x1b(\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-_])")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Budgets:
    """What one submission may still send, all its cells together."""

    def __init__(self, limits: Limits, exercises: Collection[str]) -> None:
        """Start with the whole of `limits`; `exercises` are the numbers that are asked."""
        self.exercises = frozenset(exercises)
        self.shows = caps.Shows(limits.output)
        self.answers = limits.answers
        self.values = caps.ALL_VALUES


class Receiving:
    """Collects what the runner tells of one cell."""

    def __init__(self, cell: Cell, number: int, budgets: Budgets) -> None:
        """Begin with nothing.

        Args:
            cell: What runs.
            number: Which run it is, from 1: each frame has to name it.
            budgets: What is left of the submission's.
        """
        self._cell = cell
        self._number = number
        self._budgets = budgets
        self._budgets.shows.new_cell()
        self._shown: list[Shown] = []
        self._captures: list[Capture] = []
        self._began = time.monotonic()
        self._dropped = False
        self._uses = 0
        self._error: str | None = None
        self.done = False
        """Whether the runner said that the cell has ended."""

    def take(self, frame: dict[str, Any], size: int, values: int) -> str | None:
        """Take a frame that had `size` bytes and holds at most so many `values`.

        Returns:
            The number of the exercise that `use` asks for, None for any other frame.

        Raises:
            GarbledError: The runner does not send this.
        """
        try:
            return self._take(frame, size, values)
        except UnreadableAnswer as error:
            raise GarbledError(f"It sent a frame that the runner does not send. {error}") from error

    def _take(self, frame: dict[str, Any], size: int, values: int) -> str | None:
        kind = schema.text(frame.get("frame"), "frame")
        number = schema.integer(frame.get("run"), "run")
        if number != self._number:
            raise UnreadableAnswer(f"It is of run {number}, and run {self._number} is on.")
        if kind == "shown":
            self._take_shown(frame)
        elif kind == "dropped":
            self._take_dropped()
        elif kind == "capture":
            self._take_capture(frame, size, values)
        elif kind == "use":
            return self._take_use(frame)
        elif kind == "done":
            name = schema.optional(_name, frame.get("error"), "error")
            self._error = None if name is None else plain.clean(name, caps.NAME) or "Exception"
            self.done = True
        else:
            raise UnreadableAnswer(f"`{plain.clean(kind)}` is none that is known.")
        return None

    def _take_shown(self, frame: dict[str, Any]) -> None:
        kind = schema.text(frame.get("kind"), "kind")
        if kind not in ("stream", "result", "display", "error"):
            raise UnreadableAnswer("`kind` is none that is known.")
        name = schema.text(frame.get("name"), "name", caps.NAME)
        if kind == "stream" and name not in _STREAMS:
            raise UnreadableAnswer("`name` is no stream.")
        text = schema.text(frame.get("text"), "text", caps.CELL_TEXT)
        image = schema.optional(_image, frame.get("image"), "image")
        if not self._budgets.shows.take(len(text), len(image or b"")):
            raise UnreadableAnswer("It shows more than it may.")
        last = self._shown[-1] if self._shown else None
        if kind == "stream" and last is not None and (last.kind, last.name) == (kind, name):
            self._shown[-1] = Shown("stream", last.text + text, name=name)
        else:
            known = image if image is not None and image.startswith(caps.IMAGE_STARTS) else None
            self._shown.append(Shown(kind, text, known, plain.clean(name, caps.NAME)))

    def _take_dropped(self) -> None:
        if self._dropped:
            raise UnreadableAnswer("It was said before that something was dropped.")
        self._dropped = True

    def _take_capture(self, frame: dict[str, Any], size: int, values: int) -> None:
        exercise = schema.text(frame.get("exercise"), "exercise", caps.EXERCISE)
        at_check = schema.truth(frame.get("at_check"), "at_check")
        data = schema.mapping(frame.get("data"), "data")
        if exercise not in self._budgets.exercises:
            raise UnreadableAnswer("It captures an exercise that is not asked.")
        if at_check:
            if sum(c.at_check for c in self._captures) >= caps.CELL_CHECKS:
                raise UnreadableAnswer("It captures more answers than a cell may.")
        elif exercise != self._cell.exercise:
            raise UnreadableAnswer(f"It captures {exercise} at the end of another cell.")
        elif any(not c.at_check for c in self._captures):
            raise UnreadableAnswer("It captures its answer twice.")
        self._budgets.answers -= size
        self._budgets.values -= values
        if min(self._budgets.answers, self._budgets.values) < 0:
            raise UnreadableAnswer("It captures more than all answers together may take.")
        self._captures.append(Capture(exercise, data, at_check))

    def _take_use(self, frame: dict[str, Any]) -> str:
        self._uses += 1
        if self._uses > caps.CELL_USES:
            raise UnreadableAnswer("It asks for more answers than a cell may.")
        exercise = schema.text(frame.get("exercise"), "exercise", caps.EXERCISE)
        if exercise not in self._budgets.exercises:
            raise UnreadableAnswer("It asks for an exercise that is not asked.")
        return exercise

    def too_large(self) -> CellReport:
        """Give the report of a cell that is too large to be sent."""
        sentence = f"The cell was not run: it has more than {caps.SOURCE:,} characters."
        return CellReport(error="CellTooLargeError", sentence=sentence)

    def report(self, ended: RunStatus | None = None, sentence: str = "") -> CellReport:
        """Give what came of the cell so far.

        Args:
            ended: How the process ended meanwhile, None if it stands.
            sentence: More about it, for people.
        """
        shown = [Shown(s.kind, clean(s.text), s.image, s.name) for s in self._shown]
        if self._dropped:
            shown.append(Shown("stream", DROPPED, name="stderr"))
        return CellReport(
            shown=tuple(shown),
            error=self._error,
            seconds=time.monotonic() - self._began,
            captures=tuple(self._captures),
            ended=ended,
            sentence=sentence,
        )


def clean(text: str) -> str:
    """Give a text as a page shows it, the same for the same run.

    Colours and other signs for a terminal go, a line that was written over keeps what it said
    last, and addresses in memory are all the same.
    """
    text = _ESCAPES.sub("", text)
    if "\r" in text:
        lines = (line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
        text = "\n".join(lines)
    return _ADDRESS.sub(" at 0x...", _UNPRINTABLE.sub("", text))


def _name(data: object, where: str) -> str:
    return schema.text(data, where, caps.NAME)


def _image(data: object, where: str) -> bytes:
    text = schema.text(data, where, 2 * caps.IMAGE)
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise UnreadableAnswer(f"`{where}` is no base64.") from error
