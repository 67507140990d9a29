"""What the drawing functions accept, checked in one place.

Each function takes whatever a student is likely to hold (a NumPy array, a tensor, a list) and
returns a plain array, or says which value it was given and what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

# A resized picture may overshoot the range by rounding; more than this is another scale.
_SLACK = 1e-3


class PictureError(ValueError):
    """A picture, or a batch of them, has a shape, a type or a range that cannot be drawn."""


class LabelError(ValueError):
    """Labels do not name the two classes, or there is not one for every picture."""


class ProbabilityError(ValueError):
    """Probabilities lie outside 0 to 1, or there is not one for every picture."""


class CurvesError(ValueError):
    """A training history lacks a curve, or its curves differ in length."""


class NetworkError(ValueError):
    """A model has not the parts, or not the known shapes, that a diagram needs."""


def as_picture(image: Any, *, name: str = "image") -> Floats:
    """Return one picture as float32, shape (height, width, 1 or 3), range 0 to 1.

    Args:
        image: An array or tensor of shape (h, w), (h, w, 1), (h, w, 3), or one of these in a
            batch of one. Whole numbers are read as 0 to 255, floats as 0 to 1.
        name: What the caller calls it, for the message.

    Raises:
        PictureError: The shape, the type or the range is another.
    """
    array = _numbers(image, name)
    if array.ndim == 4 and array.shape[0] == 1:
        array = array[0]
    if array.ndim == 2:
        array = array[..., None]
    if array.ndim != 3 or array.shape[-1] not in (1, 3) or 0 in array.shape:
        raise PictureError(
            f"`{name}` must be one picture of shape (height, width, 3) or (height, width, 1), "
            f"but its shape is `{array.shape}`."
        )
    return _unit_range(array, name)


def as_pictures(images: Any, *, name: str = "images") -> Floats:
    """Return a batch of pictures as float32, shape (n, height, width, 1 or 3), range 0 to 1.

    Raises:
        PictureError: The shape, the type or the range is another, or there is no picture.
    """
    array = _numbers(images, name)
    if array.ndim != 4 or array.shape[-1] not in (1, 3) or 0 in array.shape:
        raise PictureError(
            f"`{name}` must be pictures of shape (n, height, width, 3), "
            f"but the shape is `{array.shape}`."
        )
    return _unit_range(array, name)


def as_labels(labels: Any, count: int, *, name: str = "labels") -> Integers:
    """Return class numbers, 0 or 1, as integers of shape (count,).

    Raises:
        LabelError: A label is neither 0 nor 1, or their number is not `count`.
    """
    array = np.asarray(labels).reshape(-1)
    if array.size != count:
        raise LabelError(f"`{name}` holds `{array.size}` labels, but there are {count} pictures.")
    if array.dtype.kind not in "biuf" or not np.isin(array, (0, 1)).all():
        odd = next((value for value in array.tolist() if value not in (0, 1)), array.tolist()[0])
        raise LabelError(f"`{name}` must be 0 or 1 for every picture, but one is `{odd!r}`.")
    return array.astype(np.int64)


def as_probabilities(probabilities: Any, count: int, *, name: str = "probabilities") -> Floats:
    """Return one probability a picture as float32 of shape (count,).

    Raises:
        ProbabilityError: A value lies outside 0 to 1, or their number is not `count`.
    """
    array = np.asarray(probabilities)
    if array.dtype.kind not in "biuf" or array.size != count:
        raise ProbabilityError(
            f"`{name}` must hold one number for each of the {count} pictures, but its shape is "
            f"`{array.shape}` and its type `{array.dtype}`."
        )
    flat = array.reshape(-1).astype(np.float32)
    outside = flat[~((flat >= 0) & (flat <= 1))]
    if outside.size:
        raise ProbabilityError(
            f"`{name}` must lie between 0 and 1, but one is `{outside[0]:g}`. "
            "Does the model end in a sigmoid?"
        )
    return flat


def as_curves(history: Any, *, name: str = "history") -> dict[str, Floats]:
    """Return a training history as a mapping from curve to values, one value an epoch.

    The course's four names are used for what Keras may call otherwise: `accuracy` becomes
    `binary_accuracy`.

    Args:
        history: A Keras `History`, its `.history`, or a DataFrame with one row an epoch.
        name: What the caller calls it, for the message.

    Raises:
        CurvesError: It is none of these, has no `loss`, or its curves differ in length.
    """
    curves = getattr(history, "history", history)
    if hasattr(curves, "columns"):
        curves = {str(column): curves[column].to_numpy() for column in curves.columns}
    if not isinstance(curves, Mapping):
        raise CurvesError(
            f"`{name}` must be what `fit` returned, its `.history`, or a DataFrame of it, "
            f"but it is `{type(history).__name__}`."
        )
    found = {_course_name(str(key)): _curve(key, values) for key, values in curves.items()}
    if "loss" not in found:
        raise CurvesError(f"`{name}` has no curve called loss, only `{sorted(found)}`.")
    lengths = {key: len(values) for key, values in found.items()}
    if len(set(lengths.values())) > 1:
        raise CurvesError(f"The curves of `{name}` differ in length: `{lengths}`.")
    return found


def pair_of_names(classes: Sequence[str]) -> tuple[str, str]:
    """Return the two class names.

    Raises:
        LabelError: There are not two of them.
    """
    if isinstance(classes, str) or len(classes) != 2:
        raise LabelError(f"`classes` must be two names, such as ('Car', 'Truck'), not `{classes}`.")
    return str(classes[0]), str(classes[1])


def _course_name(key: str) -> str:
    return (
        key.replace("val_accuracy", "val_binary_accuracy")
        if key.startswith("val_")
        else ("binary_accuracy" if key == "accuracy" else key)
    )


def _curve(key: Any, values: Any) -> Floats:
    array = np.asarray(values)
    if array.ndim != 1 or array.dtype.kind not in "biuf":
        raise CurvesError(
            f"The curve `{key}` must be a list of numbers, one an epoch, "
            f"but it is `{array.dtype}` of shape `{array.shape}`."
        )
    return array.astype(np.float32)


def _numbers(value: Any, name: str) -> NDArray[Any]:
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise PictureError(
            f"`{name}` must be an array of numbers, but its parts differ in shape: `{error}`"
        ) from error
    if array.dtype.kind not in "biuf":
        raise PictureError(
            f"`{name}` must be an array of numbers, but it is `{type(value).__name__}` "
            f"with elements of type `{array.dtype}`."
        )
    return array


def _unit_range(array: NDArray[Any], name: str) -> Floats:
    if array.dtype == np.bool_:
        return array.astype(np.float32)
    if array.dtype.kind in "iu":
        low, high = int(array.min()), int(array.max())
        if low < 0 or high > 255:
            raise PictureError(f"`{name}` must lie in 0 to 255, but runs from `{low}` to `{high}`.")
        return (array / 255).astype(np.float32)
    low_value, high_value = float(array.min()), float(array.max())
    if not (low_value >= -_SLACK and high_value <= 1 + _SLACK):
        raise PictureError(
            f"`{name}` holds floats and must lie in 0 to 1, but runs from `{low_value:g}` to "
            f"`{high_value:g}`. If it is on the scale 0 to 255, divide it by 255."
        )
    return np.clip(array, 0, 1).astype(np.float32)
