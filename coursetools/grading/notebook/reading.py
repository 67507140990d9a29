"""Reading a notebook file that anyone may have written, without running or trusting any of it.

The file is JSON; it is measured before it is parsed, so that a file of brackets cannot fill the
memory. What is odd in one cell costs that cell and is said; only a file that is no notebook at
all is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LARGEST = 30_000_000
"""The most bytes of a notebook; the course's own have 2 million at most, pictures and all."""

CELLS = 20_000
"""The most cells."""

LONGEST_CELL = 1_000_000
"""The most characters of one cell's source."""

_DEPTH = 100
_CONTAINERS = 1_000_000
_VALUES = 5_000_000
_SMALL = 3_000_000
_LONGEST_ID = 200
_KINDS = ("code", "markdown", "raw")


class UnreadableNotebookError(ValueError):
    """A file is not a notebook; the message is a sentence that says why."""


@dataclass(frozen=True)
class NotebookCell:
    """A cell as it stands in the file; only the types of its fields can be relied on."""

    kind: str
    """`"code"`, `"markdown"` or `"raw"`."""
    source: str
    """Valid Unicode, at most a million characters."""
    id: str | None = None
    """The cell's id, None where it has none or no text for one."""
    outputs: tuple[object, ...] = ()
    """What is stored under it: parsed JSON from anyone."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """From anyone. It is read of released notebooks only."""


@dataclass(frozen=True)
class Notebook:
    """The cells of a file, in order."""

    cells: tuple[NotebookCell, ...]
    notes: tuple[str, ...] = ()
    """What was odd in the file."""


def read_notebook(data: bytes) -> Notebook:
    """Read a notebook of any version.

    Args:
        data: The bytes of an `.ipynb`, from anyone.

    Raises:
        UnreadableNotebookError: It is none: empty, larger than 30 MB, no JSON, nested or divided
            beyond all measure, of a version that nobody knows, or without cells.
    """
    content = _parsed(_text(data))
    if type(content) is not dict:
        raise UnreadableNotebookError("It is JSON, but not a notebook.")
    version = content.get("nbformat")
    if type(version) is not int or not 1 <= version <= 4:
        raise UnreadableNotebookError(
            f"It is JSON, but not a notebook of a version from 1 to 4: `nbformat` is "
            f"`{str(version)[:40]}`."
        )
    notes = []
    if version < 4:
        content = _upgraded(content, version)
        notes.append(f"The file has the old notebook format {version}; it was read as format 4.")
    cells = content.get("cells")
    if type(cells) is not list:
        raise UnreadableNotebookError("It is a notebook without a list of cells.")
    if len(cells) > CELLS:
        raise UnreadableNotebookError(
            f"It has {len(cells):,} cells; a notebook is read to {CELLS:,}."
        )
    read = []
    for place, cell in enumerate(cells, 1):
        try:
            read.append(_cell(cell))
        except _OddCellError as error:
            notes.append(f"Cell {place} of the file was left out: {error}.")
    return Notebook(tuple(read), tuple(notes[:20]))


class _OddCellError(ValueError):
    """A cell is no cell."""


def _text(data: bytes) -> str:
    if not data.strip():
        raise UnreadableNotebookError(
            "The file is empty." if not data else "The file holds nothing but blanks."
        )
    if len(data) > LARGEST:
        raise UnreadableNotebookError(
            f"It has {len(data):,} bytes; a notebook is read to {LARGEST:,}. Clear the outputs of "
            "its largest cells and save it again."
        )
    # A small file cannot hold enough of them to matter, and counting takes as long as parsing.
    if len(data) > _SMALL and (
        data.count(b"[") + data.count(b"{") > _CONTAINERS or data.count(b",") > _VALUES
    ):
        raise UnreadableNotebookError("It is divided into more parts than any notebook has.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableNotebookError("It is not text in UTF-8, as a notebook is.") from None


def _parsed(text: str) -> Any:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableNotebookError(_why_no_json(text, error)) from None
    if _deeper_than(content, _DEPTH):
        raise UnreadableNotebookError(f"It is nested deeper than {_DEPTH} levels.")
    return content


def _why_no_json(text: str, error: Exception) -> str:
    start = text[:1000].lstrip().lower()
    if start.startswith(("<!doctype", "<html")):
        return "It is a web page, not a notebook: download the notebook itself and hand that in."
    if "\n<<<<<<< " in text:
        return "It holds the marks of a Git conflict that was not resolved, so it cannot be read."
    if isinstance(error, RecursionError):
        return "It is nested too deeply to be read."
    if isinstance(error, json.JSONDecodeError):
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            return "It ends in the middle: the file was cut off. Save it again and hand it in anew."
        return f"It is not JSON, as a notebook is: line {error.lineno} cannot be read."
    return "It is not JSON, as a notebook is."


def _deeper_than(content: object, levels: int) -> bool:
    layer = [content]
    for _ in range(levels):
        layer = list(_inside(layer))
        if not layer:
            return False
    return True


def _inside(layer: list[object]) -> Iterator[object]:
    for value in layer:
        if type(value) is dict:
            yield from (item for item in value.values() if type(item) in (dict, list))
        elif type(value) is list:
            yield from (item for item in value if type(item) in (dict, list))


def _upgraded(content: dict[str, Any], version: int) -> dict[str, Any]:
    # It takes a second to import, and few hand in such a file.
    import nbformat
    from nbformat import reader

    try:
        old = reader.reads(json.dumps(content))
        upgraded = json.loads(json.dumps(nbformat.convert(old, 4)))
    except Exception as error:  # a file from anyone may make it raise anything
        raise UnreadableNotebookError(
            f"It says that it has the old notebook format {version}, but it cannot be read as such."
        ) from error
    if type(upgraded) is not dict:
        raise UnreadableNotebookError("It is JSON, but not a notebook.")
    return upgraded


def _cell(cell: object) -> NotebookCell:
    if type(cell) is not dict:
        raise _OddCellError("it is no cell")
    kind = cell.get("cell_type")
    if kind not in _KINDS:
        raise _OddCellError("it is neither code nor text")
    outputs = cell.get("outputs")
    metadata = cell.get("metadata")
    return NotebookCell(
        kind=str(kind),
        source=_source(cell.get("source", "")),
        id=_id(cell.get("id")),
        outputs=tuple(outputs) if type(outputs) is list else (),
        metadata=metadata if type(metadata) is dict else {},
    )


def _source(source: object) -> str:
    if type(source) is list:
        if not all(type(line) is str for line in source):
            raise _OddCellError("its source is no text")
        source = "".join(source)
    if type(source) is not str:
        raise _OddCellError("its source is no text")
    if len(source) > LONGEST_CELL:
        raise _OddCellError(f"it has more than {LONGEST_CELL:,} characters")
    return valid(source)


def _id(cell_id: object) -> str | None:
    if type(cell_id) is not str or not 0 < len(cell_id) <= _LONGEST_ID:
        return None
    return valid(cell_id)


def valid(text: str) -> str:
    """Give a text that can be written in UTF-8: JSON can spell halves of characters."""
    return text.encode("utf-8", "replace").decode("utf-8")
