"""Answers that are a part of a network: a list of layers, or a `Sequential` of them.

The probe beside the student puts the layers behind an input of the shape that the exercise names
and describes that small network as it describes any model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from coursetools.answers import plain
from coursetools.answers.kind import KILOBYTE, Kind, Probe, UnreadableAnswer
from coursetools.answers.model import Model
from coursetools.answers.specs import ModelSpec


@dataclass(frozen=True)
class Layers(Kind):
    """Ask for layers in a list; they are read as a `ModelSpec` of just these layers."""

    input_shape: tuple[int, ...] = (128, 128, 3)
    """What enters the first of them, without the batch."""

    name: ClassVar[str] = "layers"
    probe: ClassVar[str | None] = "layers"
    limit: ClassVar[int] = 256 * KILOBYTE

    @property
    def label(self) -> str:
        """Words for a student."""
        return "a list of layers"

    def read(self, content: object) -> ModelSpec:
        """Give the layers as the model that they make; its numbers are all finite."""
        return Model().read(content)

    def _still_open(self, value: object) -> str | None:
        if plain.is_a(value, list, tuple) and not value:
            return ""
        return super()._still_open(value)

    def _ask(self, probe: Probe, value: object) -> Mapping[str, Any]:
        return probe(value, self.input_shape)

    def _content(self, value: object) -> Mapping[str, Any]:
        raise UnreadableAnswer("Without Keras it cannot be looked at.")
