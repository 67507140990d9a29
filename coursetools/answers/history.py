"""Answers that are the curves of a training."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from coursetools.answers import plain, schema
from coursetools.answers.kind import KILOBYTE, Kind, UnreadableAnswer
from coursetools.answers.specs import HistorySpec

_EPOCHS = 10_000
_OTHERS = 20

# The course's name of each curve, and the names Keras also gives it, in order of preference.
_NAMES = {
    "loss": ("loss",),
    "val_loss": ("val_loss",),
    "binary_accuracy": ("binary_accuracy", "accuracy", "acc"),
    "val_binary_accuracy": ("val_binary_accuracy", "val_accuracy", "val_acc"),
}
_KNOWN = frozenset(name for names in _NAMES.values() for name in names)


@dataclass(frozen=True)
class History(Kind):
    """Ask for a training's curves: Keras's `History`, its dict, or a DataFrame of it."""

    name: ClassVar[str] = "history"
    limit: ClassVar[int] = 1024 * KILOBYTE

    @property
    def label(self) -> str:
        """Words for a student."""
        return "the history that `fit` returns"

    def read(self, content: object) -> HistorySpec:
        """Give the curves under the course's names, all of one length and finite."""
        content = schema.mapping(content, "content")
        given = schema.mapping(content.get("series"), "series")
        series: dict[str, tuple[float, ...]] = {}
        renamed = {}
        for name, names in _NAMES.items():
            found = next((n for n in names if n in given), None)
            if found is not None:
                series[name] = _curve(given[found], found)
                if found != name:
                    renamed[name] = found
        if not series:
            raise UnreadableAnswer("It holds none of the curves `loss`, `val_loss` or accuracy.")
        lengths = {name: len(curve) for name, curve in series.items()}
        if len(set(lengths.values())) > 1:
            told = ", ".join(f"`{name}` {length}" for name, length in lengths.items())
            raise UnreadableAnswer(f"Its curves differ in length: {told}.")
        others = schema.items(content.get("others", []), "others", _OTHERS)
        return HistorySpec(
            series=MappingProxyType(series),
            renamed=MappingProxyType(renamed),
            others=tuple(schema.text(name, "others") for name in others),
            first_epoch=schema.integer(content.get("first_epoch", 1), "first_epoch", 1, 10**6),
        )

    def _content(self, value: object) -> Mapping[str, Any]:
        curves: Any = value
        first_epoch = 1
        if not plain.is_a(value, dict):
            curves = getattr(value, "history", None)
            if plain.is_a(curves, dict):
                first_epoch = _first_epoch(value)
            else:
                curves = _from_frame(value)
        if not plain.is_a(curves, dict):
            raise UnreadableAnswer("")
        series: dict[str, list[float]] = {}
        others: list[str] = []
        for key, curve in dict.items(curves):
            name = plain.exact_text(key) if plain.is_a(key, str) else ""
            if name in _KNOWN:
                series[name] = _numbers(curve, name)
            elif name and len(others) < _OTHERS:
                others.append(plain.clean(name))
        return {"series": series, "others": sorted(others), "first_epoch": first_epoch}


def _curve(data: object, where: str) -> tuple[float, ...]:
    values = schema.items(data, where, _EPOCHS)
    if not values:
        raise UnreadableAnswer(f"`{where}` is empty: no epoch was run.")
    return tuple(schema.real(value, where) for value in values)


def _first_epoch(history: Any) -> int:
    """Give the first epoch as Keras prints it, 1 unless training was resumed."""
    epochs: Any = getattr(history, "epoch", None)
    if plain.is_a(epochs, list) and list.__len__(epochs):
        first = list.__getitem__(epochs, 0)
        if plain.is_a(first, int) and not plain.is_a(first, bool):
            return max(1, min(10**6, int(plain.exact_number(first)) + 1))
    return 1


def _from_frame(value: Any) -> Any:
    """Give the columns of a DataFrame as a dict of lists, None for anything else."""
    if getattr(value, "columns", None) is None:
        return None
    if len(value) > _EPOCHS:
        raise UnreadableAnswer(f"It has more than {_EPOCHS} epochs.")
    return value.to_dict("list")


def _numbers(curve: Any, name: str) -> list[float]:
    array = plain.as_array(curve)
    if array is not None and array.ndim == 1 and array.size <= _EPOCHS:
        curve = array.tolist()
    if not plain.is_a(curve, list, tuple):
        raise UnreadableAnswer(f"Its `{name}` is {plain.quoted(curve)}, not a list of numbers.")
    base: Any = list if plain.is_a(curve, list) else tuple
    if base.__len__(curve) > _EPOCHS:
        raise UnreadableAnswer(f"It has more than {_EPOCHS} epochs.")
    return [_finite(item, name, epoch) for epoch, item in enumerate(base.__iter__(curve), 1)]


def _finite(value: object, name: str, epoch: int) -> float:
    if not plain.is_a(value, int, float):
        array = plain.as_array(value)
        if array is not None and array.size == 1 and array.dtype.kind in "iuf":
            value = array.astype("float64").item()
    if not plain.is_a(value, int, float) or plain.is_a(value, bool):
        raise UnreadableAnswer(f"Its `{name}` at epoch {epoch} is {plain.quoted(value)}.")
    number = plain.exact_number(value)
    if abs(number) > schema.LARGEST or not math.isfinite(number):
        raise UnreadableAnswer(
            f"Its `{name}` at epoch {epoch} is not finite: the training went astray."
        )
    return float(number)
