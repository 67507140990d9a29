"""Python and comments laid out as our style asks, at most 100 characters wide.

All of it is made of texts from anyone. What stands in quotes is written as a literal, and a
comment has its sign on each line, so that nothing of them becomes code.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coursetools.grading.foreign.expectations import ArrayOf
from coursetools.grading.plain_text import tamed

WIDTH = 100

_SHORT = 40


@dataclass(frozen=True)
class Group:
    """Something in brackets: `head`, items, `tail`."""

    head: str
    items: tuple[str | Group, ...]
    tail: str
    comma: bool = True
    """Whether commas stand between the items; not between parts of one text."""
    split: bool = False
    """Whether it stands on several lines even where one would do."""
    one_line: str = ""
    """How it is written where it fits on a line, if that is another way."""

    @property
    def flat(self) -> str:
        """All of it on one line."""
        if self.one_line:
            return self.one_line
        parts = [item if isinstance(item, str) else item.flat for item in self.items]
        one = "," if len(parts) == 1 and self.head.endswith("(") and self.tail == ",)" else ""
        return f"{self.head}{(', ' if self.comma else ' ').join(parts)}{one}{self.tail.lstrip(',')}"

    @property
    def must_split(self) -> bool:
        """Whether it, or something in it, stands on several lines."""
        return self.split or any(isinstance(i, Group) and i.must_split for i in self.items)


def laid_out(thing: str | Group, indent: str = "", after: str = "") -> list[str]:
    """Give the lines of something; `after` follows its last character."""
    if isinstance(thing, str):
        return [f"{indent}{thing}{after}"]
    flat = f"{indent}{thing.flat}{after}"
    if len(flat) <= WIDTH and not thing.must_split:
        return [flat]
    lines = [f"{indent}{thing.head}"]
    for item in thing.items:
        lines += laid_out(item, f"{indent}    ", "," if thing.comma else "")
    return [*lines, f"{indent}{thing.tail.lstrip(',')}{after}"]


def literal(value: Any, head: str = "") -> str | Group:
    """Give a number, a text, None, true, false, an array, or a list or tuple of them, as Python."""
    if isinstance(value, ArrayOf):
        return Group(f"{head}np.array(", (literal(value.rows),), ")")
    if isinstance(value, str):
        return _text(value, head)
    if isinstance(value, (list, tuple)):
        items = tuple(literal(item) for item in value)
        if isinstance(value, list):
            return Group(f"{head}[", items, "]") if items else f"{head}[]"
        if not items:
            return f"{head}()"
        return Group(f"{head}(", items, ",)" if len(items) == 1 else ")")
    return f"{head}{value!r}"


def _text(text: str, head: str) -> str | Group:
    quoted = quote(text)
    if len(quoted) <= _SHORT:
        return f"{head}{quoted}"
    whole = f"{head}{quoted}"
    pieces = []
    while text:
        size = min(len(text), 80)
        while len(quote(text[:size])) > 84:
            size -= 1
        if size < len(text) and " " in text[1:size]:
            size = text.rindex(" ", 1, size) + 1
        pieces.append(quote(text[:size]))
        text = text[size:]
    return Group(f"{head}(", tuple(pieces), ")", comma=False, one_line=whole)


def quote(text: str) -> str:
    """Give a text as a literal in double quotes, on one line and in visible characters."""
    if '"' in text and "'" not in text:
        return repr(text)
    inner = repr(text + "'\"")[1:-1]  # both kinds of quotes in it: Python takes single ones
    inner = inner[: -len("\\'\"")]
    return '"' + inner.replace("\\'", "'").replace('"', '\\"') + '"'


def comment(text: str, indent: str = "") -> list[str]:
    """Give the lines of a comment, long ones folded."""
    lines = []
    for line in tamed(text).split("\n"):
        blanks = line[: len(line) - len(line.lstrip())]
        for part in textwrap.wrap(
            line.strip(),
            WIDTH - len(indent) - len(blanks) - 6,
            subsequent_indent="    ",
            break_on_hyphens=False,
        ) or [""]:
            lines.append(f"{indent}# {blanks}{part}".rstrip())
    return lines


def docstring(text: str, indent: str) -> list[str]:
    """Give the lines of a docstring of one paragraph."""
    text = " ".join(tamed(text).split()).replace("\\", "\\\\").replace('"', '\\"')
    line = f'{indent}"""{text}"""'
    if len(line) <= WIDTH:
        return [line]
    folded = textwrap.wrap(text, WIDTH - len(indent) - 3, break_on_hyphens=False)
    return [f'{indent}"""{folded[0]}', *(f"{indent}{more}" for more in folded[1:]), f'{indent}"""']


def joined(blocks: Sequence[Sequence[str]], lines: int) -> list[str]:
    """Put blocks one below the other with so many empty lines between."""
    all_lines: list[str] = []
    for block in blocks:
        all_lines += [*([""] * lines if all_lines else []), *block]
    return all_lines
