"""Which handed-in cell answers which exercise.

A cell that has the released id counts first, then one whose first line names the exercise, then
one that asks for its check. A cell that is as it was released is nobody's answer while another
one is there.
"""

from __future__ import annotations

import re
from collections import Counter
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
    sure = Counter(e for claim in claims for e, how in claim.items() if how >= How.BY_MARKER)
    used: set[int] = set()
    for exercise, found in matches.items():
        _choose(found, _candidates(exercise, claims, used, sure), pieces)
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
    exercise: str,
    claims: Sequence[Mapping[str, How]],
    used: set[int],
    sure: Mapping[str, int],
) -> list[tuple[int, How]]:
    """Give the cells that may answer an exercise.

    What its first line says goes before an id that says something else, unless the exercise of
    that line has other cells.
    """
    return [
        (index, claim[exercise])
        for index, claim in enumerate(claims)
        if exercise in claim
        and index not in used
        and (claim[exercise] is not How.BY_ID_ALONE or sure[_named(claim)] > 1)
    ]


def _named(claim: Mapping[str, How]) -> str:
    return next(exercise for exercise, how in claim.items() if how is How.BY_MARKER)


def _choose(found: Match, candidates: list[tuple[int, How]], pieces: Sequence[Piece]) -> None:
    touched = [(i, how) for i, how in candidates if not _untouched(pieces[i], found)]
    ranked = sorted(touched or candidates, key=lambda candidate: (candidate[1], candidate[0]))
    if not ranked:
        return
    found.chosen, found.how = ranked[-1]
    found.others = [i for i, how in candidates if i != found.chosen and how is not How.BY_CHECK]


def _untouched(piece: Piece, found: Match) -> bool:
    return alike(piece.source, found.released.cell.source)
