"""Which released cell a handed-in cell is: by its id, else by what it says.

Front ends give new ids, drop them, or give one id twice; students cut cells in two and make one
of two. None of that may cost anything, and nothing that a cell says of itself in its metadata is
asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from coursetools.grading.notebook.connecting import connects, first_connecting
from coursetools.grading.notebook.reading import Notebook, NotebookCell
from coursetools.grading.notebook.released import ReleasedCell
from coursetools.notebook.cells import MARKER

_MARKED_LINE = re.compile(rf"^{MARKER.pattern}", re.MULTILINE)

_TELLING = 12
"""So many characters of a never-run cell are told from a line that anyone may write."""


@dataclass(frozen=True)
class Piece:
    """A handed-in cell, or a part of one in which several were joined."""

    cell: NotebookCell
    source: str
    """All of the cell's source, or the part."""
    identity: ReleasedCell | None = None
    """The released cell that it is."""
    by_id: bool = False
    """Whether its id says so."""
    joined: bool = False
    """Whether it is a later part of a cell."""

    @property
    def is_code(self) -> bool:
        """Whether it would run."""
        return self.cell.kind == "code"

    @property
    def marker(self) -> str | None:
        """The exercise that its first line names."""
        return marker(self.source) if self.is_code else None

    @property
    def changed(self) -> bool:
        """Whether it is other than the released cell that it is."""
        other = self.identity
        return other is None or not alike(self.source, other.cell.source)


def identify(notebook: Notebook, released: Sequence[ReleasedCell]) -> list[Piece]:
    """Give the pieces of a notebook in its order, each with the released cell that it is."""
    pieces = [Piece(cell, cell.source) for cell in notebook.cells]
    pieces = _by_id(pieces, released)
    taken = {piece.identity.place for piece in pieces if piece.identity}
    for finder in (_same_source, _connecting, _same_first_line):
        left = [piece.cell for piece in pieces if piece.identity is None]
        places = finder([cell for cell in released if cell.place not in taken], left)
        for index, piece in enumerate(pieces):
            found = None if piece.identity else places.find(piece)
            if found is not None and found.place not in taken:
                taken.add(found.place)
                pieces[index] = replace(piece, identity=found)
    return _split(pieces, released)


def marker(source: str) -> str | None:
    """Give the exercise that the first line of a source names."""
    found = MARKER.match(source.lstrip())
    return found.group(1) if found else None


def alike(one: str, other: str) -> bool:
    """Say whether two sources are the same but for blanks at line ends and empty lines around."""
    return plain_source(one) == plain_source(other)


def plain_source(source: str) -> str:
    """Give a source without blanks at line ends and empty lines around it."""
    return "\n".join(line.rstrip() for line in source.splitlines()).strip("\n")


def _by_id(pieces: list[Piece], released: Sequence[ReleasedCell]) -> list[Piece]:
    by_id = {cell.cell.id: cell for cell in released}
    by_id.pop(None, None)
    named = [replace(p, identity=by_id.get(p.cell.id), by_id=p.cell.id in by_id) for p in pieces]
    # Of several cells with one id the unchanged one is ours, else the first; what was written
    # into the others is the student's. Answer cells keep it: which of them counts is seen later.
    ours: dict[int, int] = {}
    for index, piece in enumerate(named):
        if piece.identity is None:
            continue
        first = ours.setdefault(piece.identity.place, index)
        if named[first].changed and not piece.changed:
            ours[piece.identity.place] = index
    kept = set(ours.values())
    for index, piece in enumerate(named):
        other = piece.identity
        if other is None or (other.exercise and piece.is_code):
            continue
        # Text of ours that became code is the student's; code that became text stays ours.
        if index not in kept or (piece.is_code and other.cell.kind != "code"):
            named[index] = replace(piece, identity=None, by_id=False)
    return named


@dataclass(frozen=True)
class _Finder:
    key: str
    places: dict[tuple[str, str], ReleasedCell]

    def find(self, piece: Piece) -> ReleasedCell | None:
        if piece.marker is not None:
            return None  # answer cells are matched by exercise
        return self.places.get((piece.cell.kind, _KEYS[self.key](piece.cell)))


def _first_line(cell: NotebookCell) -> str:
    return plain_source(cell.source).partition("\n")[0]


_KEYS = {
    "source": lambda cell: plain_source(cell.source),
    "line": _first_line,
}


def _finder(key: str, released: Iterable[ReleasedCell]) -> _Finder:
    places: dict[tuple[str, str], ReleasedCell] = {}
    for cell in released:
        if cell.exercise is None and cell.cell.source.strip():
            places.setdefault((cell.cell.kind, _KEYS[key](cell.cell)), cell)
    return _Finder(key, places)


def _same_source(released: Sequence[ReleasedCell], left: Sequence[NotebookCell]) -> _Finder:
    return _finder("source", released)


def _connecting(released: Sequence[ReleasedCell], left: Sequence[NotebookCell]) -> _Finder:
    """Find the cell that connects, whose source every student changes."""
    ours = next((cell for cell in released if connects(cell.cell)), None)
    theirs = first_connecting(left) if ours else None
    if ours is None or theirs is None:
        return _Finder("source", {})
    return _Finder("source", {(theirs.kind, plain_source(theirs.source)): ours})


def _same_first_line(released: Sequence[ReleasedCell], left: Sequence[NotebookCell]) -> _Finder:
    return _finder("line", (cell for cell in released if cell.cell.kind == "code"))


def _split(pieces: list[Piece], released: Sequence[ReleasedCell]) -> list[Piece]:
    """Cut cells in which answer cells were joined with others, where no other cell has them."""
    asked: set[str | None] = {cell.exercise for cell in released if cell.exercise}
    lost: set[str | None] = asked - {piece.marker for piece in pieces}
    lost -= {piece.identity.exercise for piece in pieces if piece.identity and piece.is_code}
    if not lost:
        return pieces
    cut: list[Piece] = []
    for piece in pieces:
        if not piece.is_code:
            cut.append(piece)
            continue
        head, *rest = _parts(piece.source, lost)
        cut.append(replace(piece, source=head))
        cut.extend(Piece(piece.cell, part, joined=True) for part in rest)
    return cut


def _parts(source: str, lost: Set[str | None]) -> list[str]:
    """Cut a source before the first line that begins the cell of each exercise in `lost`."""
    cuts: dict[str, int] = {}
    first = len(source) - len(source.lstrip())
    for found in _MARKED_LINE.finditer(source):
        if found.group(1) in lost and found.start() > first:
            cuts.setdefault(found.group(1), found.start())
    places = list(cuts.values())
    return [source[start:end] for start, end in zip([0, *places], [*places, None], strict=True)]


def what_never_runs(released: Iterable[ReleasedCell]) -> str:
    """Give all code of a release that grading does not run."""
    never = (c.cell for c in released if c.cell.kind == "code" and not c.runs)
    return "\n\0\n".join(["", *(plain_source(cell.source) for cell in never), ""])


def part_of_it(piece: Piece, never: str) -> bool:
    """Say whether a piece is some lines, as they were, of code that grading does not run.

    That is the other half of such a cell if a student cut it in two.
    """
    lines = plain_source(piece.source)
    if piece.identity is not None or not _TELLING <= len(lines.strip()) <= len(never):
        return False
    return f"\n{lines}\n" in never
