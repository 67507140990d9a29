"""The list of cells that run: ours as released, the student's answers in their places.

What the student added runs after the cell below which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coursetools.answers.kind import UnreadableAnswer
from coursetools.answers.stored import StoredAnswer, find_stored, read_stored
from coursetools.grading.notebook.connecting import connects, notebook_ids
from coursetools.grading.notebook.matching import How, Match, match
from coursetools.grading.notebook.pieces import Piece, alike, identify, part_of_it, what_never_runs
from coursetools.grading.notebook.placing import START, in_order, places_of, standing
from coursetools.grading.notebook.reading import Notebook
from coursetools.grading.notebook.records import Assembled, AssembledCell, Origin, StudentAnswer
from coursetools.grading.notebook.released import ReleasedCell, released_cells

_LISTED = 5


def assemble(notebook: Notebook, released: Notebook) -> Assembled:
    """Put a handed-in notebook together with the released one.

    Args:
        notebook: From a student; nothing that its metadata say is asked.
        released: The same lesson's notebook as students got it.

    Returns:
        The cells to run in order, and for each exercise of the release what the student gave.
    """
    ours = released_cells(released)
    pieces = identify(notebook, ours)
    matches = match(pieces, ours)
    places = places_of(pieces, matches)
    lost_ids = _lost_ids(pieces, ours)
    return Assembled(
        cells=tuple(_cells(pieces, ours, matches, places)),
        answers={
            exercise: _answer(exercise, found, pieces, lost_ids)
            for exercise, found in matches.items()
        },
        notes=tuple(_notes(notebook, pieces, ours, places, lost_ids)),
    )


def _cells(
    pieces: Sequence[Piece],
    ours: Sequence[ReleasedCell],
    matches: dict[str, Match],
    places: Sequence[int | None],
) -> Iterator[AssembledCell]:
    chosen = {m.chosen: exercise for exercise, m in matches.items() if m.chosen is not None}
    drafts = {index: exercise for exercise, m in matches.items() for index in m.others}
    never = what_never_runs(ours)
    added: dict[int, list[AssembledCell]] = {}
    for index, below in standing(places):
        if not pieces[index].is_code or not pieces[index].source.strip():
            continue
        if index not in chosen and part_of_it(pieces[index], never):
            continue
        added.setdefault(below, []).append(
            _answer_cell(pieces[index], chosen[index])
            if index in chosen
            else _added_cell(pieces[index], drafts.get(index))
        )
    yield from added.get(START, ())
    for cell in ours:
        if cell.exercise is None:
            if cell.runs:
                yield AssembledCell(cell.cell.source, Origin.RELEASED, cell_id=cell.cell.id)
        else:
            answer = matches[cell.exercise].chosen
            if answer is not None and places[answer] is not None and cell.runs:
                yield _answer_cell(pieces[answer], cell.exercise)
        yield from added.get(cell.place, ())


def _answer_cell(piece: Piece, exercise: str) -> AssembledCell:
    return AssembledCell(piece.source, Origin.STUDENT_ANSWER, exercise, piece.cell.id)


def _added_cell(piece: Piece, draft_of: str | None) -> AssembledCell:
    return AssembledCell(
        piece.source, Origin.STUDENT_ADDED, cell_id=piece.cell.id, draft_of=draft_of
    )


def _answer(exercise: str, found: Match, pieces: Sequence[Piece], lost_ids: bool) -> StudentAnswer:
    notes = list(_how_found(found, pieces, lost_ids))
    stored = None
    for index in [found.chosen, *reversed(found.others), *found.spare]:
        if index is None:
            continue
        stored, sentences = _stored(exercise, pieces[index])
        notes += sentences
        if stored is not None:
            if index != found.chosen:
                notes.append("The answer that its check stored stands in another cell.")
            break
    if found.chosen is None:
        return StudentAnswer(exercise, stored=stored, notes=tuple(notes))
    source = pieces[found.chosen].source
    untouched = alike(source, found.released.cell.source)
    return StudentAnswer(exercise, source, untouched, stored, tuple(notes))


def _stored(exercise: str, piece: Piece) -> tuple[StoredAnswer | None, list[str]]:
    data = find_stored({"outputs": list(piece.cell.outputs)})
    if data is None:
        return None, []
    try:
        # The whole cell was run when it was stored, even where it is several of ours.
        stored = read_stored(data, piece.cell.source)
    except UnreadableAnswer as error:
        return None, [f"The answer that its check stored cannot be read: {error}"]
    if stored.exercise != exercise:
        if piece.joined or piece.source != piece.cell.source:
            return None, []
        return None, ["The answer that is stored in its cell is one to another exercise."]
    return stored, []


def _how_found(found: Match, pieces: Sequence[Piece], lost_ids: bool) -> Iterator[str]:
    if found.became_text:
        yield "Its cell was turned into text, so nothing in it was run."
        return
    if found.chosen is None:
        yield "Its answer cell is gone from the notebook."
        return
    piece = pieces[found.chosen]
    if piece.joined or piece.source != piece.cell.source:
        yield "Its cell was joined with another one; it was cut out again by its first line."
    elif found.how is How.BY_MARKER and not lost_ids:
        yield "Its cell was found by its first line, not by its id."
    elif found.how is How.BY_ID_ALONE:
        yield "Its cell was found by its id, though its first line names another exercise."
    elif found.how is How.BY_CHECK:
        yield "Its answer was found in an added cell, by the check that the cell asks for."
    if found.others:
        which = "the released one" if found.how is How.BY_ID else "the last of them"
        yield f"{len(found.others) + 1} cells answer it; {which} counts."
    elif found.spare and found.how is not How.BY_CHECK:
        yield "Its released cell was left as it was; the answer counts that stands in a copy."


def _lost_ids(pieces: Sequence[Piece], ours: Sequence[ReleasedCell]) -> bool:
    """Say whether a notebook has hardly an id left."""
    return sum(piece.by_id for piece in pieces) < len(ours) / 4


def _notes(
    notebook: Notebook,
    pieces: Sequence[Piece],
    ours: Sequence[ReleasedCell],
    places: Sequence[int | None],
    lost_ids: bool,
) -> Iterator[str]:
    yield from notebook.notes
    if lost_ids:
        yield "Its cells have lost their ids; they were matched by what stands in them."
    run = {cell.place for cell in ours if cell.runs and not cell.exercise}
    found = {piece.identity.place for piece in pieces if piece.identity}
    changed = [
        piece.identity.cell
        for piece in pieces
        if piece.identity and piece.identity.place in run and (piece.changed or not piece.is_code)
    ]
    yield from _listed("was changed", [c.id or "" for c in changed if not connects(c)])
    gone = [cell.cell.id or "" for cell in ours if cell.place in run - found]
    yield from _listed("is gone", gone)
    # A part of a cell stands where the cell was joined, which is no order of its own.
    whole = [p for p, piece in zip(places, pieces, strict=True) if not piece.joined]
    if len(in_order(whole)) < sum(place is not None for place in whole):
        yield "Cells of the lesson stand in another order; they ran in the lesson's."
    ids = [found_id for found_id in notebook_ids(notebook) if found_id]
    if len(ids) > 1:
        yield f"Its cells connect with {len(ids)} different student ids."


def _listed(what: str, ids: Sequence[str]) -> Iterator[str]:
    if not ids:
        return
    named = ", ".join(f"`{cell_id}`" for cell_id in ids[:_LISTED] if cell_id)
    more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    one = len(ids) == 1
    are = what if one else what.replace("was", "were").replace("is", "are")
    ran = "it ran as it was" if one else "they ran as they were"
    yield (
        f"{len(ids)} cell{'' if one else 's'} of the lesson {are} ({named}{more}); {ran} released."
    )
