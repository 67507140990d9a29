"""Lesson 5: the inside of one block, step by step, on a real picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import KERNELS, convolve, max_pool, relu
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, as_picture
from coursetools.visual.maps import SIGNED, shared_limit

_KERNELS = ("bottom_sobel", "left_sobel", "right_sobel", "top_sobel")
_SIDE, _LOW, _CARD = 1.3, 0.88, 0.09


@style.styled
def block_inside(image: Any, convolutions: int = 1) -> Figure:
    """Return a figure of what a block does to a picture: filter, detect, condense.

    Four known kernels stand for the block's filters; their maps lie behind each other as cards.

    Args:
        image: A picture of at least 8 by 8 pixels, floats in 0 to 1; in colour it turns grey.
        convolutions: How many convolutions with ReLU come before the pooling, 1 to 3. Each after
            the first is written down, not computed.

    Raises:
        PictureError: The picture has another shape, type or range.
        ValueError: `convolutions` is another number.
    """
    if convolutions not in (1, 2, 3):
        raise ValueError(f"`convolutions` must be 1, 2 or 3, but it is `{convolutions}`.")
    picture = as_picture(image).mean(axis=-1)
    filtered = np.stack(
        [convolve(picture, KERNELS[name], padding="same") for name in _KERNELS], axis=-1
    )
    detected = relu(filtered)
    condensed = max_pool(detected, 2)
    figure, board = shapes.drawing_board(3.15)
    shapes.box(board, (1.95, 0.12), (7.52, 2.92), edge=style.BASE, fill="#eef6f6")
    board.text(2.1, 2.82, "One block", size=13, weight="bold", color=style.BASE, va="center")
    shapes.thumbnail(board, picture, (0.15, _LOW), _SIDE)
    _under(board, 0.15 + _SIDE / 2, f"in: {picture.shape[0]}{shapes.TIMES}{picture.shape[1]}")
    limit = shared_limit([filtered])
    steps = (
        (2.4, "Convolution", "filters", filtered, _SIDE),
        (5.0, "ReLU", "detects", detected, _SIDE),
        (7.6, "MaxPool", "condenses", condensed, _SIDE / 2),
    )
    for left, name, verb, maps, side in steps:
        low = _LOW + (_SIDE - side) / 2
        _cards(board, maps, (left, low), side, limit)
        middle = left + _SIDE / 2
        board.text(middle + 0.14, 2.5, name, ha="center", va="center", size=11.5, weight="bold")
        _under(board, middle, f"{verb}: {shapes.by(maps.shape)}")
    for start, end in ((1.55, 2.3), (4.1, 4.9), (6.7, 7.5)):
        shapes.arrow(board, (start, _LOW + _SIDE / 2), (end, _LOW + _SIDE / 2))
    if convolutions > 1:
        words = f"convolution and ReLU {convolutions} times, then the pooling once"
        board.text(2.1, 0.32, words, size=10.5, va="center")
    describe(figure, _text(picture, filtered, detected, condensed, convolutions))
    return figure


def _cards(
    board: Axes, maps: Floats, corner: tuple[float, float], side: float, limit: float
) -> None:
    count = maps.shape[-1]
    # Roots: next to hard edges those of a photograph are faint.
    lifted = np.sign(maps) * np.sqrt(np.abs(maps) / limit)
    for position in range(count):
        back = count - 1 - position
        place = corner[0] + back * _CARD, corner[1] + back * _CARD - 0.1
        shapes.thumbnail(
            board,
            lifted[..., back],
            place,
            side,
            cmap=SIGNED,
            vmin=-1,
            vmax=1,
            zorder=3 + 0.1 * position,
        )


def _under(board: Axes, middle: float, words: str) -> None:
    board.text(middle, _LOW - 0.27, words, ha="center", va="center", size=10.5)


def _text(
    picture: Floats, filtered: Floats, detected: Floats, condensed: Floats, convolutions: int
) -> str:
    times = "" if convolutions == 1 else f" These two steps come {convolutions} times."
    return (
        f"One block. In goes a picture of {picture.shape[0]} by {picture.shape[1]}. The "
        f"convolution filters it with 4 kernels: maps of {shapes.by(filtered.shape)} from "
        f"{filtered.min():.1f} to {filtered.max():.1f}. ReLU detects: "
        f"{(filtered < 0).mean():.0%} of the values were below 0 and become 0; the maps stay "
        f"{shapes.by(detected.shape)}.{times} MaxPool condenses them to "
        f"{shapes.by(condensed.shape)} and keeps the largest value, {condensed.max():.1f}."
    )
