"""A CSV that keeps every cell as it was written, byte by byte, until a new one is put in.

The standard library's `csv` gives what cells mean, and forgets how they were quoted, what ended
their lines and in which letters they came. A platform's own table goes back to it with only those
cells changed that were meant to change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from coursetools.grading.export.errors import ExportError

_LARGEST = 20_000_000
_PARTINGS = ",;\t"


@dataclass
class _Cell:
    raw: str
    value: str


@dataclass
class _Row:
    cells: list[_Cell]
    end: str
    """What ended its line; `""` at the end of the file."""


class RawTable:
    """A table as it was read, with the first line as its headings."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read a table.

        Args:
            data: CSV as RFC 4180 has it; commas, semicolons or tabs part its cells.
            name: How to call it in messages.

        Raises:
            ExportError: It is no such table.
        """
        self.name = name
        self._codec, text = _decoded(data)
        head = re.split(r"[\r\n]", text, maxsplit=1)[0]
        self.parting = max(_PARTINGS, key=head.count)
        self._rows = _parsed(text, self.parting, name)
        if not self._rows:
            raise ExportError(f"`{name}` is empty. Export it from the platform once more.")

    @property
    def headings(self) -> list[str]:
        """The first line's cells, without blanks around them."""
        return [cell.value.strip() for cell in self._rows[0].cells]

    @property
    def lines(self) -> range:
        """The numbers of the lines after the headings, in order."""
        return range(1, len(self._rows))

    def value(self, line: int, column: int | None) -> str:
        """Give what a cell says; `""` where there is none."""
        cells = self._rows[line].cells
        return cells[column].value if column is not None and column < len(cells) else ""

    def put(self, line: int, column: int, value: str) -> None:
        """Put a value into a cell; a line that is too short gets the cells that it lacks."""
        if self.value(line, column) == value:
            return
        cells = self._rows[line].cells
        while len(cells) <= column:
            cells.append(_Cell("", ""))
        cells[column] = _Cell(quoted(value, self.parting), value)

    def column(self, *names: str) -> int | None:
        """Give where the first of these headings is; capitals do not count."""
        there = [heading.casefold() for heading in self.headings]
        return next((there.index(n.casefold()) for n in names if n.casefold() in there), None)

    def data(self) -> bytes:
        """Give the table in the letters that it came in."""
        text = "".join(self.parting.join(c.raw for c in row.cells) + row.end for row in self._rows)
        try:
            return text.encode(self._codec)
        except UnicodeEncodeError as error:
            raise ExportError(
                f"`{self.name}` is written in letters that have no `{error.object[error.start]}`. "
                "Save it as UTF-8 first."
            ) from error


def read_table(path: Path) -> RawTable:
    """Read a platform's table.

    Raises:
        ExportError: It is no table.
        OSError: It cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise ExportError(f"`{path}` has more than {_LARGEST:,} bytes, too many for a table.")
    return RawTable(path.read_bytes(), str(path))


def quoted(value: str, parting: str = ",") -> str:
    """Give a cell as it is written."""
    if any(sign in value for sign in (parting, '"', "\r", "\n")) or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value


def _decoded(data: bytes) -> tuple[str, str]:
    """Give the codec in which the same bytes come out again, and the text."""
    codecs = ["utf-8-sig"] if data.startswith(b"\xef\xbb\xbf") else ["utf-8", "cp1252", "latin-1"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
        codecs = [order, "latin-1"]
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if text.encode(codec) == data:
            return codec, text
    return "latin-1", data.decode("latin-1")


def _parsed(text: str, parting: str, name: str) -> list[_Row]:
    cell = re.compile(
        rf'(?P<quoted>"(?:[^"]|"")*")(?P<tail>[^{parting}\r\n]*)|(?P<plain>[^{parting}\r\n]*)'
    )
    ending = re.compile(r"\r\n|\r|\n")
    start = 1 if text.startswith("\ufeff") else 0
    rows: list[_Row] = []
    cells: list[_Cell] = []
    place = start
    while place < len(text):
        found = cell.match(text, place)
        if found is None or (text[place] == '"' and found["quoted"] is None):
            raise ExportError(
                f"Line {len(rows) + 1} of `{name}` has a quotation mark that is never closed. "
                "Export it from the platform once more."
            )
        value = found["plain"]
        if found["quoted"] is not None:
            value = found["quoted"][1:-1].replace('""', '"') + found["tail"]
        raw = found[0] if rows or cells else text[:start] + found[0]
        cells.append(_Cell(raw, value))
        place = found.end()
        if place < len(text) and text[place] == parting:
            place += 1
            if place == len(text):
                cells.append(_Cell("", ""))
            continue
        end = ending.match(text, place)
        rows.append(_Row(cells, end[0] if end else ""))
        cells = []
        place = end.end() if end else place
    if cells:
        rows.append(_Row(cells, ""))
    return rows
