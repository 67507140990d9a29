"""Answers that are layers which change pictures in training: what they do to marked pictures.

Nothing is asked of the layers' names and settings. The probe beside the student sends a picture
with three coloured marks through them many times and writes down where each mark came out and how
bright it was; what that says of mirrors, turns and contrast is worked out where it is marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from coursetools.answers import schema
from coursetools.answers.kind import KILOBYTE, Kind, UnreadableAnswer
from coursetools.answers.model import read_error
from coursetools.answers.specs import ErrorSpec

GREY = 0.5
"""The brightness of the marked picture."""

STEP = 0.25
"""By how much a mark is brighter than the rest, in its own channel only."""

MARKS = ((0.20, 0.0), (0.0, -0.20), (-0.14, 0.14))
"""The marks' middles in red, green and blue: right and down from the centre, in widths."""

RADIUS = 0.07
"""A mark's radius, in widths: so near the centre that no turn brings one to the border."""

DRAWS = 200
"""How many times the marked picture is sent through."""

_NUMBERS = 8
_LAYERS = 200


@dataclass(frozen=True)
class Draw:
    """What came of the marked picture once; a mark that cannot be found is None."""

    background: float
    """The brightness that most pixels have, on average over the channels."""
    step: float
    """By how much the marks are brighter, each in its channel."""
    marks: tuple[tuple[float, float], ...] | None
    """Where the three marks are, as in `MARKS`; None if one is lost."""


@dataclass(frozen=True)
class AugmentationSpec:
    """Augmenting layers by what they do."""

    layers: tuple[str, ...]
    """The layers' classes, for words only."""
    change_in_use: float
    """The largest change of a pixel with `training=False`."""
    change_between_calls: float
    """The largest difference between two calls with `training=True`."""
    least: float
    """The least value with `training=True`, for pictures in 0 to 1."""
    largest: float
    """The largest one."""
    draws: tuple[Draw, ...]
    """What came of the marked picture."""
    error: ErrorSpec | None
    """What they raised; the numbers are then 0."""


@dataclass(frozen=True)
class Augmentation(Kind):
    """Ask for layers that change pictures in training, as a model or in a list."""

    name: ClassVar[str] = "augmentation"
    probe: ClassVar[str | None] = "augmentation"
    limit: ClassVar[int] = 64 * KILOBYTE

    @property
    def label(self) -> str:
        """Words for a student."""
        return "a `keras.Sequential` of layers that change pictures"

    def read(self, content: object) -> AugmentationSpec:
        """Give the layers as data; all numbers are finite."""
        content = schema.mapping(content, "content")
        error = content.get("error")
        classes = schema.items(content.get("layers"), "layers", _LAYERS)
        numbers = {
            name: 0.0 if error else schema.real(content.get(name), name)
            for name in ("change_in_use", "change_between_calls", "least", "largest")
        }
        draws = [] if error else schema.items(content.get("draws"), "draws", DRAWS)
        return AugmentationSpec(
            layers=tuple(schema.text(name, "layers") for name in classes),
            draws=tuple(_draw(draw) for draw in draws),
            error=read_error(error, "error") if error else None,
            **numbers,
        )

    def _content(self, value: object) -> Mapping[str, Any]:
        raise UnreadableAnswer("Without Keras it cannot be looked at.")


def _draw(data: object) -> Draw:
    """Read background, step and the marks' six numbers, null for those of a lost mark."""
    items = schema.items(data, "draw", _NUMBERS)
    if len(items) != _NUMBERS:
        raise UnreadableAnswer(f"A draw has {len(items)} numbers, not {_NUMBERS}.")
    background, step = (schema.real(item, "draw") for item in items[:2])
    places = [schema.optional(schema.real, item, "draw") for item in items[2:]]
    found = [place for place in places if place is not None]
    if len(found) < len(places):
        return Draw(background, step, None)
    return Draw(background, step, tuple(zip(found[::2], found[1::2], strict=True)))
