"""The kernels that a trained model has: one at random, or a layer's first ones as colour tiles.

A layer is whatever has `kernel` weights of four axes; nothing here imports Keras, and no weight
is changed: everything is drawn from copies.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, NetworkError
from coursetools.visual.maps import TIMES, filter_scales


@dataclass(frozen=True)
class LayerKernels:
    """The kernels of a convolution.

    layer: The layer's name.
    kernels: float32 of shape (rows, columns, channels, filters), a copy.
    """

    layer: str
    kernels: Floats


def layer_kernels(model: Any, layer: str | None = None) -> LayerKernels:
    """Return a copy of the kernels of a model's convolution, the first if no name is given.

    Args:
        model: A built Keras model, or a layer; models nested in it are searched too.
        layer: The convolution's name.

    Raises:
        NetworkError: There is no convolution in it, or none of that name.
    """
    found = list(_convolutions(model))
    if not found:
        raise NetworkError(
            f"`{_name(model)}` has no convolution with weights. Is the model built? Give it a "
            "`keras.Input`, or call it once on a picture."
        )
    if layer is None:
        return _kernels_of(found[0])
    named = [one for one in found if _name(one) == layer]
    if not named:
        names = ", ".join(f"`{_name(one)}`" for one in found[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise NetworkError(
            f"`{_name(model)}` has no convolution called `{layer}`. It has {names}{more}."
        )
    return _kernels_of(named[0])


def random_kernel(model: Any, layer: str | None = None, *, seed: int | None = None) -> Floats:
    """Return one slice of a random kernel of a trained model, and print where it comes from.

    The slice is scaled to mean 0 and standard deviation 1 and rounded to one decimal, so that it
    can be shown and tried like a kernel made by hand. The model is not changed.

    Args:
        model: A built Keras model, or a layer.
        layer: The convolution's name; None takes one at random whose kernels are larger than
            1 by 1.
        seed: For the choice; None takes the global state of Python's `random`, which `set_seed`
            fixes.

    Returns:
        float32 of shape (rows, columns).

    Raises:
        NetworkError: There is no convolution in it, or none of that name.
    """
    chooser: Any = random if seed is None else random.Random(seed)
    if layer is None:
        found = list(_convolutions(model))
        # A kernel of one weight shows nothing; only where there is no other may it be drawn.
        wide = [one for one in found if max(one.kernel.shape[:2]) > 1]
        layer = _name(chooser.choice(wide or found)) if found else None
    source = layer_kernels(model, layer)
    _, _, channels, filters = source.kernels.shape
    channel, number = chooser.randrange(channels), chooser.randrange(filters)
    print(f"Layer: {source.layer}  Input channel: {channel}  Filter: {number}")
    kernel = source.kernels[:, :, channel, number]
    # A single weight, or equal ones, would be divided by 0.
    return ((kernel - kernel.mean()) / (kernel.std() + 1e-5)).round(1) + np.float32(0)


@style.styled
def kernel_tiles(
    model: Any, layer: str | None = None, *, columns: int = 8, shared_scale: bool = False
) -> Figure:
    """Return a figure of a convolution's kernels, each as a small picture in colour.

    The three channels of a kernel's weights are its red, green and blue: a weight of 0 is middle
    grey, the largest, of either sign, is black or bright.

    Args:
        model: A built Keras model, or a layer.
        layer: Name of a convolution that sees three channels; None is the first of the model.
        columns: Tiles in a row.
        shared_scale: Whether the largest weight of all kernels sets the scale, and not each
            kernel's own. Its own shows what a kernel looks for, also where a later layer
            makes up for its small weights. A kernel without any weight to speak of, under a
            thousandth of the largest, stays grey.

    Raises:
        NetworkError: There is no such convolution, or it does not see one or three channels.
        ValueError: `columns` is less than 1.
    """
    source = layer_kernels(model, layer)
    kernels = source.kernels
    rows_of, columns_of, channels, filters = kernels.shape
    if channels not in (1, 3):
        raise NetworkError(
            f"The kernels of `{source.layer}` have `{channels}` slices each; only kernels of 3 "
            "slices, which see a picture in colour, can be shown as colours."
        )
    if columns < 1:
        raise ValueError(f"`columns` must be at least 1, but it is `{columns}`.")
    tiles = np.clip(kernels / filter_scales(kernels, shared=shared_scale) / 2 + 0.5, 0, 1)
    rows = ceil(filters / columns)
    width = style.WIDTH * min(1.0, columns / 8)
    cell = width / columns
    figure = style.new_figure(rows * (cell * rows_of / columns_of + 0.28), width=width)
    for number in range(filters):
        ax = figure.add_subplot(rows, columns, number + 1)
        tile = tiles[..., number]
        ax.imshow(tile if channels == 3 else tile[..., 0], cmap="gray", vmin=0, vmax=1)
        style.bare(ax)
        ax.set_title(str(number), loc="center", fontsize=10, fontweight="normal", pad=3)
    grey = int((np.ptp(tiles, axis=2).max(axis=(0, 1)) < 0.1).sum())
    describe(
        figure,
        f"{filters} kernels of {rows_of}{TIMES}{columns_of}{TIMES}{channels} weights of the layer "
        f"{source.layer}, as pictures in colour, numbered from 0. Weights run from "
        f"{kernels.min():.2f} to {kernels.max():.2f}; 0 is middle grey, and "
        f"{'the largest weight of all' if shared_scale else 'the largest of each kernel'} is "
        f"black or bright. {grey} of the kernels are nearly without colour.",
    )
    return figure


def _convolutions(model: Any) -> Iterator[Any]:
    """Yield the layers with a kernel of four axes, in the order in which they are used."""
    for layer in getattr(model, "layers", None) or [model]:
        if getattr(layer, "layers", None):
            yield from _convolutions(layer)
        elif _kernel_shape(layer) is not None:
            yield layer


def _kernel_shape(layer: Any) -> tuple[int, ...] | None:
    # Keras raises an AttributeError for the kernel of a layer that is not built yet.
    try:
        shape = tuple(layer.kernel.shape)
    except AttributeError:
        return None
    return shape if len(shape) == 4 else None


def _kernels_of(layer: Any) -> LayerKernels:
    return LayerKernels(_name(layer), np.asarray(layer.kernel).astype(np.float32))


def _name(model: Any) -> str:
    return str(getattr(model, "name", type(model).__name__))
