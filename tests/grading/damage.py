"""Notebooks and answers as nobody would make them: of wrong parts, and damaged real ones."""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from coursetools.answers import capture
from coursetools.answers.stored import STORED_TYPE
from coursetools.exercises import Lesson
from coursetools.grading.records import RunStatus
from coursetools.sandbox.reports import Capture, Cell, CellReport, Limits, Shown
from grading.hostile import SNIPPETS
from grading.samples import ODD_TEXTS
from grading.scripted import BETWEEN, CONNECT, FIRST, SECOND

NUMBERS = (0, 1, 2, -1, 2.5, 10**30, 10**400, 1e308, float("nan"), float("inf"), True, False, None)
TEXTS = (*SNIPPETS, *ODD_TEXTS, "9.1", "9.2", "given", "blank", "code", "x" * 5_000)

words = st.sampled_from(TEXTS) | st.text(max_size=12)
leaves = st.sampled_from(NUMBERS) | words
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
"""Any JSON, with what is known to make trouble in it."""

_sources = st.sampled_from([CONNECT[1], FIRST[1], BETWEEN[1], SECOND[1]])
_answers = st.sampled_from(
    [s.replace("____", str(n)) for s in (FIRST[1], SECOND[1]) for n in (1, 2)]
)
sources = _sources | _answers | words | st.lists(words | _answers, max_size=3)
_stored = st.fixed_dictionaries({STORED_TYPE: values, "text/html": words})
_outputs = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "display_data", "error"]) | values},
    optional={"data": _stored | values, "text": words, "traceback": values, "ename": values},
)
cells = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | values,
        "source": sources | values,
    },
    optional={
        "id": st.sampled_from(["connect", "a1", "between", "a2"]) | values,
        "metadata": values,
        "outputs": st.lists(_outputs | values, max_size=3) | values,
        "execution_count": values,
        "attachments": values,
    },
)
made = st.fixed_dictionaries(
    {
        "cells": st.lists(st.one_of(cells, cells, cells, values), max_size=8) | values,
        "nbformat": st.sampled_from([4, 4, 4, 4, 3, 2, 1]) | values,
    },
    optional={"metadata": values, "nbformat_minor": values, "worksheets": values, "name": values},
)
"""Notebooks in which any place may hold anything."""


def written(content: Any) -> bytes:
    """Write JSON as a file, with whatever Python writes that is none."""
    return json.dumps(content).encode()


# ---- damage to what is right


def damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    """Flip, cut, double and drop bytes."""
    file = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(file) + 1)
        how = chance.randrange(5)
        if how == 0 and at < len(file):
            file[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            del file[at : at + chance.randrange(1, 40)]
        elif how == 2:
            file[at:at] = chance.randbytes(chance.randrange(1, 9))
        elif how == 3:
            file[at:at] = file[at : at + chance.randrange(2_000)]
        elif chance.random() < 0.3:
            del file[at:]
    return bytes(file)


def damaged_json(content: Any, chance: random.Random, times: int = 3) -> Any:
    """Replace, drop, double and swap nodes of JSON, each anywhere in it."""
    whole = [json.loads(json.dumps(content))]
    for _ in range(chance.randint(1, times)):
        places = list(_places(whole))
        holder, key = chance.choice(places)
        how = chance.randrange(4)
        if how == 0:
            holder[key] = chance.choice([*NUMBERS, *TEXTS, [], {}, [[]], {"": None}])
        elif how == 1 and holder is not whole:
            del holder[key]
        elif how == 2 and isinstance(holder, list) and holder is not whole:
            holder.insert(key, holder[key])
        else:
            other, place = chance.choice(places)
            holder[key] = json.loads(json.dumps(other[place]))
    return whole[0]


def _places(node: Any) -> Any:
    if isinstance(node, dict | list):
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            yield node, key
            yield from _places(node[key])


# ---- what comes of running it


class DamagedPlace:
    """Tells of each cell what nobody can foresee, with answers that are nearly right."""

    cpu, memory = 1.0, 1_000

    def __init__(self, right: Mapping[str, Any], chance: random.Random) -> None:
        self._right, self._chance = right, chance

    def run(self, cell: Cell, use: Callable[[str], Any]) -> CellReport:
        chance = self._chance
        if chance.random() < 0.3:
            use(chance.choice([*self._right, "9.9", *TEXTS]))
        numbers = [n for n in (cell.exercise, *chance.choices([*self._right], k=2)) if n]
        captures = tuple(
            Capture(number, self._data(number), at_check=chance.random() < 0.5)
            for number in numbers[: chance.randrange(4)]
        )
        ended = (
            chance.choice([RunStatus.KILLED, RunStatus.GARBLED]) if chance.random() < 0.03 else None
        )
        text = chance.choice(TEXTS)
        shown = (
            Shown(
                chance.choice(["stream", "error", text]),
                text,
                text.encode("utf-8", "replace"),
                text,
            ),
        )
        return CellReport(shown[: chance.randrange(2)], None, 0.1, captures, ended, text)

    def _data(self, number: str) -> dict[str, Any]:
        right = self._right.get(number, {})
        found = damaged_json(right, self._chance) if self._chance.random() < 0.8 else right
        return found if isinstance(found, dict) else {}

    def close(self) -> None:
        """Do nothing."""


def right_data(lesson: Lesson) -> dict[str, Any]:
    """Capture the solutions that a process without TensorFlow can give, by exercise."""
    found = {}
    for exercise in lesson.exercises:
        with contextlib.suppress(KeyError, ImportError):  # it needs what a notebook has made
            found[exercise.number] = capture(exercise.answers, exercise.solve_for("ada"))
    return found


class DamagedRunner:
    """Opens such places."""

    def __init__(self, right: Mapping[str, Any], seed: int) -> None:
        self._right, self._chance = right, random.Random(seed)

    def open(self, opening: object, limits: Limits | None = None) -> DamagedPlace:
        """Open one, whatever is asked."""
        return DamagedPlace(self._right, self._chance)

    def __enter__(self) -> DamagedRunner:
        return self

    def __exit__(self, *_: object) -> None:
        pass
