"""Lesson 5: a convnet as a chain of blocks, each making larger features of the last one's."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import shapes, style
from coursetools.visual.alt import describe

_WORDS = ("lines and contrasts", "corners, textures", "parts of things", "whole things")
_MIDDLE, _TALL = 0.98, 0.96
_MOST = len(_WORDS)


@style.styled
def block_chain(blocks: int = 3) -> Figure:
    """Return a figure of picture, blocks, head and class in a row.

    Args:
        blocks: How many blocks, 1 to 4.

    Raises:
        ValueError: There are fewer or more.
    """
    if not 1 <= blocks <= _MOST:
        raise ValueError(f"`blocks` must be 1 to {_MOST}, but it is `{blocks}`.")
    figure, board = shapes.drawing_board(2.05)
    board.text(0.12, 1.8, "Features of features: block after block", size=13, weight="bold")
    names = ["Picture", *(f"Block {number}" for number in range(1, blocks + 1)), "Head"]
    step = (style.WIDTH - 0.9) / len(names)
    wide = min(1.3, step - 0.42)
    for place, name in enumerate(names):
        left = 0.12 + place * step
        if place:
            shapes.arrow(board, (left - step + wide + 0.06, _MIDDLE), (left - 0.06, _MIDDLE))
        _draw(board, name, left, wide)
        _write(board, left + wide / 2, _below(name, place, blocks))
    end = 0.12 + (len(names) - 1) * step + wide
    shapes.arrow(board, (end + 0.06, _MIDDLE), (end + 0.36, _MIDDLE))
    board.text(end + 0.43, _MIDDLE, "Truck\nor Car", va="center", size=11, weight="bold")
    stages = "; ".join(f"block {number + 1}: {_WORDS[number]}" for number in range(blocks))
    describe(
        figure,
        f"A chain: a picture, {blocks} {'block' if blocks == 1 else 'blocks'}, a head, and the "
        f"class, Truck or Car. What each block finds, from simple to refined: {stages}.",
    )
    return figure


def _draw(board: Axes, name: str, left: float, wide: float) -> None:
    edge, fill = style.BASE, style.BASE_LIGHT
    if name == "Picture":
        edge, fill = style.MUTED, style.PAPER
    elif name == "Head":
        edge, fill = style.HEAD, style.HEAD_LIGHT
    shapes.box(board, (left, _MIDDLE - _TALL / 2), (wide, _TALL), edge=edge, fill=fill)
    board.text(left + wide / 2, _MIDDLE, name, ha="center", va="center", size=13, weight="bold")


def _below(name: str, place: int, blocks: int) -> str:
    if name == "Picture":
        return "pixels"
    if name == "Head":
        return "decides"
    return _WORDS[place - 1] if blocks > 1 else "features"


def _write(board: Axes, middle: float, words: str) -> None:
    board.text(middle, 0.4, words, ha="center", va="top", size=10.5, color=style.INK)
