"""A student's notebook made new: one answer as it was released, or a corrected release around all.

Nothing of the student's is dropped but what is asked for: cells and notes that were added stay
below the cells they stand below. How cells are told apart is the same as in grading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursetools.grading.notebook.connecting import connects, notebook_id
from coursetools.grading.notebook.matching import Match, match
from coursetools.grading.notebook.pieces import Piece, alike, identify, part_of_it, what_never_runs
from coursetools.grading.notebook.placing import START, in_order, places_of, standing
from coursetools.grading.notebook.reading import Notebook, NotebookCell
from coursetools.grading.notebook.released import released_cells

if TYPE_CHECKING:
    from nbformat import NotebookNode

_NO_ID = re.compile(r"""student_id\s*=\s*(""|'')""")

_BLANK = "____"


class RenewError(ValueError):
    """A notebook cannot be made new; the message says why and what to do."""


@dataclass(frozen=True)
class Updated:
    """A notebook in its new release, and what that came to."""

    notebook: NotebookNode
    answers: tuple[str, ...]
    """The exercises whose answers were taken along."""
    changed: int
    """Cells of the lesson that say something else now."""
    new: int
    """Cells of the lesson that were not there."""
    own: int
    """Cells that the student added; they stay."""


def reset(mine: NotebookNode, released: NotebookNode, exercise: str) -> NotebookNode:
    """Give a notebook in which one exercise's answer cell is as it was released.

    Args:
        mine: The student's notebook; it stays as it is.
        released: The lesson's.
        exercise: The exercise's number, such as `"2.4"`.

    Raises:
        RenewError: The lesson has no such exercise, or its cell holds more than its answer.
    """
    held = _Held(mine, released)
    found = held.matches.get(exercise)
    if found is None:
        raise RenewError(
            f"There is no exercise {exercise} in this lesson; it has {', '.join(held.matches)}."
        )
    made = deepcopy(mine)
    fresh = deepcopy(released.cells[found.released.place])
    if found.chosen is None:
        made.cells.insert(held.where_it_was(found.released.place), fresh)
        return made
    piece = held.pieces[found.chosen]
    if piece.joined or piece.source != piece.cell.source:
        raise RenewError(
            f"The cell of exercise {exercise} is joined with another one. Part them first (Split "
            f"Cell, before the line `# Exercise {exercise}`), then say it again."
        )
    place = held.node_of(piece)
    fresh.id = mine.cells[place].get("id", fresh.id)
    made.cells[place] = fresh
    return made


def update(mine: NotebookNode, released: NotebookNode) -> Updated:
    """Give the released notebook with everything in it that the student wrote.

    Args:
        mine: The student's notebook, of an earlier release; it stays as it is.
        released: The lesson's corrected one.
    """
    return _Held(mine, released).updated()


class _Held:
    """A student's notebook, held against a released one."""

    def __init__(self, mine: NotebookNode, released: NotebookNode) -> None:
        self._mine = mine
        self._released = released
        self._read = _notebook(mine)
        self._nodes = {id(cell): place for place, cell in enumerate(self._read.cells)}
        self._ours = released_cells(_notebook(released))
        self.pieces: Sequence[Piece] = identify(self._read, self._ours)
        self.matches: dict[str, Match] = match(self.pieces, self._ours)
        self._places = places_of(self.pieces, self.matches)

    def node_of(self, piece: Piece) -> int:
        """Give the place of a piece's cell in the student's notebook."""
        return self._nodes[id(piece.cell)]

    def where_it_was(self, place: int) -> int:
        """Give where in the student's notebook a released cell that is gone belongs."""
        kept = in_order(self._places)
        before = [i for i in kept if (p := self._places[i]) is not None and p < place]
        return self.node_of(self.pieces[max(before)]) + 1 if before else 0

    def updated(self) -> Updated:
        """Put the new notebook together."""
        added: dict[int, list[NotebookNode]] = {}
        for place, cell in self._added():
            added.setdefault(place, []).append(cell)
        cells = list(added.get(START, ()))
        answers, changed, new = [], 0, 0
        standing_in = {p: i for i, p in enumerate(self._places) if p is not None}
        for ours in self._ours:
            fresh = deepcopy(self._released.cells[ours.place])
            index = standing_in.get(ours.place)
            piece = None if index is None else self.pieces[index]
            if piece is None:
                new += 1
            elif ours.exercise and _answered(piece.source, ours.cell.source):
                answers.append(ours.exercise)
                fresh.source = piece.source
                self._keep_outputs(fresh, piece)
            elif alike(piece.source, ours.cell.source):
                self._keep_outputs(fresh, piece)
            elif connects(ours.cell):
                fresh.source = self._with_id(fresh.source)
                changed += not alike(fresh.source, piece.source)
            else:
                changed += 1
            cells += [fresh, *added.get(ours.place, ())]
        made = deepcopy(self._mine)
        made.cells = cells
        made.nbformat_minor = max(made.nbformat_minor, self._released.nbformat_minor)
        own = sum(map(len, added.values()))
        return Updated(made, tuple(answers), changed, new, own)

    def _added(self) -> Iterator[tuple[int, NotebookNode]]:
        """Give what the student added, with the released place it stands below."""
        from nbformat.corpus.words import generate_corpus_id

        never = what_never_runs(self._ours)
        taken = {cell.get("id") for cell in self._released.cells} | {None}
        for index, below in standing(self._places):
            piece = self.pieces[index]
            if not piece.source.strip() or part_of_it(piece, never) or self._spare(index):
                continue
            cell = deepcopy(self._mine.cells[self.node_of(piece)])
            cell.source = piece.source
            while cell.get("id") in taken:
                cell.id = generate_corpus_id()
            taken.add(cell.id)
            yield below, cell

    def _spare(self, index: int) -> bool:
        return any(index in found.spare for found in self.matches.values())

    def _keep_outputs(self, fresh: NotebookNode, piece: Piece) -> None:
        if fresh.cell_type == "code" and not piece.joined:
            old = self._mine.cells[self.node_of(piece)]
            fresh.outputs = deepcopy(old.get("outputs", []))
            fresh.execution_count = old.get("execution_count")

    def _with_id(self, source: str) -> str:
        student = notebook_id(self._read)
        return _NO_ID.sub(lambda _: f"student_id={student!r}", source) if student else source


def _answered(source: str, released: str) -> bool:
    """Say whether an answer was begun; with every blank left, it is an earlier release's cell."""
    blanks = released.count(_BLANK)
    left_open = blanks > 0 and source.count(_BLANK) >= blanks
    return not left_open and not alike(source, released)


def _notebook(node: NotebookNode) -> Notebook:
    return Notebook(tuple(_cell(cell) for cell in node.cells))


def _cell(node: NotebookNode) -> NotebookCell:
    outputs = tuple(node.get("outputs", ()))
    return NotebookCell(node.cell_type, node.source, node.get("id"), outputs, node.metadata)
