"""Kernels and feature maps as pictures: what is accepted, and one colour map for signs.

Zero is white wherever a value may be negative, so that silence looks like paper: orange is below
zero, blue above it. The two differ for every kind of colour blindness, and what a figure says by
them it also says in numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap, to_rgb
from numpy.typing import NDArray

from coursetools.operations import MapError
from coursetools.visual import style
from coursetools.visual.inputs import Floats

NEGATIVE = "#a34300"
POSITIVE = "#12579b"
SIGNED: Colormap = LinearSegmentedColormap.from_list(
    "signed", [NEGATIVE, "#ea9b57", "#fbe5d0", "#ffffff", "#d3e5f4", "#6aa6d8", POSITIVE], N=513
)
"""Orange below zero, white at zero, blue above: drawn from -limit to limit."""

TIMES = "\u00d7"
MINUS = "\u2212"


class KernelError(ValueError):
    """A kernel is not numbers of a shape that can be drawn or applied."""


def as_kernel(kernel: Any, *, name: str = "kernel") -> Floats:
    """Return a kernel as float32 of shape (rows, columns).

    Args:
        kernel: Anything NumPy reads as numbers: a list, an array, a tensor; also of shape
            (rows, columns, 1) or (rows, columns, 1, 1), as layers keep it.
        name: What the caller calls it, for the message.

    Raises:
        KernelError: The shape or the type is another, or a number is not finite.
    """
    array = _numbers(kernel, name, KernelError)
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim != 2 or not array.size:
        raise KernelError(
            f"`{name}` must have the shape (rows, columns), such as (3, 3), but it is "
            f"`{np.shape(kernel)}`."
        )
    return _finite(array, name, KernelError)


def as_map(values: Any, *, name: str = "feature_map") -> Floats:
    """Return one feature map as float32 of shape (rows, columns).

    Args:
        values: Shape (h, w), (h, w, 1), or one of these in a batch of one; any finite numbers.
        name: What the caller calls it, for the message.

    Raises:
        MapError: The shape or the type is another, or a number is not finite.
    """
    array = _numbers(values, name, MapError)
    while array.ndim > 2 and array.shape[0] == 1:
        array = array[0]
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim != 2 or not array.size:
        raise MapError(
            f"`{name}` must be one map of shape (height, width), but its shape is "
            f"`{np.shape(values)}`."
        )
    return _finite(array, name, MapError)


def largest(maps: Iterable[Floats]) -> float:
    """Return the largest distance from zero in some maps, the limit of a scale they share.

    It is 1 if all is zero, so that there is a scale.
    """
    return max((float(np.abs(one).max()) for one in maps), default=0.0) or 1.0


def shared_limit(maps: Iterable[Floats]) -> float:
    """Return the limit of a scale on which the maps of a photograph are compared.

    Of all the values that are not zero, one in a hundred lies beyond it: a few bright specks
    would otherwise leave everything else pale. It is 1 if all is zero.
    """
    values = np.concatenate([np.abs(one[one != 0]).ravel() for one in maps] or [np.empty(0)])
    return float(np.percentile(values, 99)) if values.size else 1.0


def filter_scales(kernels: Floats, *, shared: bool) -> Floats:
    """Return the weight that has the strongest colour, for each filter of a layer.

    It is the filter's own largest weight, or the largest of all if `shared`. A filter without
    any weight to speak of, under a thousandth of the largest, also gets that: it stays grey.

    Args:
        kernels: Shape (rows, columns, channels, filters).
        shared: Whether all filters have one scale.

    Returns:
        float32 of shape (filters,), all above 0.
    """
    own = np.abs(kernels).max(axis=(0, 1, 2))
    most = float(own.max()) or 1.0
    return np.where((own > most / 1000) & (not shared), own, most).astype(np.float32)


def put_map(ax: Axes, values: Floats, limit: float, *, gamma: float = 1.0) -> None:
    """Draw a feature map in a thin frame, its colours running from -limit to limit.

    Values beyond the limit have the colour of the limit. `gamma` below 1 lifts weak values of
    either sign; zero and the limit stay where they are.
    """
    shares = np.sign(values) * np.abs(values / limit) ** gamma
    ax.imshow(shares, cmap=SIGNED, vmin=-1, vmax=1)
    style.bare(ax)
    frame(ax)


def put_strength(ax: Axes, values: Floats, limit: float, *, gamma: float = 1.0) -> None:
    """Draw a map without negative values in a thin frame, from black at 0 to bright at `limit`."""
    ax.imshow((values / limit) ** gamma, cmap=colormaps["magma"], vmin=0, vmax=1)
    style.bare(ax)
    frame(ax)


def put_numbers(
    ax: Axes,
    values: Floats,
    words: NDArray[np.str_],
    *,
    limit: float,
    text_size: float,
    grey: bool = False,
) -> None:
    """Draw a small array as coloured cells with a word in each.

    Args:
        ax: Where to draw; the axes lose ticks and frame, all else is left.
        values: Shape (rows, columns); gives the colours.
        words: As many; "" leaves a cell without.
        limit: The value of the strongest colour, or of white if `grey`.
        text_size: Points; smaller where the words would not fit the cells.
        grey: Whether the cells are pixels, black at 0, and not signed numbers.
    """
    colours = colormaps["gray"] if grey else SIGNED
    shares = values / limit if grey else (values / limit + 1) / 2
    ax.imshow(shares, cmap=colours, vmin=0, vmax=1)
    style.bare(ax)
    rows, columns = values.shape
    for edge in range(rows + 1):
        ax.axhline(edge - 0.5, color=style.LINE, linewidth=0.8, clip_on=False)
    for edge in range(columns + 1):
        ax.axvline(edge - 0.5, color=style.LINE, linewidth=0.8, clip_on=False)
    size = min(text_size, _fitting_size(ax, values.shape, words))
    for (row, column), word in np.ndenumerate(words):
        if word:
            colour = readable_on(colours(shares[row, column]))
            ax.text(column, row, word, color=colour, size=size, ha="center", va="center")


def frame(ax: Axes) -> None:
    """Draw a thin frame: white at its border, a picture would run into the page."""
    for spine in ax.spines.values():
        spine.set(visible=True, color=style.LINE, linewidth=0.8)


def readable_on(colour: Any) -> str:
    """Return "black" or "white", whichever stands out more on a colour: at least 4.5 to 1.

    The brightness is that of the Web Content Accessibility Guidelines (relative luminance).
    """
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    brightness = float(linear @ [0.2126, 0.7152, 0.0722])
    return "black" if (brightness + 0.05) / 0.05 >= 1.05 / (brightness + 0.05) else "white"


def number_words(values: Floats, digits: int | None = None) -> NDArray[np.str_]:
    """Return each number as it is written in a cell: three figures, or `digits` decimals."""
    return np.array([written(float(value), digits) for value in values.flat]).reshape(values.shape)


def written(value: float, digits: int | None = None) -> str:
    """Return a number as it is written in a figure, with a true minus sign and never as -0."""
    number = float(value) if digits is None else round(float(value), digits)
    few = digits is None and abs(number) < 999.5
    return f"{number + 0.0:{'.3g' if few else '.7g'}}".replace("-", MINUS)


def size_and_range(values: Floats) -> str:
    """Return what stands under a map: its size and the values it runs between."""
    rows, columns = values.shape
    low, high = (f"{value + 0.0:.3g}".replace("-", MINUS) for value in extremes(values))
    return f"{rows}{TIMES}{columns},  {low} to {high}"


def map_text(values: Floats) -> str:
    """Return a feature map in words, with its numbers, for an alt text."""
    low, high = extremes(values)
    parts = [f"{values.shape[0]} by {values.shape[1]}, from {low:.3g} to {high:.3g}"]
    negative, zero = float((values < 0).mean()), float((values == 0).mean())
    if negative:
        parts.append(f"{negative:.0%} negative")
    if zero:
        parts.append(f"{zero:.0%} zero")
    return ", ".join(parts)


def kernel_text(kernel: Floats) -> str:
    """Return a kernel in words, row by row, for an alt text."""
    rows, columns = kernel.shape
    if kernel.size > 49:
        low, high = extremes(kernel)
        return f"{rows} by {columns} kernel with weights from {low:.3g} to {high:.3g}"
    numbers = "; ".join(", ".join(f"{value + 0.0:.3g}" for value in row) for row in kernel)
    return f"{rows} by {columns} kernel ({numbers})"


def extremes(values: Floats) -> tuple[float, float]:
    """Return the least and the greatest value."""
    return float(values.min()), float(values.max())


def _fitting_size(ax: Axes, shape: tuple[int, ...], words: NDArray[np.str_]) -> float:
    box = ax.get_window_extent()
    points = 72 / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    # The picture keeps its cells square, so it may be smaller than its axes.
    cell = min(box.width / shape[1], box.height / shape[0]) * points
    longest = max(len(str(word)) for word in words.flat)
    # A digit is about 0.64 of the letters' size wide.
    return max(float(min(0.55 * cell, 0.92 * cell / (0.64 * max(longest, 1)))), 4.0)


def _numbers(value: Any, name: str, error: type[ValueError]) -> NDArray[Any]:
    try:
        array = np.asarray(value)
    except ValueError as reason:
        raise error(f"`{name}` must be an array of numbers, but NumPy says: `{reason}`") from reason
    if array.dtype.kind not in "biuf":
        raise error(
            f"`{name}` must be numbers, but it is `{type(value).__name__}` with elements of type "
            f"`{array.dtype}`."
        )
    return array


def _finite(array: NDArray[Any], name: str, error: type[ValueError]) -> Floats:
    wrong = array[~np.isfinite(array)]
    if wrong.size:
        raise error(f"`{name}` must hold finite numbers, but {wrong.size} are not: `{wrong[0]}`.")
    return array.astype(np.float32)
