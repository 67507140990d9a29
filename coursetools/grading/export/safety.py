"""Ids in tables that are written from nothing: exactly as they are, or not at all."""

from __future__ import annotations

from coursetools.grading.plain_text import inert_cell


def refused_id(text: str) -> str:
    """Say why an id cannot stand in a table, in a few words; `""` if it can.

    With an apostrophe before it, it would be somebody else's, and without one a spreadsheet would
    run it: an id from a folder's name is whatever a student wrote.
    """
    if not text:
        return "whose id is not known"
    if inert_cell(text) != text:
        return "whose id a spreadsheet would run or change"
    return ""
