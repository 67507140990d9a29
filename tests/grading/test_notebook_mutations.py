"""Notebooks as nobody would write them: read or refused, put together, and nothing lost."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from coursetools.grading.notebook import (
    Origin,
    UnreadableNotebookError,
    assemble,
    notebook_id,
    notebook_lesson,
    read_notebook,
)
from grading.small_lesson import FIRST, SECOND, TRAINING, code, file_of, lesson, notebook, text

RELEASED = notebook(lesson())
OURS = [c.source for c in RELEASED.cells if c.kind == "code" and c.source != TRAINING]
OURS = [source for source in OURS if source not in (FIRST, SECOND)]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
known_ids = st.sampled_from([cell["id"] for cell in lesson()])
known_sources = st.sampled_from([cell["source"] for cell in lesson()])
lines = st.sampled_from(["number = 42", "q_1.check()", "ct.connect(7, 'x')", "# Exercise 7.9", "("])
some_sources = known_sources | lines | st.text(max_size=30)
mutations = st.one_of(
    st.tuples(st.just("delete")),
    st.tuples(st.just("double")),
    st.tuples(st.just("move"), st.integers(0, 30)),
    st.tuples(st.just("id"), known_ids | json_values),
    st.tuples(st.just("source"), some_sources | json_values),
    st.tuples(st.just("append to"), some_sources),
    st.tuples(st.just("join")),
    st.tuples(st.just("cut"), st.integers(0, 60)),
    st.tuples(st.just("kind"), st.sampled_from(["code", "markdown", "raw"]) | json_values),
    st.tuples(st.just("metadata"), json_values),
    st.tuples(st.just("outputs"), json_values),
    st.tuples(st.just("insert"), some_sources),
    st.tuples(st.just("replace"), json_values),
)


def mutate(cells, place, name, *values):
    place %= len(cells) + (name == "insert")
    cell = cells[place] if place < len(cells) else {}
    following = cells[place + 1] if place + 1 < len(cells) else {}
    if name == "insert":
        cells.insert(place, code(values[0], f"new{place}"))
    elif name == "replace":
        cells[place] = values[0]
    elif name == "delete":
        del cells[place]
    elif name == "move":
        cells.insert(values[0] % len(cells), cells.pop(place))
    elif name == "double":
        cells.insert(place, json.loads(json.dumps(cell)))
    elif not isinstance(cell, dict):
        return
    elif name == "append to":
        cell["source"] = f"{cell.get('source')}\n{values[0]}"
    elif name == "join" and isinstance(following, dict) and following:
        cell["source"] = f"{cell.get('source')}\n{cells.pop(place + 1).get('source')}"
    elif name == "cut":
        source = str(cell.get("source"))
        cell["source"] = source[: values[0]]
        cells.insert(place + 1, code(source[values[0] :], f"cut{place}"))
    elif name == "kind":
        cell["cell_type"] = values[0]
    elif name != "join":
        cell[name] = values[0]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), mutations), max_size=12))
def test_whatever_became_of_its_cells_a_notebook_is_put_together(steps):
    cells = lesson()
    for place, mutation in steps:
        if cells:
            mutate(cells, place, *mutation)
    handed_in = read_notebook(file_of(cells))
    found = assemble(handed_in, RELEASED)
    ran = [cell.source for cell in found.cells if cell.origin is Origin.RELEASED]
    assert ran == OURS
    assert list(found.answers) == ["7.1", "7.2"]
    answers = [cell for cell in found.cells if cell.origin is Origin.STUDENT_ANSWER]
    assert sorted(cell.exercise for cell in answers) == [
        number for number, answer in found.answers.items() if answer.source is not None
    ]
    for cell in answers:
        assert cell.source == found.answers[cell.exercise].source
    for cell in found.cells:
        if cell.origin is not Origin.RELEASED:
            assert any(cell.source in other.source for other in handed_in.cells)


@settings(max_examples=300, deadline=None)
@given(json_values)
def test_any_json_is_read_or_refused(value):
    read_or_refused(json.dumps(value).encode())
    read_or_refused(file_of(value))
    for version in (1, 2, 3):
        read_or_refused(
            file_of([], nbformat=version, metadata=value, worksheets=[{"cells": value}])
        )
        read_or_refused(file_of([], nbformat=version, worksheets=value))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_to_the_bytes_is_read_or_refused(data):
    file = bytearray(file_of([code(FIRST, "a1"), text("words"), code("x", "y")]))
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(file)))
        file[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    read_or_refused(bytes(file))


def read_or_refused(data):
    try:
        read = read_notebook(data)
    except UnreadableNotebookError:
        return
    assemble(read, RELEASED)
    notebook_id(read)
    notebook_lesson(read)
    for cell in read.cells:
        cell.source.encode()
