"""Which notebook a file of trained weights belongs to: by the word in both, else by its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coursetools.answers.stored import find_stored
from coursetools.grading.notebook import Notebook

_LONGEST_TAG = 40


def tags_in(notebook: Notebook) -> frozenset[str]:
    """Give the random words that a notebook's stored answers hold of files handed in with it."""
    return frozenset(_tags(notebook))


def _tags(notebook: Notebook) -> Iterator[str]:
    for cell in notebook.cells:
        stored = find_stored({"outputs": list(cell.outputs)}) if cell.outputs else None
        for answer in _mapping(_mapping(stored).get("answers")).values():
            tag = _mapping(_mapping(answer).get("content")).get("tag")
            if type(tag) is str and 0 < len(tag) <= _LONGEST_TAG:
                yield tag


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
