"""Find the frozen first part of a model, whose output need be computed only once a picture.

A model is cut where one single tensor separates what is frozen and steady from what comes after.
Both sides are kept as parts that are called one after another: layers of a Sequential model, and
pieces of a graph of layers. All parts use the model's own layers, so what is trained here is
trained there, and nothing is added to the model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import keras

from coursetools.training.steady import (
    first_reason,
    is_network,
    operations_of,
    why_unsteady,
)

Part: TypeAlias = Any  # a `keras.Layer` or a `_Piece`


class NoFrozenPrefixError(ValueError):
    """A model has no first part that could be computed once; the message is the reason."""


@dataclass(frozen=True)
class _Piece:
    """Some calls of a functional model, from one tensor to another.

    calls: Keras's nodes, each after those it needs. source, result: symbolic tensors.
    """

    calls: list
    source: keras.KerasTensor
    result: keras.KerasTensor

    def __call__(self, value: Any) -> Any:
        values = {id(self.source): value}
        for call in self.calls:
            arguments, options = call.arguments.fill_in(values)
            # What was written here when the model was put together does not count: a functional
            # model overrules it with the mode it is called in, which Keras hands down by itself.
            options.pop("training", None)
            outputs = call.operation(*arguments, **options)
            flat = keras.tree.flatten(outputs)
            values.update(zip(map(id, call.outputs), flat, strict=True))
        return values[id(self.result)]


@dataclass(frozen=True)
class Cut:
    """A model cut in two.

    frozen: what is called on pictures, part after part. trained: what is called on its output.
    """

    frozen: tuple[Part, ...]
    trained: tuple[Part, ...]

    @property
    def trained_layers(self) -> list[keras.Layer]:
        """The layers behind the cut, each once."""
        members = [layer for part in self.trained for layer in _layers_of(part)]
        return list({id(layer): layer for layer in members}.values())


def cut_model(model: keras.Model) -> Cut:
    """Cut a model behind its longest frozen, steady first part.

    Raises:
        NoFrozenPrefixError: If there is no such part, or so little of what is frozen lies before
            the first layer that is not steady that nothing would be gained.
    """
    if not is_network(model):
        raise NoFrozenPrefixError("the model is not a Sequential or functional one with one output")
    if not model.trainable_weights:
        raise NoFrozenPrefixError("nothing in the model is trainable")
    frozen, trained = _cut(model)
    before, behind = _frozen_weights(frozen), _frozen_weights(trained)
    if before <= behind:
        reason = first_reason(operations_of(model)) or "the frozen layers do not come first"
        raise NoFrozenPrefixError(reason)
    return Cut(tuple(frozen), tuple(trained))


def _cut(network: keras.Model) -> tuple[list[Part], list[Part]]:
    if type(network) is keras.Sequential:
        return _cut_chain(operations_of(network))
    return _cut_graph(network)


def _cut_chain(layers: list[keras.Layer]) -> tuple[list[Part], list[Part]]:
    steady = 0
    while steady < len(layers) and why_unsteady(layers[steady]) is None:
        steady += 1
    frozen, rest = layers[:steady], layers[steady:]
    if rest and is_network(rest[0]):
        inner_frozen, inner_trained = _cut(rest[0])
        if inner_frozen:
            return frozen + inner_frozen, inner_trained + rest[1:]
    return frozen, rest


def _cut_graph(network: keras.Model) -> tuple[list[Part], list[Part]]:
    nodes = _nodes_in_order(network)
    steady = _steady_nodes(nodes, network)
    for count in range(len(steady), -1, -1):
        behind = [node for node in nodes if node not in steady[:count]]
        border = _border(network, steady[:count], behind)
        if len(border) != 1:
            continue
        return _split_at(network, border[0], steady[:count], behind)
    return [], [network]


def _nodes_in_order(network: keras.Model) -> list:
    """Return the calls a functional model makes, each after those it needs."""
    # Keras offers the layers of a graph, but not the calls between them, under a public name.
    by_depth = network._nodes_by_depth
    ordered = [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth]]
    return [node for node in ordered if not node.is_input]


def _steady_nodes(nodes: list, network: keras.Model) -> list:
    """Return the calls that depend on nothing but the picture and frozen, steady layers."""
    known = {id(tensor) for tensor in network.inputs}
    steady = []
    for node in nodes:
        inputs_known = all(id(tensor) in known for tensor in node.input_tensors)
        if inputs_known and why_unsteady(node.operation) is None:
            steady.append(node)
            known.update(id(tensor) for tensor in node.outputs)
    return steady


def _border(network: keras.Model, before: list, behind: list) -> list[keras.KerasTensor]:
    """Return the tensors made before a cut and needed behind it."""
    made = [*network.inputs, *(tensor for node in before for tensor in node.outputs)]
    needed = {id(tensor) for node in behind for tensor in node.input_tensors}
    needed.update(id(tensor) for tensor in network.outputs)
    return [tensor for tensor in made if id(tensor) in needed]


def _split_at(
    network: keras.Model, tensor: keras.KerasTensor, before: list, behind: list
) -> tuple[list[Part], list[Part]]:
    source, result = network.inputs[0], network.outputs[0]
    frozen: list[Part] = [_Piece(before, source, tensor)] if before else []
    users = [node for node in behind if any(used is tensor for used in node.input_tensors)]
    if len(users) == 1 and is_network(users[0].operation):
        inner_frozen, inner_trained = _cut(users[0].operation)
        if inner_frozen:
            rest = [node for node in behind if node is not users[0]]
            after = [_Piece(rest, users[0].outputs[0], result)] if rest else []
            return frozen + inner_frozen, inner_trained + after
    return frozen, [_Piece(behind, tensor, result)]


def _layers_of(part: Part) -> list[keras.Layer]:
    """Return the layers a part is made of; for a layer, itself."""
    members = [call.operation for call in part.calls] if isinstance(part, _Piece) else [part]
    return [member for member in members if isinstance(member, keras.Layer)]


def _frozen_weights(parts: Iterable[Part]) -> int:
    """Count the numbers in the weights that training leaves as they are."""
    weights = {
        id(weight): weight
        for part in parts
        for layer in _layers_of(part)
        for weight in layer.non_trainable_weights
    }
    return sum(math.prod(weight.shape) for weight in weights.values())
