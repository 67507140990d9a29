"""Each mark to its student's line of a platform's table: by an id, else by the name."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coursetools.grading.export.chosen import Chosen, Mark, who
from coursetools.grading.intake.roster import Roster, RosterEntry
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import Grade

UNSCALED = "No maximum stands there, so all points are written as they count here."


@dataclass(frozen=True)
class Line:
    """A student's line of a platform's table."""

    number: int
    ids: tuple[str, ...]
    """All by which the platform knows the student, its own number first."""
    name: str = ""

    @property
    def who(self) -> str:
        """Give how to tell an instructor whose it is."""
        return one_line(" ".join(t for t in (self.ids[0] if self.ids else "", self.name) if t))


@dataclass
class Filled:
    """A table that can be handed back, and what an instructor has to know of it."""

    data: bytes = b""
    written: int = 0
    """How many marks are in it."""
    only_here: list[str] = field(default_factory=list)
    """Who has a grade and no line there."""
    only_there: list[str] = field(default_factory=list)
    """Who has a line there and no grade."""
    notes: list[str] = field(default_factory=list)
    """Sentences: what to do with it, and what looks odd."""


@dataclass(frozen=True)
class Matched:
    """Which mark belongs to which line."""

    marks: Mapping[int, Mark]
    """By the number of the line."""
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    notes: tuple[str, ...]


def match(chosen: Chosen, lines: Sequence[Line], own_ids: Mapping[str, str]) -> Matched:
    """Find each mark's line; who is held back has a line too, in which nothing is written.

    Args:
        chosen: What goes out, and what does not.
        lines: The platform's students.
        own_ids: The platform's own numbers, by a submission's path, where its name has told one.
    """
    by_entry = {_entry(line): line for line in lines}
    people = Roster(tuple(by_entry))
    goes_out = {mark.grade.path: mark for mark in chosen.marks}
    found: dict[int, list[Grade]] = defaultdict(list)
    alone: list[str] = []
    notes: list[str] = []
    by_names: list[str] = []
    for grade in [*(mark.grade for mark in chosen.marks), *(g for g, _ in chosen.held_back)]:
        entries, by_name = _meant(grade, people, own_ids.get(grade.path, ""))
        if len(entries) == 1:
            line = by_entry[entries[0]]
            found[line.number].append(grade)
            if by_name and grade.path in goes_out:
                by_names.append(f"{one_line(who(grade))} ({line.who})")
            elif grade.path in goes_out and _are_strangers(grade, line, people):
                called = one_line(line.name)
                notes.append(
                    f"{one_line(who(grade))} was found by the id, and is called `{called}`."
                )
        elif grade.path in goes_out:
            fits = ", ".join(by_entry[entry].who for entry in entries[:5])
            alone.append(one_line(who(grade)) + (f", who may be any of {fits}" if fits else ""))
    marks: dict[int, Mark] = {}
    for number, several in found.items():
        if len(several) > 1:
            whose = " and ".join(one_line(f"{who(grade)} ({grade.path})") for grade in several)
            alone.append(f"{whose}, who are one and the same there")
        elif several[0].path in goes_out:
            marks[number] = goes_out[several[0].path]
    if by_names:
        notes.insert(0, f"Found by the name alone, see whether it is so: {', '.join(by_names)}.")
    there = tuple(line.who for line in lines if line.number not in found)
    return Matched(marks, tuple(alone), there, tuple(notes))


def replaced(who_it_is: str, before: str, points: str) -> list[str]:
    """Say so where other points stand there already."""
    if not before.strip() or number_in(before) == number_in(points):
        return []
    return [f"{one_line(who_it_is)}: {one_line(before, 40)} before, {points} now."]


def number_in(text: str) -> float | None:
    """Give the number that a cell says, with a point or a comma; None if it says none."""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _entry(line: Line) -> RosterEntry:
    # A line's number keeps apart what is the same otherwise; nobody's id is like that.
    ids = tuple(text.strip() for text in line.ids if text.strip())
    return RosterEntry(f"\0{line.number}", line.name, ids)


def _meant(grade: Grade, people: Roster, own_id: str) -> tuple[tuple[RosterEntry, ...], bool]:
    """Give who is meant, and whether only the name says so."""
    for text in (own_id, grade.student_id):
        if text and (found := people.with_id(text)):
            return found, False
    names = (grade.name, grade.student_id)
    return next((f for name in names if name and (f := people.with_name(name))), ()), True


def _are_strangers(grade: Grade, line: Line, people: Roster) -> bool:
    """Say whether two names are those of different people, as far as names tell."""
    name = grade.name
    if not name or not line.name or name == grade.student_id:
        return False
    return _entry(line) not in (*people.with_name(name), *people.meant_by(name))
