"""The letters of a choice: the exercise declares one order of its options, a student sees another.

Letters are *seen* in the notebook and in what a student types, and *declared* in checks, in
solutions and in stored expected answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from coursetools.answers import shuffled


def declared_by_seen(
    letters: Sequence[str], *, exercise: str, student_id: str, draw_version: int
) -> Mapping[str, str]:
    """Give the declared letter of each letter that a student sees, in the order seen."""
    order = shuffled(letters, exercise=exercise, student_id=student_id, draw_version=draw_version)
    return MappingProxyType(dict(zip(letters, order, strict=True)))


def relettered(value: Any, letters: Mapping[str, str]) -> Any:
    """Give a choice with other letters; letters that are not among them stay.

    Args:
        value: A letter, a set or a list of them, or a letter for each part by name.
        letters: The new letter by the old one.

    Returns:
        The same kind of collection, a read-only mapping as an ordinary dict.
    """
    if isinstance(value, str):
        return letters.get(value, value)
    if isinstance(value, Mapping):
        return {part: relettered(letter, letters) for part, letter in value.items()}
    if isinstance(value, frozenset | set | list | tuple):
        return type(value)(relettered(letter, letters) for letter in value)
    return value
