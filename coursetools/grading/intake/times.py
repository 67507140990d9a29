"""When something was handed in: as the platform tells, else by a zip's entry or the file itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from coursetools.grading.arrival import HandedIn, TimeFrom

_SUBMISSION = re.compile(r"^(submission_\d+):\s*$")
_CREATED = re.compile(
    r"^  ?:?created_at:\s*['\"]?(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*"
    r"(Z|UTC|[+-]\d\d:?\d\d)['\"]?\s*$"
)
_ATTEMPT = re.compile(r"_attempt_(\d{4}(?:-\d\d){5})(?=[_.])")
_NEVER = (1980, 1, 1, 0, 0, 0)
"""What an archive says of an entry whose time is not known."""


def of_file(changed: float) -> HandedIn | None:
    """Give when a file was last changed.

    Args:
        changed: Seconds, as the file system tells them.
    """
    try:
        return HandedIn(datetime.fromtimestamp(int(changed), UTC), TimeFrom.FILE)
    except (ValueError, OverflowError, OSError):
        return None


def of_entry(date_time: tuple[int, int, int, int, int, int]) -> HandedIn | None:
    """Give the time of an archive's entry, which has no zone; None if it is none."""
    if date_time == _NEVER:
        return None
    try:
        return HandedIn(datetime(*date_time), TimeFrom.ARCHIVE)
    except ValueError:
        return None


def on_gradescope(data: bytes) -> dict[str, HandedIn]:
    """Give when each submission was handed in, by the name of its folder.

    Args:
        data: Gradescope's list, `submission_metadata.yml`.
    """
    found: dict[str, HandedIn] = {}
    current = ""
    for line in data.decode("utf-8", "replace").splitlines():
        if start := _SUBMISSION.match(line):
            current = start[1]
        elif current and current not in found and (told := _CREATED.match(line)):
            zone = "+00:00" if told[3] in ("Z", "UTC") else told[3]
            try:
                time = datetime.fromisoformat(f"{told[1]}T{told[2]}{zone}")
            except ValueError:
                continue
            found[current] = HandedIn(time, TimeFrom.PLATFORM)
    return found


def by_platform(path: str, listed: Mapping[str, HandedIn]) -> HandedIn | None:
    """Give when a platform says that a file was handed in.

    Args:
        path: As in `FoundFile`.
        listed: What `on_gradescope` found, by the paths of the folders.
    """
    parts = path.split("/")
    for place in range(1, len(parts)):
        if told := listed.get("/".join(parts[:place])):
            return told
    for part in parts:
        if found := _ATTEMPT.search(part):  # Blackboard's name for it, in the time of its place
            try:
                time = datetime.strptime(found[1], "%Y-%m-%d-%H-%M-%S")
            except ValueError:
                continue
            return HandedIn(time, TimeFrom.PLATFORM)
    return None
