"""Texts from anyone, made fit to be read: nothing in them steers a terminal, a page or a reader.

Signs that are not seen but turn the order of those around them about, and control characters,
are shown as what Python calls them (`\\u202e`, `\\x1b`), so that a reader sees that they are there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, without tab and line feed
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # order, joiners, breaks
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"  # half pairs, no characters, tags
)
# What spreadsheets take for the beginning of a formula; the wide forms count in East Asia.
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_MARKS_ON_A_LETTER = 4
_JOINERS = "\u200c\u200d"
"""Writing systems and emoji need them, and alone they move nothing."""


@dataclass(frozen=True)
class Cut:
    """A text from which the middle may be missing: an error's last line says most."""

    head: str
    left_out: int = 0
    """Characters between `head` and `tail`."""
    tail: str = ""


def tamed(text: str) -> str:
    """Give a text in which all that is not seen is written out; line feeds and tabs stay."""
    return _fewer_marks(_UNSEEN.sub(_written_out, text.replace("\r\n", "\n")))


def one_line(text: str, most: int = 200) -> str:
    """Give a tamed text without line breaks, shortened in its middle to `most` characters."""
    line = " ".join(tamed(text[: 20 * most]).split())
    half = most // 2 - 1
    return line if len(line) <= most else f"{line[:half]} … {line[-half:]}"


def inert_cell(text: str, most: int = 200) -> str:
    """Give a text as one line that no spreadsheet runs as a formula: it begins with an apostrophe.

    The tabs and line breaks that formulas hide behind are gone from its start.
    """
    line = one_line(text, most)
    return f"'{line}" if _FORMULA.match(line) else line


def as_seen(text: str) -> str:
    """Give a stream as a terminal shows it in the end, tamed.

    Colours go, and of a line that was written over again and again (a progress bar) the last
    state stays.
    """
    lines = _COLOURS.sub("", text.replace("\r\n", "\n")).split("\n")
    return tamed("\n".join(_written_over(line) for line in lines))


def cut(text: str, most: int, most_lines: int) -> Cut:
    """Give the beginning and the end of a text.

    Args:
        text: Of any length.
        most: Characters of it that stay, at most.
        most_lines: Lines of it that stay, at most.
    """
    head = text if len(text) <= most else text[: most * 2 // 3]
    tail = text[len(head) :][-(most // 3) :]
    lines = head.split("\n")
    if len(lines) + tail.count("\n") > most_lines:
        rest = tail or head
        tail = "\n".join(rest.split("\n")[-(most_lines // 3) :])
        head = "\n".join(lines[: most_lines * 2 // 3])
    return Cut(head, len(text) - len(head) - len(tail), tail)


def _written_over(line: str) -> str:
    if "\b" in line:  # as many as there were letters: the line is begun again
        line = re.sub("\b+", "\r", line)
    states = [state for state in line.split("\r") if state.strip()]
    return states[-1] if states else ""


def _written_out(found: re.Match[str]) -> str:
    character = found[0]
    if character in _JOINERS:
        return character
    code = ord(character)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _fewer_marks(text: str) -> str:
    """Take accents away that pile up on a letter, out of its line and over others."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS_ON_A_LETTER:
            kept.append(character)
    return "".join(kept)
