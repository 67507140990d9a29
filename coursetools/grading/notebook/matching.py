"""Which handed-in cell answers which exercise.

A cell that has the released id counts first, then one whose first line names the exercise, then
one that asks for its check. A cell that is as it was released is nobody's answer while another
one is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from coursetools.grading.notebook.pieces import Piece, alike
from coursetools.grading.notebook.released import ReleasedCell

_CHECKS = re.compile(r"^\s*q_(\d{1,3})\s*\.\s*check\s*\(", re.MULTILINE)


class How(IntEnum):
    """How sure it is that a cell answers an exercise; more is surer."""

    BY_CHECK = 1
    BY_ID_ALONE = 2
    """Its id is that of the exercise's cell, but its first line names another."""
    BY_MARKER = 3
    BY_ID = 4


@dataclass
class Match:
    """The cells of one exercise, by their places among the pieces."""

    released: ReleasedCell
    """Its released cell."""
    chosen: int | None = None
    """The cell that counts."""
    how: How = How.BY_ID
    others: list[int] = field(default_factory=list)
    """Cells that name it too and do not count, without those that are as they were released."""
    spare: list[int] = field(default_factory=list)
    """Cells as they were released, in whose place another one counts."""
    became_text: bool = False
    """Whether its cell was turned into text, so that nothing of it runs."""


def match(pieces: Sequence[Piece], released: Sequence[ReleasedCell]) -> dict[str, Match]:
    """Give for each exercise of the release, in order, the cells that answer it."""
    matches = {cell.exercise: Match(cell) for cell in released if cell.exercise}
    claims = [_claims(piece, matches) for piece in pieces]
    used: set[int] = set()
    for exercise, found in matches.items():
        _choose(found, _candidates(exercise, claims, used), pieces)
        if found.chosen is not None:
            used.add(found.chosen)
    for exercise, found in matches.items():
        found.became_text = found.chosen is None and any(
            piece.identity is not None and piece.identity.exercise == exercise and not piece.is_code
            for piece in pieces
        )
        others = [index for index in found.others if index not in used]
        found.spare = [index for index in others if _untouched(pieces[index], found)]
        found.others = [index for index in others if index not in found.spare]
    return matches


def _claims(piece: Piece, matches: Mapping[str, Match]) -> dict[str, How]:
    """Say which exercises a piece may answer."""
    if not piece.is_code:
        return {}
    named = piece.marker if piece.marker in matches else None
    own = piece.identity.exercise if piece.identity else None
    if own and named in (None, own):
        return {own: How.BY_ID}
    claims = {own: How.BY_ID_ALONE} if own else {}
    if named:
        claims[named] = How.BY_MARKER
    if not claims and piece.identity is None:
        by_view = {exercise.partition(".")[2]: exercise for exercise in matches}
        checked = [by_view[v] for v in _CHECKS.findall(piece.source) if v in by_view]
        claims = dict.fromkeys(checked[:1], How.BY_CHECK)
    return claims


def _candidates(
    exercise: str, claims: Sequence[Mapping[str, How]], used: set[int]
) -> list[tuple[int, How]]:
    found = [
        (index, claim[exercise])
        for index, claim in enumerate(claims)
        if exercise in claim and index not in used
    ]
    # What its first line says goes before an id that says something else.
    return [
        (index, how)
        for index, how in found
        if how is not How.BY_ID_ALONE or not _only_answer_named(exercise, claims, index)
    ]


def _only_answer_named(exercise: str, claims: Sequence[Mapping[str, How]], index: int) -> bool:
    """Say whether a cell whose id names this exercise is the only one of another exercise."""
    named = next(other for other, how in claims[index].items() if how is How.BY_MARKER)
    others = (claim.get(named) for place, claim in enumerate(claims) if place != index)
    return not any(how is not None and how >= How.BY_MARKER for how in others)


def _choose(found: Match, candidates: list[tuple[int, How]], pieces: Sequence[Piece]) -> None:
    touched = [(i, how) for i, how in candidates if not _untouched(pieces[i], found)]
    ranked = sorted(touched or candidates, key=lambda candidate: (candidate[1], candidate[0]))
    if not ranked:
        return
    found.chosen, found.how = ranked[-1]
    found.others = [i for i, how in candidates if i != found.chosen and how is not How.BY_CHECK]


def _untouched(piece: Piece, found: Match) -> bool:
    return alike(piece.source, found.released.cell.source)
