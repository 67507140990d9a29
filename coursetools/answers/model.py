"""Answers that are Keras models. The probe beside the student does the looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from coursetools.answers import schema
from coursetools.answers.kind import KILOBYTE, Kind, UnreadableAnswer
from coursetools.answers.specs import ErrorSpec, LayerSpec, ModelSpec, OutputSpec, WeightSpec

_LAYERS = 2_000
_LEVELS = 8
_WEIGHTS = 2_000
_SAMPLE = 64
_RANK = 16
_ACTIVATION_VALUES = 5
_BASES = 16


@dataclass(frozen=True)
class Model(Kind):
    """Ask for a Keras model: its layers, its weights in summary, and what it gives."""

    name: ClassVar[str] = "model"
    probe: ClassVar[str | None] = "model"
    limit: ClassVar[int] = 256 * KILOBYTE

    @property
    def label(self) -> str:
        """Words for a student."""
        return "a Keras model"

    def read(self, content: object) -> ModelSpec:
        """Give the model as data; its numbers are all finite."""
        content = schema.mapping(content, "content")
        layers = _layers(content.get("layers"), _LEVELS)
        weights = schema.items(content.get("weights"), "weights", _WEIGHTS)
        return ModelSpec(
            class_name=schema.text(content.get("class"), "class"),
            input_shape=schema.optional(_shape, content.get("input_shape"), "input_shape"),
            output_shape=schema.optional(_shape, content.get("output_shape"), "output_shape"),
            trainable_parameters=_count(content, "trainable_parameters"),
            frozen_parameters=_count(content, "frozen_parameters"),
            compiled=schema.truth(content.get("compiled"), "compiled"),
            loss=schema.optional(schema.text, content.get("loss"), "loss"),
            layers=layers,
            weights=tuple(_weight(weight) for weight in weights),
            outputs=schema.optional(_outputs, content.get("outputs"), "outputs"),
            outputs_zero=schema.optional(_outputs, content.get("outputs_zero"), "outputs_zero"),
            error=_error(content),
        )

    def _content(self, value: object) -> Mapping[str, Any]:
        raise UnreadableAnswer("Without Keras it cannot be looked at.")


def read_error(data: object, where: str) -> ErrorSpec:
    """Give an exception that a probe met."""
    data = schema.mapping(data, where)
    return ErrorSpec(
        type=schema.text(data.get("type"), "type"),
        message=schema.text(data.get("message"), "message", 1_000),
        stage=schema.text(data.get("stage", ""), "stage"),
    )


def _error(content: dict[str, Any]) -> ErrorSpec | None:
    """Give what the model raised; it stands in place of the outputs, or as one of them."""
    places = [content, content.get("outputs"), content.get("outputs_zero")]
    found = [place["error"] for place in places if type(place) is dict and place.get("error")]
    return read_error(found[0], "error") if found else None


def _layers(data: object, levels: int) -> tuple[LayerSpec, ...]:
    if levels == 0:
        raise UnreadableAnswer(f"Its models are nested deeper than {_LEVELS} levels.")
    return tuple(_layer(layer, levels) for layer in schema.items(data, "layers", _LAYERS))


def _layer(data: object, levels: int) -> LayerSpec:
    data = schema.mapping(data, "layer")
    bases = schema.items(data.get("bases"), "bases", _BASES)
    inner = data.get("layers")
    return LayerSpec(
        class_name=schema.text(data.get("class"), "class"),
        bases=tuple(schema.text(base, "bases") for base in bases),
        name=schema.text(data.get("name"), "name"),
        output_shape=schema.optional(_shape, data.get("output_shape"), "output_shape"),
        trainable=schema.truth(data.get("trainable"), "trainable"),
        trainable_parameters=_count(data, "trainable_parameters"),
        frozen_parameters=_count(data, "frozen_parameters"),
        units=schema.optional(schema.integer, data.get("units"), "units"),
        activation=schema.optional(schema.text, data.get("activation"), "activation"),
        activation_values=schema.optional(
            _values, data.get("activation_values"), "activation_values"
        ),
        layers=() if inner is None else _layers(inner, levels - 1),
    )


def _weight(data: object) -> WeightSpec:
    data = schema.mapping(data, "weight")
    shape = schema.items(data.get("shape"), "shape", _RANK)
    return WeightSpec(
        shape=tuple(schema.integer(size, "shape", 0) for size in shape),
        mean=schema.real(data.get("mean"), "mean"),
        std=schema.real(data.get("std"), "std"),
        trainable=schema.truth(data.get("trainable"), "trainable"),
    )


def _outputs(data: object, where: str) -> OutputSpec | None:
    data = schema.mapping(data, where)
    if data.get("error"):
        return None
    shape = schema.items(data.get("shape"), "shape", _RANK)
    sample = schema.items(data.get("sample"), "sample", _SAMPLE)
    return OutputSpec(
        shape=tuple(schema.integer(size, "shape", 0) for size in shape),
        sample=tuple(schema.real(value, f"{where}.sample") for value in sample),
    )


def _shape(data: object, where: str) -> tuple[int | None, ...]:
    sizes = schema.items(data, where, _RANK)
    return tuple(None if size is None else schema.integer(size, where, 0) for size in sizes)


def _values(data: object, where: str) -> tuple[float, ...]:
    values = schema.items(data, where, _ACTIVATION_VALUES)
    return tuple(schema.real(value, where) for value in values)


def _count(content: dict[str, Any], where: str) -> int:
    return schema.integer(content.get(where), where, 0)
