"""The marks of the notebook's cards, by the names that the pages' style has for them."""

from __future__ import annotations

from coursetools.notebook import look
from coursetools.notebook.look import Mark

LOOKED_AT = Mark("✎", "A person will look", look.PENDING.colour)
"""Checks have run, and yet no mark is made of them before somebody has looked."""

BY_A_PERSON = Mark("✎", "Marked by a person", look.PENDING.colour)

NOT_COUNTED = Mark("–", "Does not count", look.OPEN.colour)
"""A text, in a class that does not mark texts."""

MARKS: dict[str, Mark] = {
    "right": look.RIGHT,
    "partly": look.PARTLY,
    "not-yet": look.NOT_YET,
    "open": look.OPEN,
    "unreadable": look.UNREADABLE,
    "skipped": look.SKIPPED,
    "pending": look.PENDING,
    "looked-at": LOOKED_AT,
    "by-a-person": BY_A_PERSON,
    "not-counted": NOT_COUNTED,
    "our-error": look.OUR_ERROR,
}

_NAMES = {mark: name for name, mark in MARKS.items()}


def style_class(mark: Mark) -> str:
    """Give the class that colours what stands so."""
    return f"m-{_NAMES[mark]}"
