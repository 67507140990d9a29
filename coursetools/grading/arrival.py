"""When a submission came in, who says so, and what the late policy makes of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class TimeFrom(enum.StrEnum):
    """What told when something was handed in, the strongest first."""

    INSTRUCTOR = "instructor"
    """The late policy's file."""
    PLATFORM = "platform"
    """The learning platform's own list."""
    ARCHIVE = "archive"
    """The entry of the zip that everything came in: a time without a zone."""
    FILE = "file"
    """When the file was last changed, which a copy of it changes too."""

    @property
    def weak(self) -> bool:
        """Whether a person has to look before it costs a student points."""
        return self in (TimeFrom.ARCHIVE, TimeFrom.FILE)


@dataclass(frozen=True)
class HandedIn:
    """When something was handed in."""

    time: datetime
    """With its zone; without one from an archive's entry, and where a platform tells none."""
    source: TimeFrom


@dataclass(frozen=True)
class Lateness:
    """What the late policy says of one submission."""

    due: datetime
    """When it was due of this student, with a zone."""
    begun: int = 0
    """Days or hours begun since then, after the grace; 0 if it is not late."""
    per: str = "day"
    """`"day"` or `"hour"`."""
    percent: float = 0.0
    """What is taken off of the points, from 0 to 100."""
    closed: bool = False
    """Whether it came so late that it does not count."""
    doubt: str = ""
    """Why a person has to look at the time before the mark counts; `""` if nobody has to."""

    @property
    def begun_words(self) -> str:
        """What has begun since it was due, such as `1 day` or `3 hours`."""
        return f"{self.begun} {self.per}{'' if self.begun == 1 else 's'}"


@dataclass(frozen=True)
class Arrival:
    """What is known of how a submission came in."""

    handed_in: HandedIn | None = None
    """None if nothing tells when."""
    lateness: Lateness | None = None
    """None without a late policy."""

    @property
    def time(self) -> datetime | None:
        """When it came in, in the zone of when it was due, if both have one."""
        if self.handed_in is None:
            return None
        time = self.handed_in.time
        if self.lateness is None or time.utcoffset() is None:
            return time
        return time.astimezone(self.lateness.due.tzinfo)

    @property
    def late(self) -> str:
        """How late it is: `no`, `2 days`, `closed`; `""` if nobody can say."""
        late = self.lateness
        if late is None or self.handed_in is None:
            return ""
        if late.closed:
            return "closed"
        return late.begun_words if late.begun else "no"
