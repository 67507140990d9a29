"""Feature extraction in three steps, computed: filter, detect, condense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from coursetools.operations import convolve, max_pool, relu
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.maps import as_kernel, as_map

Pair = tuple[int, int]


class ActivationError(ValueError):
    """An activation is neither one of the known names nor a function of an array."""


_ACTIVATIONS: dict[str, Callable[[Floats], Any]] = {
    "relu": relu,
    "linear": lambda x: x,
    "tanh": np.tanh,
    # Not 1 / (1 + exp(-x)), which overflows.
    "sigmoid": lambda x: (1 + np.tanh(x / 2)) / 2,
}


@dataclass(frozen=True)
class Steps:
    """A picture and what three steps make of it.

    picture: float32 of shape (h, w, 1 or 3), as it was given.
    filtered: float32 of shape (h', w'): the kernel's answers.
    detected: The same shape: the answers after the activation.
    condensed: float32 of shape (h'', w''): the greatest of each pooling window.
    greyed: Whether the colours were given up before the filter.
    """

    picture: Floats
    filtered: Floats
    detected: Floats
    condensed: Floats
    greyed: bool


def three_steps(
    image: Any,
    kernel: Any,
    *,
    conv_stride: int | Pair = 1,
    conv_padding: str = "valid",
    activation: str | Callable[[Any], Any] | None = "relu",
    pool_size: int | Pair = 2,
    pool_stride: int | Pair | None = None,
    pool_padding: str = "same",
) -> Steps:
    """Return a picture filtered, detected and condensed.

    Args:
        image: One picture in grey or colour; colours become grey before a kernel of two axes.
        kernel: Shape (rows, columns), or (rows, columns, 3) for a picture in colour.
        conv_stride: Pixels from one stop of the kernel to the next, or a pair (down, right).
        conv_padding: "valid" or "same".
        activation: "relu", "sigmoid", "tanh", "linear" or None, or a function of an array.
        pool_size: Pixels across the pooling window, or a pair.
        pool_stride: Pixels from one stop of the pooling window to the next; None is its size.
        pool_padding: "valid" or "same".

    Raises:
        PictureError: The picture has another shape, type or range.
        KernelError: The kernel has another shape or type.
        ActivationError: The activation is another word, or changes the map's shape.
        WindowError: A stride, size or padding is none.
        NoStopError: A window is larger than what it is to slide over.
    """
    picture = as_picture(image)
    seen, weights, greyed = _seen(picture, kernel)
    filtered = convolve(seen, weights, stride=conv_stride, padding=conv_padding)
    filtered = filtered.reshape(filtered.shape[:2])
    detected = _activated(activation, filtered)
    condensed = max_pool(detected, pool_size, pool_stride, pool_padding)
    return Steps(picture, filtered, detected, condensed, greyed)


def extract_feature(image: Any, kernel: Any, pool_size: int | Pair = 2) -> Floats:
    """Return what a kernel extracts from a picture: filtered, rectified, condensed.

    Both windows pad ("same"), so only pooling makes the map smaller.

    Args:
        image: One picture, shape (h, w) or (h, w, channels), as `three_steps` takes it.
        kernel: Shape (rows, columns).
        pool_size: Pixels across the pooling window and from stop to stop, or a pair.

    Returns:
        float32 of shape (h', w', 1), or (h', w') for a picture of two axes.

    Raises:
        PictureError, KernelError, WindowError: as `three_steps`.
    """
    steps = three_steps(image, kernel, conv_padding="same", pool_size=pool_size)
    return steps.condensed if np.ndim(image) == 2 else steps.condensed[..., None]


def greyed(picture: Floats) -> Floats:
    """Return a checked picture in grey, shape (h, w): how bright the eye finds each colour."""
    if picture.shape[-1] == 1:
        return picture[..., 0]
    return picture @ np.array([0.299, 0.587, 0.114], np.float32)


def _seen(picture: Floats, kernel: Any) -> tuple[Floats, Floats, bool]:
    """Return picture and kernel as they are convolved, and whether colours were given up."""
    array = np.asarray(kernel)
    if array.ndim != 3 or array.shape[-1] == 1:
        return greyed(picture), as_kernel(kernel), picture.shape[-1] == 3
    if picture.shape[-1] != array.shape[-1]:
        raise PictureError(
            f"A kernel of shape `{array.shape}` needs a picture of {array.shape[-1]} channels, "
            f"but `image` has `{picture.shape[-1]}`."
        )
    slices = [as_kernel(array[..., channel]) for channel in range(array.shape[-1])]
    return picture, np.stack(slices, axis=-1), False


def _activated(activation: str | Callable[[Any], Any] | None, filtered: Floats) -> Floats:
    if activation is None:
        return filtered
    function = _ACTIVATIONS.get(activation) if isinstance(activation, str) else activation
    if function is None or not callable(function):
        raise ActivationError(
            f"`activation` must be one of {sorted(_ACTIVATIONS)}, None, or a function such as "
            f"`tf.nn.elu`, but it is `{activation!r}`."
        )
    # In a batch of one with one channel, as a layer hands it to its activation.
    detected = as_map(function(filtered[None, ..., None]), name="activation")
    if detected.shape != filtered.shape:
        raise ActivationError(
            f"`activation` must keep the shape `{filtered.shape}`, but gives `{detected.shape}`."
        )
    return detected
