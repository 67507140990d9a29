"""A network made of a recipe and arrays. No weight is made before its shape is known to fit."""

from __future__ import annotations

import math
from typing import Any

from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.allowed import RULES
from coursetools.capstone.recipe import INPUT, Node
from coursetools.capstone.weights_file import Capstone

LARGEST_MAPS = 600_000
"""The most numbers that one layer may give for one picture."""


class WrongShapesError(UnreadableAnswer):
    """Arrays do not fit the layers that they came with."""


class TooLargeError(UnreadableAnswer):
    """A layer gives more numbers a picture than any capstone needs."""


def rebuild(capstone: Capstone) -> Any:
    """Give the Keras model of a capstone, from pictures of 32x32x3 to whatever it answers.

    Raises:
        WrongShapesError: An array does not fit its layer.
        TooLargeError: A layer gives too many numbers.
        UnreadableAnswer: Keras cannot put the layers together.
    """
    import keras

    results = [keras.Input(INPUT)]
    layers = []
    for place, node in enumerate(capstone.recipe.nodes, 1):
        taken = [results[source] for source in node.inputs]
        _fail_unless_shapes_fit(node, place, taken[0], capstone)
        try:
            layer = _make(node)
            result = layer(taken if RULES[node.layer].merges else taken[0])
        except (ValueError, TypeError, ArithmeticError) as error:
            reason = str(error).splitlines()[0]
            raise UnreadableAnswer(f"Layer {place}, a `{node.layer}`: {reason}") from error
        if math.prod(result.shape[1:]) > LARGEST_MAPS:
            raise TooLargeError(
                f"Layer {place}, a `{node.layer}`, gives {math.prod(result.shape[1:]):,} numbers "
                f"for one picture; at most {LARGEST_MAPS:,} are allowed."
            )
        results.append(result)
        layers.append(layer)
    for place, layer in enumerate(layers, 1):
        if capstone.arrays[place]:
            layer.set_weights(capstone.arrays[place])
    return keras.Model(results[0], results[-1])


def _fail_unless_shapes_fit(node: Node, place: int, taken: Any, capstone: Capstone) -> None:
    shape = tuple(taken.shape[1:])
    if not shape:
        raise UnreadableAnswer(f"Layer {place}, a `{node.layer}`, gets a single number.")
    asked = RULES[node.layer].weights(node.arguments, shape)
    found = [array.shape for array in capstone.arrays[place]]
    if asked != found:
        raise WrongShapesError(
            f"Layer {place}, a `{node.layer}`, has weights of the shapes {_listed(asked)}; in the "
            f"file they are {_listed(found)}."
        )


def _make(node: Node) -> Any:
    import keras

    if RULES[node.layer].passes:
        return keras.layers.Identity()
    return getattr(keras.layers, node.layer)(**node.arguments)


def _listed(shapes: list[tuple[int, ...]]) -> str:
    return ", ".join(str(shape) for shape in shapes) or "none"
