"""From plain data to what checks see; the data may come from anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coursetools.answers import plain, schema
from coursetools.answers.kind import AnswerState, Kind, UnreadableAnswer

_REASON = 600


@dataclass(frozen=True)
class Answer:
    """One answer as read."""

    state: AnswerState
    """Whether there is something to check."""
    value: Any = None
    """What checks see; None unless the state is *given*."""
    shown: str = ""
    """One line that shows the student's object."""
    type: str = ""
    """The name of its type."""
    reason: str = ""
    """Why it could not be read, or what is still open; text from the student's side."""


def read(kind: Kind, data: object) -> Answer:
    """Read one answer; never raises: data that are no answer are an unreadable one."""
    if data is None:
        return Answer(AnswerState.MISSING)
    try:
        return _read(kind, schema.mapping(data, "answer"))
    except UnreadableAnswer as error:
        return Answer(AnswerState.UNREADABLE, reason=plain.clean(str(error), _REASON))


def _read(kind: Kind, data: dict[str, Any]) -> Answer:
    name = schema.text(data.get("kind"), "kind")
    if name != kind.name:
        raise UnreadableAnswer(f"It was captured as `{plain.clean(name)}`, not as {kind.label}.")
    try:
        state = AnswerState(schema.text(data.get("state"), "state"))
    except ValueError as error:
        raise UnreadableAnswer("Its state is none that is known.") from error
    return Answer(
        state=state,
        value=kind.read(data.get("content")) if state is AnswerState.GIVEN else None,
        shown=_line(data, "shown", plain.SHOWN),
        type=_line(data, "type", plain.SHOWN),
        reason=_line(data, "reason", _REASON),
    )


def _line(data: dict[str, Any], key: str, at_most: int) -> str:
    return plain.clean(schema.text(data.get(key, ""), key, 10 * at_most), at_most)
