"""Gradescope's list of who handed in what, `submission_metadata.yml`, read line by line.

It is YAML of one fixed shape; of a file from anyone nothing more is believed than these lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUBMISSION = re.compile(r"^(submission_\d+):\s*$")
_FIELD = re.compile(r"^(\s+)(- )?:?(name|sid|email):\s*(.*)$")
_SECTION = re.compile(r"^  ?:?(\w+):")
_ESCAPE = re.compile(
    r"\\(?:x(?=[0-9A-Fa-f]{2})|u(?=[0-9A-Fa-f]{4})|U(?=[0-9A-Fa-f]{8}))"
    r"(?P<code>(?<=x)..|(?<=u)....|(?<=U)........)|\\(?P<sign>[\"\\/])"
)
_LAST_SIGN = 0x10FFFF
_HALVES = (0xD800, 0xDFFF)
_LONGEST = 200


@dataclass
class Person:
    """Somebody who handed in a submission."""

    name: str = ""
    sid: str = ""
    email: str = ""


def read_metadata(data: bytes) -> dict[str, tuple[Person, ...]]:
    """Give who handed in each submission, by the name of its folder."""
    found: dict[str, list[Person]] = {}
    current: list[Person] | None = None
    among_submitters = False
    for line in data.decode("utf-8", "replace").splitlines():
        if start := _SUBMISSION.match(line):
            current = found.setdefault(start[1], [])
            among_submitters = False
        elif current is not None and (field := _FIELD.match(line)) and among_submitters:
            if field[2] or not current:
                current.append(Person())
            setattr(current[-1], field[3], _plain(field[4]))
        elif section := _SECTION.match(line):
            among_submitters = section[1] == "submitters"
    return {name: tuple(people) for name, people in found.items()}


def _plain(value: str) -> str:
    text = value.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        inner = text[1:-1]
        text = _ESCAPE.sub(_unescaped, inner) if text[0] == '"' else inner.replace("''", "'")
    return text[:_LONGEST] if text not in ("null", "~") else ""


def _unescaped(found: re.Match[str]) -> str:
    if not found["code"]:
        return found["sign"]
    number = int(found["code"], 16)
    return chr(number) if number <= _LAST_SIGN and not _HALVES[0] <= number <= _HALVES[1] else ""
