"""Many filters on one picture: each makes a map of its own."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import convolve
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.maps import (
    TIMES,
    KernelError,
    extremes,
    filter_scales,
    put_map,
    shared_limit,
)


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

    In a corner of each map stands its kernel, in colour if it sees three channels; a weight of 0
    is middle grey.

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
    figure, places = _grid(picture, len(chosen), columns)
    limit = shared_limit([maps])
    scales = filter_scales(weights, shared=shared_scale)
    silent = np.abs(weights).max(axis=(0, 1, 2)) < scales / 2
    for place, (ax, number) in enumerate(zip(places, chosen, strict=True)):
        answer = maps[..., place]
        own = not (shared_scale or silent[number])
        put_map(ax, answer, shared_limit([answer]) if own else limit)
        ax.set_title(str(number), loc="center", fontsize=10, fontweight="normal", pad=3)
        _inset(ax, weights[..., number] / scales[number])
    describe(figure, _text(picture, weights, maps, chosen))
    return figure


def _grid(picture: Floats, count: int, columns: int) -> tuple[Figure, list[Axes]]:
    """Return a figure with the picture on its left, and axes for the maps."""
    height, width, channels = picture.shape
    cell = 0.92 * style.WIDTH / (columns + 1.3)
    rows = ceil(count / columns)
    figure = style.new_figure(max(rows * (cell * height / width + 0.3), 1.9))
    grid = figure.add_gridspec(rows, columns + 1, width_ratios=[1.3, *[1] * columns])
    first = figure.add_subplot(grid[:, 0])
    put_picture(first, picture)
    first.set_title("picture", loc="center", fontsize=12)
    size = f"{height}{TIMES}{width}{TIMES}{channels}"
    first.set_xlabel(size, fontsize=10, color=style.MUTED, fontweight="normal")
    places = (grid[place // columns, 1 + place % columns] for place in range(count))
    return figure, [figure.add_subplot(place) for place in places]


def _text(picture: Floats, weights: Floats, maps: Floats, chosen: list[int]) -> str:
    height, width, channels = picture.shape
    low, high = extremes(maps)
    strongest = chosen[int(np.argmax(np.abs(maps).max(axis=(0, 1))))]
    counted = "channel" if channels == 1 else "channels"
    return (
        f"A picture of {height} by {width} with {channels} {counted}, and the maps of "
        f"{len(chosen)} filters on it, {maps.shape[0]} by {maps.shape[1]} each, each with its "
        f"kernel of {weights.shape[0]} by {weights.shape[1]}. Values from {low:.3g} to "
        f"{high:.3g}; filter {strongest} answers most strongly."
    )


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
