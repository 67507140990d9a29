"""Answers in the student's own words, which a person reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from coursetools.answers import plain, schema
from coursetools.answers.kind import KILOBYTE, Kind, UnreadableAnswer

_LONGEST = 10_000


@dataclass(frozen=True)
class Text(Kind):
    """Ask for a text of at most 10,000 characters; it is read as a `str`."""

    name: ClassVar[str] = "text"
    limit: ClassVar[int] = 128 * KILOBYTE  # a sign may take twelve bytes of JSON

    @property
    def label(self) -> str:
        """Words for a student."""
        return "a text in quotes"

    def read(self, content: object) -> str:
        """Give the text; it holds something besides blanks."""
        text = schema.text(schema.mapping(content, "content").get("text"), "text", _LONGEST)
        text = _printable(text)
        if not text:
            raise UnreadableAnswer("The text is empty.")
        return text

    def _still_open(self, value: object) -> str | None:
        if plain.is_a(value, str) and len(plain.exact_text(value)) <= _LONGEST:
            return None if _printable(plain.exact_text(value)) else ""
        return super()._still_open(value)

    def _content(self, value: object) -> Mapping[str, Any]:
        if not plain.is_a(value, str):
            raise UnreadableAnswer("")
        text = plain.exact_text(value)
        if len(text) > _LONGEST:
            raise UnreadableAnswer(f"It has {len(text)} characters; at most {_LONGEST} are read.")
        return {"text": _printable(text)}


def _printable(text: str) -> str:
    """Keep letters, signs, line ends and tabs; control signs and half characters go."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (s for s in text if s in "\n\t" or unicodedata.category(s) not in ("Cc", "Cs"))
    return "".join(kept).strip()
