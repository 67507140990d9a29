"""What probes hand over, written out by hand: a small model and arguments for `compile`."""

import copy
from typing import Any


def layer(name: str, **more: Any) -> dict[str, Any]:
    """Give the content of one dense layer, or of whatever `more` makes of it."""
    content = {
        "class": "Dense",
        "bases": ["Dense", "Layer"],
        "name": name,
        "output_shape": [None, 6],
        "trainable": True,
        "trainable_parameters": 30,
        "frozen_parameters": 0,
        "units": 6,
        "activation": "relu",
        "activation_values": [0.0, 0.0, 0.0, 1.0, 2.0],
        "layers": None,
    }
    return content | more


def weight(*shape: int, **more: Any) -> dict[str, Any]:
    """Give the content of one array of weights."""
    return {"shape": list(shape), "mean": 0.01, "std": 0.2, "trainable": True} | more


BASE = {
    "class": "Functional",
    "bases": ["Functional", "Model", "Layer"],
    "units": None,
    "activation": None,
    "activation_values": None,
    "trainable": False,
    "trainable_parameters": 0,
    "frozen_parameters": 12,
}

MODEL: dict[str, Any] = {
    "class": "Sequential",
    "input_shape": [None, 128, 128, 3],
    "output_shape": [None, 1],
    "trainable_parameters": 37,
    "frozen_parameters": 12,
    "compiled": False,
    "loss": None,
    "layers": [
        layer("base", layers=[layer("inner", units=2), layer("conv", units=None)], **BASE),
        layer("dense"),
        layer("output", output_shape=None, units=1, activation="sigmoid"),
    ],
    "weights": [weight(4, 3, trainable=False), weight(4, 6), weight(6), weight(6, 1), weight(1)],
    "outputs": {"shape": [5, 1], "sample": [0.5, 0.25, 0.75, 0.5, 0.1]},
    "outputs_zero": {"shape": [1, 1], "sample": [0.5]},
}

COMPILE_ARGUMENTS: dict[str, Any] = {
    "given": ["optimizer", "loss", "metrics"],
    "blank": [],
    "optimizer": "adam",
    "loss": 0.7,
    "metrics": {"binary_accuracy": 0.75},
    "loss_shown": "'binary_crossentropy'",
    "metrics_shown": ["'binary_accuracy'"],
    "error": None,
}


def model(**more: Any) -> dict[str, Any]:
    """Give the model's content with some entries changed."""
    return copy.deepcopy(MODEL | more)


def compile_arguments(**more: Any) -> dict[str, Any]:
    """Give the arguments' content with some entries changed."""
    return copy.deepcopy(COMPILE_ARGUMENTS | more)
