"""Answers that a check stored in the notebook, for what is never run a second time."""

import pytest

from coursetools.grading.notebook import assemble
from grading.small_lesson import FIRST, answered, code, keep, lesson, notebook, place_of

RELEASED = notebook(lesson())


@pytest.fixture
def cells():
    return lesson()


def put_together(cells):
    return assemble(notebook(cells), RELEASED)


def test_a_stored_answer_is_read_as_it_was_checked(cells):
    answered(cells, "7.1", "42")
    keep(cells[place_of(cells, "a1")], "7.1", {"number": {"state": "given"}})
    stored = put_together(cells).answers["7.1"].stored
    assert stored.answers == {"number": {"state": "given"}}
    assert not stored.changed


def test_a_stored_answer_of_a_cell_edited_afterwards_says_so(cells):
    cell = cells[place_of(cells, "a1")]
    keep(cell, "7.1", {"number": {"state": "given"}})
    cell["source"] += "\n# edited"
    assert put_together(cells).answers["7.1"].stored.changed


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("no mapping", "not JSON"),
        ({"version": 99}, "another version"),
        ({"version": 1, "exercise": "7.1", "source_sha256": 3, "answers": {}}, "not a text"),
        (
            {"version": 1, "exercise": "7.2", "source_sha256": "", "answers": {}},
            "one to another exercise",
        ),
    ],
)
def test_a_stored_answer_that_cannot_be_read_is_told(cells, data, why):
    cell = cells[place_of(cells, "a1")]
    keep(cell, "7.1", {})
    (output,) = cell["outputs"]
    output["data"] = dict.fromkeys(output["data"], data)
    answer = put_together(cells).answers["7.1"]
    assert answer.stored is None
    assert why in answer.notes[0]


def test_a_stored_answer_in_a_copy_counts_if_the_other_has_none(cells):
    answered(cells, "7.1", "42")
    copy = code(FIRST.replace("____", "43"), "copy")
    keep(copy, "7.1", {"number": {"state": "given"}})
    cells.append(copy)
    answer = put_together(cells).answers["7.1"]
    assert answer.stored is not None
    assert "stands in another cell" in answer.notes[-1]
