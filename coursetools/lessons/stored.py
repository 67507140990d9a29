"""The answers of reference solutions that need Keras, captured once and stored beside this file.

`make expected` writes them; a test captures them again and compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "expected"


def file_of(lesson: int) -> Path:
    """Give the file that holds a lesson's stored answers."""
    return FOLDER / f"lesson_{lesson}.json"


def stored_expected(lesson: int) -> Callable[[str], Mapping[str, Any] | None]:
    """Give a function from an exercise's number to its stored answers, None if it has none."""

    def expected_of(number: str) -> Mapping[str, Any] | None:
        return _read(lesson).get(number)

    return expected_of


@cache
def _read(lesson: int) -> Mapping[str, Any]:
    file = file_of(lesson)
    if not file.exists():
        return {}
    stored: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return stored
