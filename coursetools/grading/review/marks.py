"""A mark as it goes from a page to the gradebook and back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from coursetools.grading.plain_text import one_line
from coursetools.grading.records import PersonsMark
from coursetools.notebook.words import points_words

_QUOTED = 80
"""Characters of another's comment that are told."""


class NoMarkError(ValueError):
    """What was sent is no mark as a page sends it."""


@dataclass(frozen=True)
class Sent:
    """What a page sends."""

    points: str
    """As they were typed."""
    comment: str
    seen: str
    """`mark_sum` of the mark that the page was made with, or that it saved last."""


def sent(body: bytes) -> Sent:
    """Read what a page sent.

    Raises:
        NoMarkError: It is nothing that a page sends.
    """
    try:
        told = json.loads(body)
        fields = (told["points"], told["comment"], told["seen"])
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise NoMarkError("That is no mark.") from error
    if not all(type(field) is str for field in fields):
        raise NoMarkError("That is no mark.")
    return Sent(*fields)


def mark_sum(mark: PersonsMark | None) -> str:
    """Give what tells a mark from another; two that are the same have the same."""
    told = json.dumps(None if mark is None else [mark.points, mark.comment])
    return hashlib.sha256(told.encode()).hexdigest()


def saved_sentence(now: PersonsMark | None, meanwhile: PersonsMark | None, changed: bool) -> str:
    """Say that a mark is saved, and over what, if somebody else gave or took one meanwhile.

    Args:
        now: What is saved; None if the mark was taken back.
        meanwhile: What was there until now.
        changed: Whether that is another than the page had seen.
    """
    said = "Taken back." if now is None else f"Saved: {points_words(now.points)}."
    if not changed or meanwhile == now:
        return said
    if meanwhile is None:
        return f"{said} Meanwhile somebody had taken the mark back."
    words = (
        f" with the comment “{one_line(meanwhile.comment, _QUOTED)}”" if meanwhile.comment else ""
    )
    return f"{said} It stands in place of {points_words(meanwhile.points)}{words}, given meanwhile."
