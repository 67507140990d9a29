"""Several tries of one student: the last one counts, and it is said why it is the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coursetools.grading.aside import sum_of
from coursetools.grading.intake.found import FoundFile
from coursetools.grading.intake.identifying import Student
from coursetools.grading.intake.names import Sender


@dataclass
class Try:
    """A notebook that can be read, and whose it is."""

    file: FoundFile
    sender: Sender
    student: Student
    lesson: int | None
    """The lesson that it connects with."""
    written: str = ""
    """The id that the notebook names."""
    tags: frozenset[str] = frozenset()
    """The words that its stored answers share with files handed in with it."""
    capstone: FoundFile | None = None
    notes: list[str] = field(default_factory=list)
    review: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it lies."""
        return self.file.path

    @property
    def folder(self) -> str:
        """The folder or archive that it lies in."""
        return self.path.rpartition("/")[0]


def last_of(tries: Sequence[Try]) -> tuple[Try, dict[str, str]]:
    """Give the try that counts, and for each other one by its path why it does not.

    The platform's number of a try goes first, then the time, then the name; but a notebook that
    connects with a lesson goes before any that does not.
    """
    ordered = sorted(tries, key=_order)
    last = ordered[-1]
    return last, {
        t.path: f"An earlier try; `{last.path}` counts, {_why(t, last)}." for t in ordered[:-1]
    }


def _order(one: Try) -> tuple[bool, int, float, list[tuple[int, str]]]:
    return one.lesson is not None, one.sender.attempt, one.file.time, _natural(one.path)


def _why(earlier: Try, last: Try) -> str:
    if (earlier.lesson is None) != (last.lesson is None):
        return "since this one does not connect with a lesson"
    if earlier.sender.attempt != last.sender.attempt:
        return "by the number of the try in its name"
    if earlier.file.time != last.file.time:
        return "which was changed later"
    if sum_of(earlier.file.content) == sum_of(last.file.content):
        return "which holds the same"
    return "whose name comes later; their numbers and times are the same"


def _natural(path: str) -> list[tuple[int, str]]:
    """Give a path in the form in which `x-10` comes after `x-9`."""
    parts = re.findall(r"\d+|\D+", path.casefold())
    return [(int(part[:18]), "") if part.isdecimal() else (-1, part) for part in parts] + [
        (-2, path)
    ]
