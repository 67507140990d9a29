"""Column types that give back exactly what was put in, whatever a student made of it."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

_MARK = "\x1fjson:"


class AnyText(TypeDecorator[str]):
    """A text of any characters.

    PostgreSQL refuses the character NUL, and no database takes half a surrogate pair. A text with
    either is stored as JSON behind a mark that no other stored text begins with.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Give what is stored."""
        if value is None or not (value.startswith(_MARK) or _is_odd(value)):
            return value
        return _MARK + json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give what was put in."""
        if value is None or not value.startswith(_MARK):
            return value
        return str(json.loads(value.removeprefix(_MARK)))


class PackedText(TypeDecorator[str]):
    """A long text of any characters, compressed: captured arrays take a third of their size."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Give what is stored."""
        return None if value is None else zlib.compress(value.encode("utf-8", "surrogatepass"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Give what was put in."""
        return None if value is None else zlib.decompress(value).decode("utf-8", "surrogatepass")


class AsJson(TypeDecorator[Any]):
    """Plain data as JSON of ASCII characters; the order of a mapping is kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Give what is stored."""
        return json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Give what was put in; a tuple comes back as a list."""
        return None if value is None else json.loads(value)


def _is_odd(text: str) -> bool:
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)
