"""Where a handed-in cell stands among the released ones.

Where cells of ours were moved, the largest set of them that is still in our order says where what
stands between them is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from coursetools.grading.notebook.matching import Match
from coursetools.grading.notebook.pieces import Piece

START = -1
"""The place before the first released cell."""


def places_of(pieces: Sequence[Piece], matches: Mapping[str, Match]) -> list[int | None]:
    """Give the released place in which each piece stands, None for what stands between."""
    places = [piece.identity.place if piece.identity else None for piece in pieces]
    for found in matches.values():
        for index in found.others:
            places[index] = None
        if found.chosen is None:
            continue
        if places[found.chosen] != found.released.place:
            places[found.chosen] = found.released.place
            # A cell below the released one that was left as it was is where it should be.
            if found.spare and _below(found.chosen, places) == found.released.place:
                places[found.chosen] = None
    return places


def _below(index: int, places: Sequence[int | None]) -> int:
    """Give the place of the nearest cell above that stands in one."""
    return next((p for p in reversed(places[:index]) if p is not None), START)


def standing(places: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Give each piece that stands between released cells, with the place it stands below."""
    kept = in_order(places)
    below = START
    for index, place in enumerate(places):
        if place is None:
            yield index, below
        elif index in kept:
            below = place


def in_order(places: Sequence[int | None]) -> set[int]:
    """Give the pieces that stand in our order: as many as can be chosen so.

    The longest increasing subsequence, by patience sorting.
    """
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for index, place in enumerate(places):
        if place is None:
            continue
        length = bisect_left(tails, place)
        before[index] = ends[length - 1] if length else None
        tails[length:] = [place, *tails[length + 1 :]]
        ends[length:] = [index, *ends[length + 1 :]]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
