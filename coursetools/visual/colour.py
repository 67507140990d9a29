"""Colour and many filters: three channels add up to one map, and each filter makes its own."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import convolve
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.kernel import show_kernel
from coursetools.visual.maps import (
    TIMES,
    KernelError,
    as_kernel,
    extremes,
    filter_scales,
    kernel_text,
    map_text,
    put_map,
    shared_limit,
    size_and_range,
    written,
)

_CHANNELS = (("Red", "Reds_r"), ("Green", "Greens_r"), ("Blue", "Blues_r"))
_SIDE = 1.42


@style.styled
def channel_sum(image: Any, kernel: Any, *, bias: float = 0.0) -> Figure:
    """Return a figure of a kernel on a picture in colour: three answers, added to one map.

    The three answers and the map share a scale: blue is above zero, orange below.

    Args:
        image: One picture in colour.
        kernel: Shape (rows, columns, 3), a slice for each channel, or (rows, columns), the same
            for all three.
        bias: A number added to every place of the map.

    Raises:
        PictureError: The picture is not in colour, or has another shape, type or range.
        KernelError: The kernel has another shape or type.
        NoStopError: The kernel is larger than the picture.
    """
    picture = as_picture(image)
    if picture.shape[-1] != 3:
        raise PictureError(f"`image` must have three channels, but it has `{picture.shape[-1]}`.")
    slices = _slices(kernel)
    answers = [convolve(picture[..., c], slices[..., c]) for c in range(3)]
    total = sum(answers[1:], answers[0]) + np.float32(bias)
    limit = shared_limit([*answers, total])
    figure, board = shapes.drawing_board(5.35)
    for channel, (name, tint) in enumerate(_CHANNELS):
        low = 0.32 + (2 - channel) * (_SIDE + 0.26)
        ax = shapes.axes_at(figure, (0.75, low, _SIDE, _SIDE))
        # Dark where the channel is dark, and never told apart by the tint alone.
        ax.imshow(picture[..., channel], cmap=tint, vmin=0, vmax=1.15)
        style.bare(ax)
        board.text(0.68, low + _SIDE / 2, name, ha="right", va="center", weight="bold", size=12)
        tile = shapes.axes_at(figure, (2.62, low + 0.16, 1.1, 1.1))
        show_kernel(slices[..., channel], ax=tile, text_size=13, label=slices.shape[0] <= 7)
        answer = shapes.axes_at(figure, (4.22, low, _SIDE, _SIDE))
        put_map(answer, answers[channel], limit)
        _caption(board, 4.22 + _SIDE / 2, low - 0.11, size_and_range(answers[channel]))
        for x, sign in ((2.4, TIMES), (3.96, "=")):
            board.text(x, low + _SIDE / 2, sign, ha="center", va="center", size=17)
        board.plot(
            [5.72, 6.3],
            [low + _SIDE / 2, 0.32 + 1.5 * _SIDE + 0.26],
            color=style.MUTED,
            lw=1.2,
            zorder=0.5,
        )
    middle = 0.32 + 1.5 * _SIDE + 0.26
    shapes.box(board, (6.14, middle - 0.2), (0.4, 0.4), edge=style.INK, fill=style.PAPER)
    board.text(6.34, middle, "+", ha="center", va="center", size=16, weight="bold")
    if bias:
        board.text(6.42, middle - 0.36, f"bias {written(bias)}", ha="left", va="center", size=10)
    shapes.arrow(board, (6.6, middle), (6.96, middle))
    side = 2.4
    ax = shapes.axes_at(figure, (7.06, middle - side / 2, side, side))
    put_map(ax, total, limit)
    board.text(
        7.06 + side / 2,
        middle + side / 2 + 0.2,
        "one map",
        ha="center",
        va="center",
        weight="bold",
        size=12,
    )
    _caption(board, 7.06 + side / 2, middle - side / 2 - 0.14, size_and_range(total))
    describe(figure, _sum_text(slices, answers, total, bias))
    return figure


@style.styled
def many_filters(
    image: Any,
    kernels: Any,
    *,
    columns: int = 4,
    stride: int = 1,
    padding: str = "valid",
    numbers: Any = None,
    shared_scale: bool = True,
) -> Figure:
    """Return a figure of a picture and the map that each filter of a layer makes of it.

    In each stands its kernel: in colour, middle grey being 0, if
    it sees three channels.

    Args:
        image: One picture; in colour for kernels of three slices, else grey or one channel.
        kernels: Shape (rows, columns, channels, filters), as layers keep them.
        columns: Maps in a row, 2 to 8.
        stride: Pixels from one stop of the window to the next.
        padding: "valid" or "same".
        numbers: Which filters are shown, by number; None shows the first 16.
        shared_scale: Whether all maps share one scale of colours, and all kernels one. On a scale
            of its own a weak filter's map can be seen too; a filter without any weight to speak
            of stays silent.

    Raises:
        PictureError: The picture has another shape, type or range, or other channels.
        KernelError: The kernels have another shape or type, or there is no such filter.
        WindowError: Stride or padding is none, or the kernel is larger than the picture.
        ValueError: `columns` is not from 2 to 8.
    """
    picture = as_picture(image)
    weights = _bank(kernels, picture.shape[-1])
    if not 2 <= columns <= 8:
        raise ValueError(f"`columns` must be from 2 to 8, but it is `{columns}`.")
    chosen = _chosen(numbers, weights.shape[-1])
    maps = convolve(picture, weights[..., chosen], stride=stride, padding=padding)
    limit = shared_limit([maps])
    height, width = picture.shape[:2]
    cell = 0.92 * style.WIDTH / (columns + 1.3)
    rows = ceil(len(chosen) / columns)
    figure = style.new_figure(max(rows * (cell * height / width + 0.3), 1.9))
    grid = figure.add_gridspec(rows, columns + 1, width_ratios=[1.3, *[1] * columns])
    first = figure.add_subplot(grid[:, 0])
    put_picture(first, picture)
    first.set_title("picture", loc="center", fontsize=12)
    first.set_xlabel(
        f"{height}{TIMES}{width}{TIMES}{picture.shape[-1]}", fontsize=10, color=style.MUTED
    )
    scales = filter_scales(weights, shared=shared_scale)
    silent = np.abs(weights).max(axis=(0, 1, 2)) < scales / 2
    for place, number in enumerate(chosen):
        ax = figure.add_subplot(grid[place // columns, 1 + place % columns])
        answer, kernel = maps[..., place], weights[..., number]
        own = not (shared_scale or silent[number])
        put_map(ax, answer, shared_limit([answer]) if own else limit)
        ax.set_title(str(number), loc="center", fontsize=10, fontweight="normal", pad=3)
        _inset(ax, kernel / scales[number])
    low, high = extremes(maps)
    strongest = chosen[int(np.argmax(np.abs(maps).max(axis=(0, 1))))]
    describe(
        figure,
        f"A picture of {height} by {width} with {picture.shape[-1]} channels, and the maps of "
        f"{len(chosen)} filters on it, {maps.shape[0]} by {maps.shape[1]} each, each with its "
        f"kernel of {weights.shape[0]} by {weights.shape[1]}. Values from {low:.3g} to "
        f"{high:.3g}; filter {strongest} answers most strongly.",
    )
    return figure


def _slices(kernel: Any) -> Floats:
    array = np.asarray(kernel)
    if array.ndim == 4 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim == 3 and array.shape[-1] == 3:
        return np.stack([as_kernel(array[..., c]) for c in range(3)], axis=-1)
    if array.ndim == 3:
        raise KernelError(
            f"`kernel` must have three slices, shape (rows, columns, 3), but it is `{array.shape}`."
        )
    return np.stack([as_kernel(array)] * 3, axis=-1)


def _bank(kernels: Any, channels: int) -> Floats:
    array = np.asarray(kernels)
    if array.ndim != 4 or array.dtype.kind not in "biuf" or not np.isfinite(array).all():
        raise KernelError(
            "`kernels` must be finite numbers of shape (rows, columns, channels, filters), but "
            f"their shape is `{array.shape}` and their type `{array.dtype}`."
        )
    if array.shape[2] != channels:
        raise PictureError(
            f"These kernels need a picture of `{array.shape[2]}` channels, but `image` has "
            f"`{channels}`."
        )
    return array.astype(np.float32)


def _chosen(numbers: Any, count: int) -> list[int]:
    if numbers is None:
        return list(range(min(count, 16)))
    chosen = [int(number) for number in numbers]
    wrong = [number for number in chosen if not 0 <= number < count]
    if wrong or not chosen:
        raise KernelError(
            f"`numbers` must name filters from 0 to {count - 1}, but "
            + (f"one is `{wrong[0]}`." if wrong else "it is empty.")
        )
    return chosen


def _inset(ax: Axes, shares: Floats) -> None:
    """Draw a kernel in a corner of its map, its weights scaled to -1 to 1."""
    inset = ax.inset_axes((0.02, 0.02, 0.28, 0.28))
    tile = np.clip(shares / 2 + 0.5, 0, 1)
    inset.imshow(tile if tile.shape[-1] == 3 else tile[..., 0], cmap="gray", vmin=0, vmax=1)
    inset.set_xticks([])
    inset.set_yticks([])
    for spine in inset.spines.values():
        spine.set(visible=True, color="white", linewidth=1.5)


def _caption(board: Axes, x: float, y: float, words: str) -> None:
    board.text(x, y, words, ha="center", va="center", size=9.5, color=style.MUTED)


def _sum_text(slices: Floats, answers: list[Floats], total: Floats, bias: float) -> str:
    parts = [
        f"{name}: a {kernel_text(slices[..., channel])} answers {map_text(answers[channel])}."
        for channel, (name, _) in enumerate(_CHANNELS)
    ]
    added = f" and a bias of {bias:g}" if bias else ""
    return (
        f"A kernel of three slices on a picture in colour. {' '.join(parts)} The three answers"
        f"{added} are added place by place to one map: {map_text(total)}."
    )
