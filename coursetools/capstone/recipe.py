"""The recipe of a network: layers of the published list in order of use, as plain data.

Each node names the nodes that it takes, and those stand before it; the picture is node 0. So a
recipe ends, whatever is written in it, and has no loop.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coursetools.answers import plain, schema
from coursetools.answers.kind import KILOBYTE, UnreadableAnswer
from coursetools.capstone.allowed import RULES

INPUT = (32, 32, 3)
"""What a capstone takes."""

LONGEST = 64 * KILOBYTE
"""The most bytes of a recipe."""

NODES = 200
"""The most layers of a recipe."""

_VERSION = 1
_INPUTS = 8


class OutsideTheListError(UnreadableAnswer):
    """A layer is none of the published list, or has a setting that is not on it."""


@dataclass(frozen=True)
class Node:
    """One layer of a recipe."""

    layer: str
    """The name of its class in the list."""
    arguments: Mapping[str, Any]
    """What it is made with, read and in range."""
    inputs: tuple[int, ...]
    """The nodes that it takes: 0 is the picture, 1 the first layer."""


@dataclass(frozen=True)
class Recipe:
    """A network as names and numbers; its last node is what it answers."""

    nodes: tuple[Node, ...]
    """Its layers, each after those that it takes."""
    tag: str = ""
    """A random word that is also in the notebook, so that a loose file finds its notebook."""


def written(recipe: Recipe) -> bytes:
    """Give a recipe as the bytes that `read_recipe` reads."""
    nodes = [
        {"layer": node.layer, "arguments": dict(node.arguments), "inputs": list(node.inputs)}
        for node in recipe.nodes
    ]
    return json.dumps({"version": _VERSION, "tag": recipe.tag, "nodes": nodes}).encode()


def read_recipe(data: bytes) -> Recipe:
    """Read a recipe that anyone may have written.

    Raises:
        OutsideTheListError: A layer is outside the published list.
        UnreadableAnswer: It is no recipe.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableAnswer("The recipe is no text.") from error
    content = schema.mapping(schema.loads_answer(text, LONGEST), "recipe")
    if schema.integer(content.get("version"), "version") != _VERSION:
        raise UnreadableAnswer("The recipe was written by another version; submit it again.")
    nodes = schema.items(content.get("nodes"), "nodes", NODES)
    if not nodes:
        raise UnreadableAnswer("The recipe has no layer.")
    return Recipe(
        nodes=tuple(_node(node, place) for place, node in enumerate(nodes, 1)),
        tag=schema.text(content.get("tag", ""), "tag", 40),
    )


def _node(data: object, place: int) -> Node:
    data = schema.mapping(data, "node")
    layer = schema.text(data.get("layer"), "layer")
    rule = RULES.get(layer)
    if rule is None:
        raise OutsideTheListError(outside(layer))
    given = schema.mapping(data.get("arguments"), "arguments")
    if set(given) != set(rule.arguments):
        raise UnreadableAnswer(f"The arguments of `{layer}` are not the ones of the list.")
    inputs = schema.items(data.get("inputs"), "inputs", _INPUTS)
    if len(inputs) != 1 and not (rule.merges and inputs):
        raise UnreadableAnswer(f"`{layer}` takes one input, and has {len(inputs)}.")
    return Node(
        layer=layer,
        arguments={name: read(given[name], name) for name, read in rule.arguments.items()},
        inputs=tuple(schema.integer(node, "inputs", 0, place - 1) for node in inputs),
    )


def outside(layer: str) -> str:
    """Say that a layer is not on the list, and where the list is."""
    return (
        f"`{plain.clean(layer, 60)}` is not on the capstone's list of layers, which section 12 of "
        "lesson 5 prints."
    )
