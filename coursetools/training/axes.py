"""A missing axis told in words, where TensorFlow would end the whole process.

TensorFlow 2.21 with oneDNN aborts, and takes the kernel along, when the input of a convolution
lacks an axis: the likeliest slip of a beginner. Switching oneDNN off would make an error of it,
and training twice as slow. So the three functions look at the number of axes first.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

_NAMES = {3: "[batch, steps, channels]", 4: "[batch, height, width, channels]"}
_HINTS = {3: "`series[None, ..., None]`", 4: "`image[None, ..., None]`"}


def tell_missing_axes() -> None:
    """Let `tf.nn.conv1d`, `conv2d` and `convolution` raise a `ValueError` for a missing axis."""
    import tensorflow as tf

    for name, axes in (("conv1d", 3), ("conv2d", 4), ("convolution", None)):
        function = getattr(tf.nn, name)
        if not hasattr(function, "checks_axes"):
            setattr(tf.nn, name, _checked(name, function, axes))


def _checked(name: str, function: Callable[..., Any], axes: int | None) -> Callable[..., Any]:
    """Return a function that looks at `input`; `axes` of None means as many as `filters` has.

    `name` is what a student calls it; TensorFlow has other names for some inside.
    """

    @functools.wraps(function)
    def checked(*arguments: Any, **named: Any) -> Any:
        given = [*arguments[:2], None, None]
        shape = _shape(named.get("input", given[0]))
        filters = _shape(named.get("filters", given[1]))
        asked = axes if axes is not None or filters is None else len(filters)
        if shape is not None and asked is not None and len(shape) < asked:
            raise ValueError(_sentence(name, shape, asked))
        return function(*arguments, **named)

    checked.checks_axes = True  # type: ignore[attr-defined]
    return checked


def _sentence(name: str, shape: tuple, asked: int) -> str:
    names = f" {_NAMES[asked]}" if asked in _NAMES else ""
    hint = f" {_HINTS[asked]} adds two of length 1." if asked == len(shape) + 2 else ""
    return (
        f"`tf.nn.{name}` wants an input with {asked} axes{names}; this one has {len(shape)}, its "
        f"shape is `{shape}`.{hint}"
    )


def _shape(value: Any) -> tuple | None:
    """Return the shape of an array, a tensor or nested lists; None where it is not known."""
    if value is None:
        return None
    shape = getattr(value, "shape", None)
    try:
        return tuple(np.shape(value) if shape is None else shape)
    except ValueError:  # a tensor whose number of axes is unknown, or ragged lists
        return None
