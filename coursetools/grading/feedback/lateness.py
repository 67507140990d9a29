"""What pages and reports say of when something was handed in, and of what lateness cost."""

from __future__ import annotations

from datetime import datetime, timedelta

from coursetools.grading.arrival import HandedIn, Lateness, TimeFrom
from coursetools.grading.records import Grade
from coursetools.notebook.words import points_words

SOURCES: dict[TimeFrom, str] = {
    TimeFrom.INSTRUCTOR: "as the instructor noted",
    TimeFrom.PLATFORM: "as the learning platform says",
    TimeFrom.ARCHIVE: "as the zip says that it came in",
    TimeFrom.FILE: "as its file says",
}
"""Who told when something was handed in."""


def time_words(time: datetime) -> str:
    """Give a time as `20 November 2026, 23:59 (UTC+01:00)`, or without a zone if it has none."""
    said = f"{time.day} {time:%B} {time.year}, {time:%H:%M}"
    return said if time.tzinfo is None else f"{said} ({time.tzname()})"


def handed_in_words(grade: Grade) -> str:
    """Say when it was handed in and who says so; `""` if nothing tells."""
    told, time = grade.arrival.handed_in, grade.arrival.time
    return "" if told is None or time is None else f"{time_words(time)}, {SOURCES[told.source]}"


def lateness_sentence(grade: Grade) -> str:
    """Say to a student when it was handed in, when it was due, and what that costs.

    It is `""` without a late policy.
    """
    told, late = grade.arrival.handed_in, grade.arrival.lateness
    if late is None:
        return ""
    due = f"due on {time_words(late.due)}"
    if told is None:
        return f"Nothing tells when it was handed in; it was {due}."
    handed_in = f"Handed in on {handed_in_words(grade)}"
    if late.closed:
        return f"{handed_in}. It was {due}, and so late it does not count: {_taken(grade)}"
    if not late.begun:
        return f"{handed_in}, in time: it was {due}."
    lateness = f"{handed_in}, {_span(_after(told, late))} after it was {due}"
    if not late.percent:
        return f"{lateness}. Nothing is taken off for that."
    cost = f"For {late.begun_words} begun, {late.percent:g} % are taken off"
    return f"{lateness}. {cost}: {_taken(grade)}"


def _taken(grade: Grade) -> str:
    if not grade.has_mark:
        return "there is no mark yet to take it off."
    return (
        f"{grade.deduction:g} of your {points_words(grade.score)}, and {grade.final_score:g} "
        f"{'counts' if grade.final_score == 1 else 'count'}."
    )


def _after(told: HandedIn, late: Lateness) -> timedelta:
    known = told.time.utcoffset() is not None
    return (told.time if known else told.time.replace(tzinfo=late.due.tzinfo)) - late.due


def _span(time: timedelta) -> str:
    minutes = max(1, int(time.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else ""]
    parts += [f"{minutes} min" if minutes and not days else ""]
    return " ".join(part for part in parts if part)
