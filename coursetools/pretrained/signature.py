"""What a shipped base's weights look like: shape, mean and spread of each, as plain numbers.

An exercise holds the weights inside a student's model against these, to see whether the base in
there is the shipped one. Nothing here needs Keras.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from coursetools.pretrained.errors import SignatureUnknownError
from coursetools.pretrained.lite0_weights import read_lite0_weights

LITE0 = "efficientnet-lite0"

_remembered: dict[str, list[WeightSignature]] = {}


class WeightSignature(TypedDict):
    """One weight array: its shape, and mean and standard deviation of its values."""

    shape: list[int]
    mean: float
    std: float


def shipped_signature(name: str = LITE0) -> list[WeightSignature]:
    """Return one entry for each weight array of a base as loaded, in the order of its `weights`.

    EfficientNet-Lite0 is read from its file. Other bases are known once `load_pretrained_base`
    has loaded them in this process.

    Raises:
        SignatureUnknownError: The base was not loaded before.
    """
    if name == LITE0:
        signature = _lite0_signature()
    elif name in _remembered:
        signature = _remembered[name]
    else:
        raise SignatureUnknownError(
            f"Nothing is known of the weights of `{name}` yet. "
            f'Load it first: `load_pretrained_base("{name}")`.'
        )
    return [
        WeightSignature(shape=[*entry["shape"]], mean=entry["mean"], std=entry["std"])
        for entry in signature
    ]


def remember_signature(name: str, weights: Iterable[NDArray[np.float32]]) -> None:
    """Keep what the weights of a base look like as they were loaded."""
    _remembered[name] = _describe(weights)


@functools.cache
def _lite0_signature() -> list[WeightSignature]:
    return _describe(read_lite0_weights(top=False))


def _describe(weights: Iterable[NDArray[np.float32]]) -> list[WeightSignature]:
    return [
        WeightSignature(
            shape=list(array.shape),
            mean=float(np.mean(array, dtype=np.float64)),
            std=float(np.std(array, dtype=np.float64)),
        )
        for array in weights
    ]
