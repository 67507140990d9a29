"""Which layers always give the same output for the same picture.

The question is answered by a list, not by trying: a layer that is not known to be steady counts
as not steady, and costs time instead of a wrong result.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import keras
from keras.src.models.functional import Functional  # no public name leads to this class

_NAMES = (
    "Activation",
    "Add",
    "Average",
    "AveragePooling1D",
    "AveragePooling2D",
    "AveragePooling3D",
    "BatchNormalization",
    "CenterCrop",
    "Concatenate",
    "Conv1D",
    "Conv1DTranspose",
    "Conv2D",
    "Conv2DTranspose",
    "Conv3D",
    "Conv3DTranspose",
    "Cropping1D",
    "Cropping2D",
    "Cropping3D",
    "Dense",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "Dot",
    "ELU",
    "Flatten",
    "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "GlobalAveragePooling3D",
    "GlobalMaxPooling1D",
    "GlobalMaxPooling2D",
    "GlobalMaxPooling3D",
    "GroupNormalization",
    "Identity",
    "InputLayer",
    "LayerNormalization",
    "LeakyReLU",
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPooling3D",
    "Maximum",
    "Minimum",
    "Multiply",
    "Normalization",
    "PReLU",
    "Permute",
    "ReLU",
    "Rescaling",
    "Reshape",
    "Resizing",
    "SeparableConv1D",
    "SeparableConv2D",
    "Softmax",
    "Subtract",
    "UnitNormalization",
    "UpSampling1D",
    "UpSampling2D",
    "UpSampling3D",
    "ZeroPadding1D",
    "ZeroPadding2D",
    "ZeroPadding3D",
)

STEADY_LAYERS = frozenset(getattr(keras.layers, name) for name in _NAMES)
"""Layer classes whose output depends on their input and their weights alone once they are frozen.

A frozen `BatchNormalization` is among them: Keras then runs it with its stored means.
"""

NETWORKS = (keras.Sequential, Functional)
"""The two classes of model whose layers can be looked at one by one."""


def is_network(operation: Any) -> bool:
    """Say whether it is a plain Sequential or functional model, built, with one output."""
    return (
        type(operation) in NETWORKS
        and operation.built
        and len(operation.inputs) == 1
        and len(operation.outputs) == 1
    )


def operations_of(network: keras.Model) -> list:
    """Return what a network is made of, its input layer left out, in an order of use."""
    members = network.layers if type(network) is keras.Sequential else network.operations
    return [member for member in members if type(member) is not keras.layers.InputLayer]


def why_unsteady(operation: Any) -> str | None:
    """Say in a few words why an operation's output may change while a model is trained.

    Returns None if it cannot. The words go on from the operation's name.
    """
    if type(operation) in NETWORKS:
        reasons = (_name_reason(member) for member in operations_of(operation))
        return next((reason for reason in reasons if reason), None)
    if not isinstance(operation, keras.Layer):
        return None if _is_of_keras(operation) else "is an operation of an unknown kind"
    if len(operation.variables) > len(operation.weights):
        return f"(`{type(operation).__name__}`) is random while the model is trained"
    if type(operation) not in STEADY_LAYERS:
        return f"(`{type(operation).__name__}`) is of a class not known to give steady output"
    if operation.trainable and operation.weights:
        return "is not frozen"
    if not _is_of_keras(getattr(operation, "activation", None)):
        return "has an activation that is not one of Keras's"
    if operation.activity_regularizer is not None:
        return "adds an activity penalty to the loss"
    return None


def first_reason(operations: Iterable[Any]) -> str:
    """Name the first operation that is not steady and say why; empty if all are steady."""
    return next((reason for reason in map(_name_reason, operations) if reason), "")


def _name_reason(operation: Any) -> str:
    reason = why_unsteady(operation)
    if reason is None or type(operation) in NETWORKS:
        return reason or ""  # a network's reason already names the layer inside it
    return f"`{operation.name}` {reason}"


def _is_of_keras(thing: Any) -> bool:
    """Whether an operation, a function or None comes from Keras itself."""
    return thing is None or str(getattr(thing, "__module__", "")).split(".")[0] == "keras"
