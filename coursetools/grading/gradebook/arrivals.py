"""When a submission came in and what that costs, as columns, and as part of a grade."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from coursetools.grading.arrival import Arrival, HandedIn, Lateness, TimeFrom
from coursetools.grading.gradebook.models import SubmissionRow
from coursetools.grading.records import Grade


def keep_arrival(row: SubmissionRow, arrival: Arrival) -> None:
    """Write an arrival into its submission's row, in place of what was there."""
    told, late = arrival.handed_in, arrival.lateness
    row.handed_in = None if told is None else told.time.isoformat()
    row.handed_in_from = None if told is None else told.source.value
    row.lateness = None if late is None else asdict(late) | {"due": late.due.isoformat()}


def arrival_of(time: str | None, source: str | None, lateness: dict[str, Any] | None) -> Arrival:
    """Give the arrival that a row's columns hold."""
    told = HandedIn(datetime.fromisoformat(time), TimeFrom(source)) if time and source else None
    if lateness is None:
        return Arrival(told)
    due = datetime.fromisoformat(lateness["due"])
    return Arrival(told, Lateness(**(lateness | {"due": due})))


def with_arrival(grade: Grade, arrival: Arrival) -> Grade:
    """Give a grade with what its lateness costs; what is unsure of it, a person looks at.

    Where nothing was earned, nothing can be taken off, and nobody has to look for that.
    """
    late = arrival.lateness
    in_doubt = late is not None and late.doubt and (grade.score or not late.percent)
    doubt = (late.doubt,) if late is not None and in_doubt else ()
    return replace(grade, arrival=arrival, review=(*grade.review, *doubt))
