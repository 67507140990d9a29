"""What `fit` hands to `model.fit` in the place of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from coursetools.training.features import FrozenPart, Memory
from coursetools.training.prefix import Cut, NoFrozenPrefixError
from coursetools.training.source import FeatureArray, FeatureDataset, FeatureSource


@dataclass(frozen=True)
class Data:
    """The data of a training.

    x, y, validation_data: as for `model.fit`.
    """

    x: Any
    y: Any
    validation_data: Any


def build_for(model: keras.Model, x: Any) -> None:
    """Build a Sequential model that waits for its first pictures, as Keras does when they come."""
    picture = _picture_spec(x)
    if type(model) is keras.Sequential and not model.built and picture is not None:
        model.build((None, *picture.shape))


def swap_inputs(
    model: keras.Model,
    cut: Cut,
    data: Data,
    *,
    shown: bool,
    memory_limit: int,
) -> Data:
    """Put the features of pictures, computed by the part before `cut`, in their place.

    Validation data of a kind that cannot be looked up stay pictures. `shown` allows a sentence
    to be printed.

    Raises:
        NoFrozenPrefixError: If the training data cannot be looked up, or the model cannot be given
            features.
    """
    picture = _picture_spec(data.x)
    _refuse_unfit(model, data, picture)
    frozen, memory = FrozenPart(model, cut, picture), Memory(memory_limit)
    training = _source(data.x, frozen, memory, shown)
    if training is None:
        gigabytes = len(data.x) * frozen.bytes_a_picture / 1e9
        raise NoFrozenPrefixError(
            f"the features of {len(data.x)} pictures would take {gigabytes:.1f} GB, more than "
            f"`memory_limit={memory_limit}`"
        )
    held_out, *labels = _parts(data.validation_data)
    validation = None
    if _picture_spec(held_out) == picture:
        validation = _source(held_out, frozen, memory, shown)
    if shown:
        print(_announcement(data.x))
    if validation is None:
        return Data(training.features(), data.y, data.validation_data)
    swapped = validation.features()
    return Data(training.features(), data.y, (swapped, *labels) if labels else swapped)


def _announcement(x: Any) -> str:
    """Say what will take time, and when."""
    when = "in the first epoch" if isinstance(x, tf.data.Dataset) else "now"
    return f"The frozen layers see each picture once, {when}; after that only the rest is run."


def _source(x: Any, frozen: FrozenPart, memory: Memory, shown: bool) -> FeatureSource | None:
    """Wrap pictures; None if they are an array whose features have no room."""
    if isinstance(x, tf.data.Dataset):
        return FeatureDataset(x, frozen, memory, shown=shown)
    if not memory.take(len(x) * frozen.bytes_a_picture):
        return None
    return FeatureArray(np.asarray(x), frozen, shown=shown)


def _parts(validation_data: Any) -> tuple:
    """Return validation data as (x, labels, ...), a data set as (data set,)."""
    whole = isinstance(validation_data, tuple | list) and len(validation_data) > 1
    return tuple(validation_data) if whole else (validation_data,)


def _picture_spec(x: Any) -> tf.TensorSpec | None:
    """Return shape (without batch) and dtype of one picture; None for data of another kind."""
    if isinstance(x, tf.data.Dataset):
        element = x.element_spec
        leaves = tf.nest.flatten(element)
        plain = isinstance(element, tuple) and len(element) > 1
        if not plain or not all(isinstance(leaf, tf.TensorSpec) for leaf in leaves):
            return None
        x = element[0]
        if not isinstance(x, tf.TensorSpec):
            return None
    elif not isinstance(x, np.ndarray | tf.Tensor):
        return None
    shape = tf.TensorShape(x.shape)
    if not shape.rank:
        return None
    return tf.TensorSpec(shape[1:], tf.as_dtype(x.dtype))


def _refuse_unfit(model: keras.Model, data: Data, picture: tf.TensorSpec | None) -> None:
    """Leave to Keras what it must judge or do itself."""
    if not model.compiled:
        raise NoFrozenPrefixError("the model is not compiled")
    if picture is None:
        kind = type(data.x).__name__
        raise NoFrozenPrefixError(f"pictures cannot be looked up in data of the type `{kind}`")
    if not isinstance(data.x, tf.data.Dataset) and data.y is None:
        raise NoFrozenPrefixError("there are no labels")
    if not picture.shape.is_compatible_with(model.inputs[0].shape[1:]):
        raise NoFrozenPrefixError(
            f"the pictures have the shape `{tuple(picture.shape)}` and the model takes "
            f"`{tuple(model.inputs[0].shape[1:])}`"
        )
    if (
        tf.distribute.has_strategy()
        or model.distribute_strategy is not tf.distribute.get_strategy()
    ):
        raise NoFrozenPrefixError("it is distributed over several devices")
