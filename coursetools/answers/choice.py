"""Answers that are letters: one of the options, several, or one for each part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from coursetools.answers import plain, schema
from coursetools.answers.blank import is_blank
from coursetools.answers.kind import Kind, UnreadableAnswer

_WRITTEN = 100
_MOST = 26
_AROUND = " \t\r\n().:[]'\""
_BETWEEN = re.compile(r"[\s,;/+&.]+|\band\b", re.IGNORECASE)


@dataclass(frozen=True)
class Choice(Kind):
    """Ask for a letter; `"a"`, `" A "` and `"A)"` are all A.

    A single choice is read as its letter, several as a frozenset, parts as a mapping.
    """

    options: tuple[str, ...] = ("A", "B", "C", "D")
    """The letters to choose from, in capitals."""
    several: bool = False
    """Whether any number of letters from one up may be chosen: a set, a list or `"A, C"`."""
    parts: tuple[str, ...] = ()
    """Names of the parts, if each wants a letter: `{"run 1": "A", "run 2": "C"}`."""

    name: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        if self.several and self.parts:
            raise ValueError("A choice has `several` letters or `parts`, not both.")
        if not self.options or any(o != _folded(o) for o in self.options):
            raise ValueError(f"Options are words in capitals, not `{self.options}`.")

    @property
    def label(self) -> str:
        """Words for a student."""
        letters = ", ".join(f"`{letter}`" for letter in self.options)
        if self.parts:
            parts = ", ".join(f"`{part}`" for part in self.parts)
            return f"a letter ({letters}) for each of {parts}"
        return f"one or more of the letters {letters}" if self.several else f"one of {letters}"

    def read(self, content: object) -> str | frozenset[str] | Mapping[str, str]:
        """Give the letter, the set of letters, or the letter of every part in declared order."""
        content = schema.mapping(content, "content")
        if self.parts:
            parts = schema.mapping(content.get("parts"), "parts")
            return MappingProxyType({p: self._known(parts.get(p), p) for p in self.parts})
        letters = schema.items(content.get("letters"), "letters", at_most=_MOST)
        chosen = frozenset(self._known(letter, "letters") for letter in letters)
        if self.several and chosen:
            return chosen
        if len(chosen) != 1:
            raise UnreadableAnswer(f"It has {_letters(len(chosen))}.")
        return next(iter(chosen))

    def _known(self, letter: object, where: str) -> str:
        if schema.text(letter, where) not in self.options:
            raise UnreadableAnswer(f"{plain.quoted(letter)} is not one of them.")
        return str(letter)

    def _still_open(self, value: object) -> str | None:
        if plain.is_a(value, str) and not plain.exact_text(value)[:_WRITTEN].strip():
            return ""
        if plain.is_a(value, list, tuple, set, frozenset, dict) and not _items(value):
            return ""
        if not self.parts or not plain.is_a(value, dict) or not is_blank(value):
            return super()._still_open(value)
        named = self._named(value)
        still_open = [p for p in self.parts if p not in named or is_blank(named[p])]
        if len(still_open) == len(self.parts) or not still_open:
            return ""
        return "Still open: " + ", ".join(f"`{part}`" for part in still_open) + "."

    def _content(self, value: object) -> Mapping[str, Any]:
        if self.parts:
            return {"parts": self._part_letters(value)}
        if plain.is_a(value, str):
            text = _written(value)
            return {"letters": self._spelt(text) if self.several else [_folded(text)]}
        return {"letters": sorted({self._letter(item) for item in self._collection(value)})}

    def _part_letters(self, value: object) -> dict[str, str]:
        if not plain.is_a(value, dict):
            letters = self._collection(value)
            if len(letters) != len(self.parts):
                raise UnreadableAnswer(f"It has {_letters(len(letters))}.")
            return {
                part: self._letter(item) for part, item in zip(self.parts, letters, strict=True)
            }
        named = self._named(value)
        missing = [part for part in self.parts if part not in named]
        if missing:
            names = ", ".join(f"`{part}`" for part in missing)
            raise UnreadableAnswer(f"Nothing is given for {names}.")
        return {part: self._letter(named[part]) for part in self.parts}

    def _named(self, value: Any) -> dict[str, object]:
        """Give a dict's items by the declared names of their parts; others are dropped."""
        declared = {_folded(part): part for part in self.parts}
        named = {}
        for key, item in list(dict.items(value))[: 2 * _MOST]:
            part = declared.get(_folded(_written(key))) if plain.is_a(key, str) else None
            if part is not None:
                named[part] = item
        return named

    def _collection(self, value: object) -> list[object]:
        if plain.is_a(value, list, tuple, set, frozenset):
            return _items(value)
        array = plain.as_array(value)
        if array is not None and array.dtype.kind == "U" and array.size <= _MOST:
            found = array.reshape(-1).tolist()
            return list(found)
        raise UnreadableAnswer("")

    def _letter(self, value: object) -> str:
        if not plain.is_a(value, str):
            raise UnreadableAnswer(f"{plain.quoted(value)} is not a letter.")
        return _folded(_written(value))

    def _spelt(self, text: str) -> list[str]:
        words = [_folded(word) for word in _BETWEEN.split(text)]
        words = [word for word in words if word]
        if len(words) == 1 and words[0] not in self.options:
            words = list(words[0])  # "AC" is A and C
        return sorted(set(words))


def _items(value: Any) -> list[object]:
    """Give at most 27 items of a collection, by its base type's own iterator."""
    for base in (list, tuple, set, frozenset, dict):
        if plain.is_a(value, base):
            if base.__len__(value) > _MOST:
                raise UnreadableAnswer("It has more letters than the alphabet.")
            return list(base.__iter__(value))
    return []


def _letters(number: int) -> str:
    return "1 letter" if number == 1 else f"{number} letters"


def _written(value: object) -> str:
    text = plain.exact_text(value)
    if len(text) > _WRITTEN:
        raise UnreadableAnswer("The text is too long.")
    return text


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(_AROUND).upper()
