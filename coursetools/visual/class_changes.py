"""Lesson 5: transformations that keep a picture's class, and some that change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.datasets import lesson_picture
from coursetools.operations import apply_affine_transform, turned_hue
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, PictureError, as_picture

_SIZE = 128
_ACROSS = 4
_WIDE, _TALL, _SIDE = 2.4, 1.78, 0.98
_KEPT, _CHANGED = "\N{CHECK MARK}", "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True)
class Change:
    """A picture before and after a transformation, and whether its class is still true.

    before, after: Shape (h, w, 3), floats in 0 to 1.
    name: What was done, in a few words.
    kept: Whether one would still give the same label.
    why: A few words.
    """

    before: Any
    after: Any
    name: str
    kept: bool
    why: str


@style.styled
def class_changes(changes: Sequence[Change] | None = None) -> Figure:
    """Return a figure of pictures before and after a transformation, each with a verdict.

    Args:
        changes: What to show; None shows the lesson's eight, of digits, tiles and flowers.

    Raises:
        PictureError: There is none, or a picture has another shape, type or range.
    """
    shown = lesson_changes() if changes is None else tuple(changes)
    if not shown:
        raise PictureError("`changes` must hold at least one change, but it is empty.")
    across = min(_ACROSS, len(shown))
    rows = -(-len(shown) // across)
    figure, board = shapes.drawing_board(rows * _TALL + 0.1, width=across * _WIDE)
    for place, change in enumerate(shown):
        corner = (place % across) * _WIDE + 0.1, (rows - 1 - place // across) * _TALL + 0.1
        _draw(board, change, corner, f"changes[{place}]")
    words = " ".join(
        f"{change.name}: {'same class' if change.kept else 'class changed'}, {change.why}."
        for change in shown
    )
    describe(figure, f"{len(shown)} pictures, each before and after a transformation. {words}")
    return figure


def _draw(board: Axes, change: Change, corner: tuple[float, float], name: str) -> None:
    left, low = corner
    colour = style.BASE if change.kept else style.TRUCK
    sign = _KEPT if change.kept else _CHANGED
    shapes.thumbnail(board, as_picture(change.before, name=name), (left, low + 0.32), _SIDE)
    shapes.thumbnail(
        board, as_picture(change.after, name=name), (left + _SIDE + 0.24, low + 0.32), _SIDE
    )
    height = low + 0.32 + _SIDE / 2
    shapes.arrow(board, (left + _SIDE + 0.03, height), (left + _SIDE + 0.21, height))
    top = low + 0.32 + _SIDE + 0.08
    board.text(left, top, f"{sign} {change.name}", size=11, weight="bold", color=colour)
    board.text(left, low + 0.2, change.why, size=10, va="center")


def lesson_changes() -> tuple[Change, ...]:
    """Return the lesson's pairs, made of its own pictures."""
    six, tile, water, flower = (
        lesson_picture(name, size=_SIZE) for name in ("digit-6", "tile-1", "tile-2", "flower-1")
    )
    return (
        Change(six, _turned(six, 2), "half a turn", False, "the 6 has become a 9"),
        Change(six, six[:, ::-1], "mirrored", False, "that is no digit"),
        Change(tile, _turned(tile, 1), "a quarter turn", True, "from above, no up"),
        Change(tile, tile[::-1], "top to bottom", True, "from above, no up"),
        Change(water, water[..., ::-1], "colours swapped", False, "water or crop?"),
        Change(flower, flower[:, ::-1], "mirrored", True, "the same species"),
        Change(
            flower,
            apply_affine_transform(flower, tx=12),
            "shifted a little",
            True,
            "the same species",
        ),
        Change(flower, turned_hue(flower, 0.35), "hue turned far", False, "another species?"),
    )


def _turned(picture: Floats, quarters: int) -> Floats:
    return np.rot90(picture, quarters).copy()
