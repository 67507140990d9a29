"""What every kind of answer has in common: captured beside the student, read beside us.

Theory of operation. `capture` runs in the student's process, on an object nobody vouches for,
and gives plain data for JSON: what was there, in raw values. `read` runs where no student code
ever ran, on data nobody vouches for either, and gives the value that checks see. `capture` ends
by reading its own data, so an answer says *given* only where reading will agree; `read` asks
everything again, because the data may have been written by hand.
"""

from __future__ import annotations

import enum
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from coursetools.answers import plain
from coursetools.answers.blank import BlankError, is_blank
from coursetools.answers.exact import NotPlainError, exact_copy

KILOBYTE = 1024

Probe = Callable[..., Mapping[str, Any]]
"""Turns an object that needs Keras into plain data; probes live beside the student.

It is called with the object, and with what the kind's `_ask` adds.
"""


class AnswerState(enum.StrEnum):
    """What is there, before anybody asks whether it is right."""

    MISSING = "missing"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    GIVEN = "given"


class UnreadableAnswer(ValueError):  # noqa: N818 - the course's word for it, as in "unreadable"
    """An answer, or the data of one, is not what its exercise asks for; the text says why."""


class Kind(ABC):
    """A kind of answer. Subclasses are frozen dataclasses of what the exercise may choose."""

    name: ClassVar[str]
    """The word for the kind in data, such as `"number"`."""
    probe: ClassVar[str | None] = None
    """Which probe turns the object into plain data, if the kind needs one."""
    limit: ClassVar[int] = 64 * KILOBYTE
    """The most bytes of JSON that one answer may take."""

    @property
    @abstractmethod
    def label(self) -> str:
        """Words for a student: what is asked for, with its article."""

    @abstractmethod
    def read(self, content: object) -> Any:
        """Give the value that checks see, from data that may have been written by anyone.

        Raises:
            UnreadableAnswer: The data are not an answer of this kind.
        """

    def capture(self, value: object, probe: Probe | None = None) -> dict[str, Any]:
        """Turn a student's object into plain data; never raises, whatever the object is."""
        data: dict[str, Any] = {
            "state": AnswerState.GIVEN.value,
            "kind": self.name,
            "type": plain.type_name(value),
            "shown": plain.shown(value),
            "content": {},
            "reason": "",
        }
        try:
            still_open = self._still_open(value)
            if still_open is not None:
                return data | {"state": AnswerState.BLANK.value, "reason": still_open}
            content = self._content(value) if probe is None else self._ask(probe, value)
            return data | {"content": self._checked(content)}
        except BlankError:  # looking at it came upon a blank that nobody has filled yet
            return data | {"state": AnswerState.BLANK.value}
        except UnreadableAnswer as error:
            detail = str(error)
        except plain.HOSTILE as error:
            detail = f"Looking at it raised `{plain.type_name(error)}`."
        found = f"This asks for {self.label}, and found {plain.quoted(value)} (`{data['type']}`)."
        reason = f"{found} {detail}".strip()
        return data | {"state": AnswerState.UNREADABLE.value, "reason": reason}

    def _still_open(self, value: object) -> str | None:
        """Say what is still open in a blank answer; `""` if all of it is, None if nothing."""
        return "" if is_blank(value) else None

    def _ask(self, probe: Probe, value: object) -> Mapping[str, Any]:
        """Let the probe look; a kind whose probe needs to know more tells it here."""
        return probe(value)

    @abstractmethod
    def _content(self, value: object) -> Mapping[str, Any]:
        """Give the plain data of a student's object; may raise whatever the object raises."""

    def _checked(self, content: object) -> Any:
        """Give the content as JSON will bring it, once it is known to be readable."""
        try:
            text = json.dumps(exact_copy(content))
        except (ValueError, RecursionError) as error:  # a ValueError also for too many digits
            reason = str(error) if isinstance(error, NotPlainError) else "It is no plain data."
            raise UnreadableAnswer(reason) from error
        if len(text) > self.limit:
            raise UnreadableAnswer(
                f"It takes {len(text) // KILOBYTE} kB; an answer has {self.limit // KILOBYTE} kB."
            )
        content = json.loads(text)
        self.read(content)
        return content
