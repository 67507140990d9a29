"""Answers that are the arguments of `compile`. The probe beside the student tries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from coursetools.answers import plain, schema
from coursetools.answers.blank import is_blank
from coursetools.answers.kind import Kind, UnreadableAnswer
from coursetools.answers.model import read_error
from coursetools.answers.specs import CompileSpec

_ARGUMENTS = 16
_METRICS = 16
_SHOWN = 200


@dataclass(frozen=True)
class CompileArguments(Kind):
    """Ask for arguments of `compile` in a dict; what counts is what they compute."""

    name: ClassVar[str] = "compile_arguments"
    probe: ClassVar[str | None] = "compile_arguments"

    @property
    def label(self) -> str:
        """Words for a student."""
        return "a dict of arguments for `compile`"

    def read(self, content: object) -> CompileSpec:
        """Give the arguments and what loss and metrics computed."""
        content = schema.mapping(content, "content")
        metrics = schema.mapping(content.get("metrics"), "metrics")
        schema.items(list(metrics), "metrics", _METRICS)
        return CompileSpec(
            given=_names(content, "given"),
            blank=_names(content, "blank"),
            optimizer=schema.optional(schema.text, content.get("optimizer"), "optimizer"),
            loss=schema.optional(schema.real, content.get("loss"), "loss"),
            metrics=MappingProxyType(
                {
                    schema.text(name, "metrics"): schema.real(value, "metrics")
                    for name, value in metrics.items()
                }
            ),
            loss_shown=schema.text(content.get("loss_shown"), "loss_shown", _SHOWN),
            metrics_shown=_names(content, "metrics_shown"),
            error=schema.optional(read_error, content.get("error"), "error"),
        )

    def _still_open(self, value: object) -> str | None:
        # One blank argument does not make the others unreadable: each has a point of its own.
        if not plain.is_a(value, dict):
            return super()._still_open(value)
        found: Any = value
        asked = [dict.get(found, name) for name in ("loss", "metrics")]
        return "" if all(is_blank(argument) for argument in asked) else None

    def _content(self, value: object) -> Mapping[str, Any]:
        raise UnreadableAnswer("Without Keras it cannot be tried.")


def _names(content: dict[str, Any], where: str) -> tuple[str, ...]:
    names = schema.items(content.get(where), where, _ARGUMENTS)
    return tuple(schema.text(name, where, _SHOWN) for name in names)
