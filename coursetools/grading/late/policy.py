"""The late policy as a file: when it is due, what lateness costs, and who has longer.

`README.md` beside this module shows a whole one; a test reads it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coursetools.grading.intake import Roster, folded
from coursetools.grading.plain_text import one_line

_LARGEST = 1_000_000
_KEYS = ("due", "grace", "penalty", "per", "most", "closed_after", "extensions", "handed_in")
_PER = {"day": timedelta(days=1), "hour": timedelta(hours=1)}
_MOST_GRACE = 10_080
_LIKE = "`2026-11-20T23:59:00+01:00`"


class LatePolicyError(ValueError):
    """A late policy cannot be used as it is; `sentences` has one for each mistake."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True)
class LatePolicy:
    """When a lesson is due, and what lateness costs."""

    due: datetime
    """With a zone, in which times that tell none are taken to be."""
    grace: timedelta = timedelta(0)
    """So much later is not late yet; each day or hour is counted from its end."""
    penalty: float = 0.0
    """Percent of the points that a student has, for each day or hour begun."""
    per: str = "day"
    """`"day"` or `"hour"`."""
    most: float = 100.0
    """Percent that are taken off at most."""
    closed_after: datetime | None = None
    """What comes later does not count. With an extension it is later by as much."""
    extensions: Mapping[str, datetime] = field(default_factory=dict)
    """When it is due of single students, by `folded` id."""
    handed_in: Mapping[str, datetime] = field(default_factory=dict)
    """When they handed it in, by `folded` id, whatever else tells."""

    @property
    def unit(self) -> timedelta:
        """What `penalty` is for."""
        return _PER[self.per]

    def strangers(self, student_ids: Iterable[str]) -> tuple[str, ...]:
        """Give the ids that it names and that nobody has."""
        there = {folded(student_id) for student_id in student_ids}
        return tuple(sorted({*self.extensions, *self.handed_in} - there))


def read_policy(path: Path, roster: Roster | None = None) -> LatePolicy:
    """Read a late policy.

    Args:
        path: A file of TOML.
        roster: The students of the course; whoever is named and not among them is a mistake.

    Raises:
        LatePolicyError: Something in it is wrong; all that is wrong is said.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise LatePolicyError([f"`{path}` has more than {_LARGEST:,} bytes, too many for this."])
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        why = "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise LatePolicyError(
            [f"`{path}` is no TOML that can be read: {why}. Times in it are like {_LIKE}."]
        ) from error
    reading = _Reading(path.name, roster)
    policy = reading.policy(content)
    if policy is None or reading.wrong:
        raise LatePolicyError(reading.wrong)
    return policy


class _Reading:
    """Reads one file and keeps all that is wrong with it."""

    def __init__(self, name: str, roster: Roster | None) -> None:
        self._name = name
        self._roster = roster
        self.wrong: list[str] = []

    def policy(self, content: Mapping[str, Any]) -> LatePolicy | None:
        for key in content:
            if key not in _KEYS:
                known = ", ".join(f"`{each}`" for each in _KEYS)
                self._say(f"`{one_line(key, 80)}` is nothing that it may hold. There are {known}.")
        due = self._time(content["due"], "due") if "due" in content else None
        if "due" not in content:
            self._say(f"It does not say when it is due. Write `due = ` and a time like {_LIKE}.")
        per = content.get("per", "day")
        if per not in _PER:
            self._say(f'`per` is "day" or "hour", not `{_seen(per)}`.')
        for key in ("per", "most"):
            if key in content and "penalty" not in content:
                self._say(f"`{key}` says nothing without `penalty`. Add that, or take it out.")
        grace = timedelta(minutes=self._number(content, "grace", 0.0, _MOST_GRACE))
        closed = (
            self._time(content["closed_after"], "closed_after")
            if ("closed_after" in content)
            else None
        )
        penalty = self._number(content, "penalty", 0.0, 100)
        most = self._number(content, "most", 100.0, 100)
        extensions = self._students(content, "extensions")
        handed_in = self._students(content, "handed_in")
        if due is None:
            return None
        if closed is not None and closed < due + grace:
            self._say("`closed_after` comes before it is late at all. Write a later time.")
        return LatePolicy(
            due, grace, penalty, per if per in _PER else "day", most, closed, extensions, handed_in
        )

    def _say(self, sentence: str) -> None:
        self.wrong.append(f"{self._name}: {sentence}")

    def _time(self, value: object, what: str) -> datetime | None:
        time = value
        if isinstance(value, str):
            try:
                time = datetime.fromisoformat(value)
            except ValueError:
                time = None
        if not isinstance(time, datetime):
            self._say(f"`{what}` is no time, `{_seen(value)}`. Write one like {_LIKE}.")
            return None
        if time.utcoffset() is None:
            self._say(f"`{what}` has no zone. Add it to the time, such as in {_LIKE}.")
            return None
        return time

    def _number(self, content: Mapping[str, Any], key: str, default: float, most: float) -> float:
        value = content.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            self._say(f"`{key}` is a number from 0 to {most:,}, not `{_seen(value)}`.")
            return default
        return float(value)

    def _students(self, content: Mapping[str, Any], key: str) -> dict[str, datetime]:
        table = content.get(key, {})
        if not isinstance(table, dict):
            self._say(f"`{key}` is a table: `[{key}]` on a line, and below it an id and a time.")
            return {}
        found: dict[str, datetime] = {}
        for student, value in table.items():
            what = one_line(f"{key}.{student}", 120)
            time = self._time(value, what)
            own = self._id(student)
            if own is None:
                self._say(f"`{what}`: nobody of the roster has that id. See how it is written.")
            elif own in found:
                self._say(f"`{what}` is there twice, written in two ways. Take one out.")
            elif time is not None:
                found[own] = time
        return found

    def _id(self, student: str) -> str | None:
        if self._roster is None:
            return folded(student)
        entries = self._roster.with_id(student)
        return folded(entries[0].id) if len(entries) == 1 else None


def _seen(value: object) -> str:
    return one_line(str(value), 80)
