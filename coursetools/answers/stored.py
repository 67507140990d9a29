"""Answers kept in a cell's output, for exercises that are never run again.

A training gives other numbers on another machine, so what the student ran is what is marked.
The stored answer names the source of its cell by a sum: if the cell was edited afterwards, the
answer still counts and the reader is told. Anyone can write such an output by hand; it is read
like everything else that crosses, and forging it earns what typing the answer earns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coursetools.answers import schema
from coursetools.answers.kind import KILOBYTE, UnreadableAnswer

STORED_TYPE = "application/vnd.coursetools.answer+json"
"""The media type of a stored answer among a cell's outputs."""

LIMIT = 64 * KILOBYTE
"""The most bytes of JSON that a stored answer may take."""

_VERSION = 1
_ANSWERS = 16
_OUTPUTS = 1_000


class StoredAnswerTooLargeError(ValueError):
    """The answers of a cell do not fit into its output."""


@dataclass(frozen=True)
class StoredAnswer:
    """What a cell's output keeps."""

    exercise: str
    """The exercise's number."""
    answers: Mapping[str, Any]
    """Each answer's data, unread: `read` decides what they are worth."""
    changed: bool
    """Whether the cell's source changed after the last check."""


def store(exercise: str, answers: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Give the data to keep under `STORED_TYPE`.

    Args:
        exercise: The exercise's number.
        answers: What `capture` gave.
        source: The cell as it ran.

    Raises:
        StoredAnswerTooLargeError: It takes more than 64 kB.
    """
    data = {
        "version": _VERSION,
        "exercise": exercise,
        "source_sha256": source_sha256(source),
        "answers": dict(answers),
    }
    size = len(json.dumps(data, allow_nan=False))
    if size > LIMIT:
        raise StoredAnswerTooLargeError(
            f"The answer of exercise {exercise} takes {size // KILOBYTE} kB and its cell keeps "
            f"at most {LIMIT // KILOBYTE} kB. Train for fewer epochs, then check again."
        )
    return data


def read_stored(data: object, source: str) -> StoredAnswer:
    """Read what a cell's output keeps.

    Args:
        data: The output's data under `STORED_TYPE`: parsed JSON, or its text.
        source: The cell as it stands in the notebook.

    Raises:
        UnreadableAnswer: The data are no stored answer.
    """
    if type(data) is str:
        data = schema.loads_answer(data, LIMIT)
    else:
        data = schema.loads_answer(_text(data), LIMIT)
    data = schema.mapping(data, "stored answer")
    if schema.integer(data.get("version"), "version") != _VERSION:
        raise UnreadableAnswer("The stored answer was written by another version; check again.")
    answers = schema.mapping(data.get("answers"), "answers")
    schema.items(list(answers), "answers", _ANSWERS)
    return StoredAnswer(
        exercise=schema.text(data.get("exercise"), "exercise", 20),
        answers=answers,
        changed=schema.text(data.get("source_sha256"), "source_sha256") != source_sha256(source),
    )


def find_stored(cell: object) -> object | None:
    """Give the data of a notebook cell's last stored answer, unread; None if it keeps none."""
    outputs = cell.get("outputs") if isinstance(cell, Mapping) else None
    if not isinstance(outputs, list):
        return None
    for output in reversed(outputs[-_OUTPUTS:]):
        bundle = output.get("data") if isinstance(output, Mapping) else None
        if isinstance(bundle, Mapping) and STORED_TYPE in bundle:
            found: object = bundle[STORED_TYPE]
            return found
    return None


def source_sha256(source: str) -> str:
    """Give the sum of a cell's source; line ends and blanks at its very end do not count."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _text(data: object) -> str:
    try:
        return json.dumps(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableAnswer("The stored answer is not JSON.") from error
