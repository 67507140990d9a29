"""Answers that are a trained network, handed in as a file beside the notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from coursetools.answers import schema
from coursetools.answers.kind import Kind, UnreadableAnswer

_SUM = 64
_TAG = 40


@dataclass(frozen=True)
class WeightsSpec:
    """What a notebook keeps of a file that was handed in; the file itself is what counts."""

    digest: str
    """The sha256 sum of the file as it was then."""
    tag: str
    """The random word that is also in the file, so that a loose file finds its notebook."""
    parameters: int
    """How many numbers the network had."""


@dataclass(frozen=True)
class Weights(Kind):
    """Ask for a trained Keras model that was handed in; it is read as a `WeightsSpec`."""

    name: ClassVar[str] = "weights"
    probe: ClassVar[str | None] = "weights"

    @property
    def label(self) -> str:
        """Words for a student."""
        return "a trained Keras model that was handed in with `ct.submit`"

    def read(self, content: object) -> WeightsSpec:
        """Give what the notebook keeps of the file."""
        content = schema.mapping(content, "content")
        return WeightsSpec(
            digest=schema.text(content.get("digest"), "digest", _SUM),
            tag=schema.text(content.get("tag"), "tag", _TAG),
            parameters=schema.integer(content.get("parameters"), "parameters", 0),
        )

    def _content(self, value: object) -> Mapping[str, Any]:
        raise UnreadableAnswer("Without Keras it cannot be looked at.")
