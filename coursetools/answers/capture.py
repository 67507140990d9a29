"""From a student's names to plain data: the only thing the student's process does for a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.answers.kind import AnswerState, Kind, Probe


def capture(
    kinds: Mapping[str, Kind],
    namespace: Mapping[str, object],
    probes: Mapping[str, Probe] | None = None,
) -> dict[str, dict[str, Any]]:
    """Turn an exercise's answers into plain data; never raises, whatever they are.

    Args:
        kinds: What is asked for, by the answer's name.
        namespace: The notebook's names.
        probes: How kinds that need Keras look at an object, by the probe's name.

    Returns:
        For each answer its state, kind, type, one line that shows it, its content and, where
        it could not be read, the reason. All of it is JSON.
    """
    probes = probes or {}
    return {name: _one(kind, name, namespace, probes) for name, kind in kinds.items()}


def _one(
    kind: Kind, name: str, namespace: Mapping[str, object], probes: Mapping[str, Probe]
) -> dict[str, Any]:
    if name not in namespace:
        return missing(kind)
    return kind.capture(namespace[name], probes.get(kind.probe) if kind.probe else None)


def missing(kind: Kind) -> dict[str, Any]:
    """Give the data of an answer whose name the notebook does not have."""
    return {
        "state": AnswerState.MISSING.value,
        "kind": kind.name,
        "type": "",
        "shown": "",
        "content": {},
        "reason": "",
    }
