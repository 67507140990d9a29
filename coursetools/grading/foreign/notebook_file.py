"""Writing the notebook that students get: the old one with answer cells of ours."""

from __future__ import annotations

import json
import re
from typing import Any

from coursetools.grading.foreign.assignment import Assignment, LeftOut, Passage
from coursetools.grading.foreign.layout import WIDTH
from coursetools.grading.foreign.planning import Plan, PlannedExercise
from coursetools.grading.foreign.stubs import BLANK
from coursetools.grading.plain_text import one_line
from coursetools.notebook.cells import MARKER

_ATTACHED = re.compile(r"\]\(attachment:")
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_INSTEAD = "# From the old notebook:\n"


def notebook_text(assignment: Assignment, plan: Plan, number: int) -> str:
    """Give the notebook as JSON; what it leaves out is added to the plan's.

    Args:
        assignment: What was read.
        plan: What its exercises become.
        number: The lesson's.
    """
    exercises = {exercise.old.number: exercise for exercise in plan.exercises}
    cells = [_cell("code", "connect", _connecting(plan, number))]
    for place, part in enumerate(assignment.parts, 1):
        if isinstance(part, Passage):
            cells.append(_passage(part, place, plan))
        else:
            answer = _answer(exercises[part.number], number)
            cells.append(_cell("code", f"answer-{part.number}", answer))
    content = {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(kind: str, cell_id: str, source: str) -> dict[str, Any]:
    more: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": cell_id, "metadata": {}, "source": source} | more


def _passage(passage: Passage, place: int, plan: Plan) -> dict[str, Any]:
    source = passage.source.strip("\n")
    if not passage.code:
        if _ATTACHED.search(source):
            what = f"`{one_line(source, 60)}`".replace("``", "`")
            plan.left_out.append(LeftOut(what, "A picture in its cell is not taken over."))
        return _cell("markdown", f"text-{place}", source)
    if MARKER.match(source.lstrip()):  # it would be taken for an answer cell
        source = _INSTEAD + source
    return _cell("code", f"code-{place}", source)


def _connecting(plan: Plan, number: int) -> str:
    names = [f"q_{exercise.old.number}" for exercise in plan.exercises]
    connect = f'ct.connect(lesson={number}, student_id="")'
    targets = f"({names[0]},)" if len(names) == 1 else ", ".join(names)
    line = f"{targets} = {connect}"
    if len(line) > WIDTH:
        line = f"questions = {connect}\n(\n    " + ",\n    ".join(names) + ",\n) = questions"
    return f"import coursetools as ct\nfrom coursetools import {BLANK}\n\n{line}"


def _answer(exercise: PlannedExercise, number: int) -> str:
    old = exercise.old
    (first, *_) = exercise.answers
    lines = []
    if not exercise.own_words:
        words = one_line(old.name, 60)
        lines = [exercise.stub]
    elif old.code:
        words = "your code; then, in quotes, a sentence on it, since a person reads both"
        stub = "" if exercise.stub.strip() == BLANK else exercise.stub
        gap = ["", ""] if stub.rpartition("\n")[2].startswith(" ") else [""]
        lines = [*([stub, *gap] if stub else []), f"{first} = {BLANK}"]
    else:
        words = 'your text, between three quotes: """ ... """'
        lines = [f"{first} = {BLANK}"]
    gap = ["", ""] if lines[-1].rpartition("\n")[2].startswith(" ") else [""]
    head = f"# Exercise {number}.{old.number}: {words}"
    return "\n".join([head, *lines, *gap, f"q_{old.number}.check()"])
