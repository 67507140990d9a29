"""What runs of a notebook that was handed in, whatever became of its cells."""

import pytest

from coursetools.grading.notebook import Origin, assemble
from grading.small_lesson import (
    CONNECT,
    FIRST,
    SECOND,
    TRAINING,
    answered,
    code,
    lesson,
    notebook,
    place_of,
    sources,
    text,
    without_ids,
)

RELEASED = notebook(lesson())
ALL = [c.source for c in RELEASED.cells if c.kind == "code" and c.source != TRAINING]
"""What runs of the lesson as it is."""


@pytest.fixture
def cells():
    return lesson()


def put_together(cells):
    return assemble(notebook(cells), RELEASED)


def solved_sources():
    return [source.replace("____", "42" if source == FIRST else '"A"') for source in ALL[2:]]


# ---- as it should be


def test_an_untouched_notebook_runs_as_released_and_says_so_for_each_exercise(cells):
    found = put_together(cells)
    assert sources(found) == ALL
    assert [(a.exercise, a.untouched, a.notes) for a in found.answers.values()] == [
        ("7.1", True, ()),
        ("7.2", True, ()),
    ]
    assert found.notes == ()


def test_answers_stand_in_their_places(cells):
    answered(cells, "7.1", "42")
    found = put_together(cells)
    (cell,) = [cell for cell in found.cells if cell.exercise == "7.1"]
    assert cell.source == FIRST.replace("____", "42")
    assert (cell.origin, cell.cell_id) == (Origin.STUDENT_ANSWER, "a1")
    assert found.answers["7.1"].source == cell.source
    assert not found.answers["7.1"].untouched
    assert found.answers["7.1"].notes == ()
    assert [cell.origin for cell in found.cells if cell.exercise is None] == [
        Origin.RELEASED
    ] * len(ALL[2:])


def test_the_id_is_not_put_into_the_cells_that_run(cells):
    cells[place_of(cells, "connect")]["source"] = CONNECT.replace('""', '"ada"')
    found = put_together(cells)
    assert CONNECT in sources(found)
    assert found.notes == ()


def test_what_the_student_added_runs_where_it_stands(cells):
    cells.insert(place_of(cells, "a1"), code("helper = 1", "new1"))
    cells.insert(place_of(cells, "letter") + 1, code("below_text = 1", "new2"))
    cells.insert(0, code("first = 1", "new3"))
    cells.append(code("last = 1", "new4"))
    found = put_together(cells)
    order = sources(found)
    assert order[0] == "first = 1"
    assert order[-1] == "last = 1"
    assert order.index("helper = 1") == order.index(FIRST) - 1
    assert order.index("below_text = 1") == order.index("q_2") - 1
    added = [cell for cell in found.cells if cell.origin is Origin.STUDENT_ADDED]
    assert [cell.cell_id for cell in added] == ["new3", "new1", "new2", "new4"]


def test_text_and_empty_cells_do_not_run(cells):
    cells[3:3] = [text("words", "t"), code(" \n", "empty"), {**text("raw"), "cell_type": "raw"}]
    assert sources(put_together(cells)) == ALL


# ---- what a student cannot bring about


def test_cells_of_ours_are_put_back(cells):
    cells[place_of(cells, "load")]["source"] = "data = [1.0] * 99"
    cells[place_of(cells, "seen")]["source"] = "import os"
    found = put_together(cells)
    assert sources(found) == ALL
    assert found.notes == (
        "2 cells of the lesson were changed (`load`, `seen`); they ran as they were released.",
    )


def test_metadata_make_no_cell_ours_and_skip_none(cells):
    answered(cells, "7.1", "42")
    cells[place_of(cells, "a1")]["metadata"] = {"coursetools": {"run": "never"}}
    cells[place_of(cells, "load")]["metadata"] = {"coursetools": {"run": "never"}}
    cells[place_of(cells, "training")]["metadata"] = {}
    cells.append(code("mine = 1", "load2", coursetools={"exercise": "7.2", "run": "never"}))
    found = put_together(cells)
    assert sources(found) == [s.replace("____", "42") if s == FIRST else s for s in ALL] + [
        "mine = 1"
    ]
    assert found.cells[-1].origin is Origin.STUDENT_ADDED
    assert found.answers["7.2"].untouched


def test_what_is_marked_as_never_run_is_skipped_whatever_stands_in_it(cells):
    cells[place_of(cells, "training")]["source"] = "model.fit(ds, epochs=9_999)"
    found = put_together(cells)
    assert sources(found) == ALL
    assert found.notes == ()


def test_text_of_ours_made_code_is_the_students(cells):
    cells[place_of(cells, "letter")] = code("mine = 1", "letter")
    found = put_together(cells)
    (cell,) = [cell for cell in found.cells if cell.source == "mine = 1"]
    assert cell.origin is Origin.STUDENT_ADDED


def test_code_of_ours_made_text_is_put_back(cells):
    cells[place_of(cells, "load")] = text("data = load()", "load")
    assert sources(put_together(cells)) == ALL


# ---- cells and ids that are lost, doubled, moved


def test_without_any_ids_nothing_is_lost(cells):
    answered(cells, "7.1", "42")
    answered(cells, "7.2", '"A"')
    cells[place_of(cells, "connect")]["source"] = CONNECT.replace('""', '"ada"')
    cells[place_of(cells, "training")]["source"] += "  # once more"
    cells.insert(place_of(cells, "q2"), code("helper = 1"))
    found = put_together(without_ids(cells))
    order = sources(found)
    assert order.pop(order.index("helper = 1")) == "helper = 1"
    assert [s for s in order if "# Exercise" not in s] == [s for s in ALL if "# Exercise" not in s]
    assert [cell.exercise for cell in found.cells if cell.exercise] == ["7.1", "7.2"]
    assert not any(answer.untouched or answer.notes for answer in found.answers.values())
    assert found.notes == (
        "Its cells have lost their ids; they were matched by what stands in them.",
    )


def test_a_deleted_cell_of_ours_runs_and_is_told(cells):
    del cells[place_of(cells, "load")]
    found = put_together(cells)
    assert sources(found) == ALL
    assert found.notes == ("1 cell of the lesson is gone (`load`); it ran as it was released.",)


def test_a_deleted_answer_cell_is_told_and_nothing_stands_for_it(cells):
    del cells[place_of(cells, "a1")]
    found = put_together(cells)
    assert sources(found) == [source for source in ALL if source != FIRST]
    assert found.answers["7.1"].source is None
    assert found.answers["7.1"].notes == ("Its answer cell is gone from the notebook.",)


def test_an_answer_cell_turned_into_text_is_told(cells):
    cells[place_of(cells, "a1")] = text(FIRST, "a1")
    found = put_together(cells)
    assert found.answers["7.1"].source is None
    assert "turned into text" in found.answers["7.1"].notes[0]


def test_an_answer_cell_with_a_new_id_is_found_by_its_first_line(cells):
    answered(cells, "7.1", "42")
    cells[place_of(cells, "a1")]["id"] = "new"
    found = put_together(cells)
    assert sources(found) == [s.replace("____", "42") if s == FIRST else s for s in ALL]
    assert found.answers["7.1"].notes == ("Its cell was found by its first line, not by its id.",)


def test_an_answer_cell_without_its_first_line_is_found_by_its_id(cells):
    cells[place_of(cells, "a1")]["source"] = "number = 42\nq_1.check()"
    found = put_together(cells)
    assert found.answers["7.1"].source == "number = 42\nq_1.check()"
    assert found.answers["7.1"].notes == ()


def test_an_answer_without_id_and_first_line_is_found_by_its_check(cells):
    cells[place_of(cells, "a1")] = code("number = 42\nq_1.check()", "new")
    found = put_together(cells)
    order = sources(found)
    assert found.answers["7.1"].source == "number = 42\nq_1.check()"
    assert order.index("number = 42\nq_1.check()") == order.index("q_1") + 1
    assert "by the check" in found.answers["7.1"].notes[0]


def test_of_two_answer_cells_the_one_with_the_released_id_counts(cells):
    answered(cells, "7.1", "42")
    place = place_of(cells, "a1")
    cells.insert(place + 1, code(FIRST.replace("____", "43"), "copy"))
    found = put_together(cells)
    assert found.answers["7.1"].source == FIRST.replace("____", "42")
    (draft,) = [cell for cell in found.cells if cell.draft_of]
    assert (draft.source, draft.draft_of) == (FIRST.replace("____", "43"), "7.1")
    assert (draft.exercise, draft.origin) == (None, Origin.STUDENT_ADDED)
    assert found.answers["7.1"].notes == ("2 cells answer it; the released one counts.",)


def test_of_two_answer_cells_without_the_released_id_the_last_counts(cells):
    place = place_of(cells, "a1")
    cells[place : place + 1] = [
        code(FIRST.replace("____", "42"), "new1"),
        code(FIRST.replace("____", "43"), "new2"),
    ]
    found = put_together(cells)
    assert found.answers["7.1"].source == FIRST.replace("____", "43")
    assert "the last of them counts" in found.answers["7.1"].notes[1]
    order = sources(found)
    assert order.index(FIRST.replace("____", "42")) < order.index(FIRST.replace("____", "43"))


def test_a_released_cell_left_as_it_was_is_nobodys_answer_beside_a_copy(cells):
    place = place_of(cells, "a1")
    cells[place + 1 : place + 1] = [
        code("helper = 42", "helper"),
        code(FIRST.replace("____", "helper"), "copy"),
    ]
    found = put_together(cells)
    order = sources(found)
    assert found.answers["7.1"].source == FIRST.replace("____", "helper")
    assert not found.answers["7.1"].untouched
    assert FIRST not in order
    assert order.index("helper = 42") + 1 == order.index(FIRST.replace("____", "helper"))
    assert "stands in a copy" in found.answers["7.1"].notes[1]


def test_a_copy_at_the_end_runs_in_the_place_of_the_answer(cells):
    cells.append(code(FIRST.replace("____", "42"), "copy"))
    order = sources(put_together(cells))
    assert order.index(FIRST.replace("____", "42")) == order.index("q_1") + 1


def test_one_id_twice_keeps_what_the_student_wrote(cells):
    cells.append(code("mine = 1", "load"))
    answered(cells, "7.2", '"A"')
    cells.append(code(SECOND.replace("____", '"B"'), "a2"))
    found = put_together(cells)
    assert "mine = 1" in sources(found)
    assert "data = load()\ndata.head()" in sources(found)
    assert found.answers["7.2"].source == SECOND.replace("____", '"B"')


def test_answers_pasted_over_each_other_are_taken_by_their_first_lines(cells):
    one, two = place_of(cells, "a1"), place_of(cells, "a2")
    cells[one]["source"] = SECOND.replace("____", '"A"')
    cells[two]["source"] = FIRST.replace("____", "42")
    found = put_together(cells)
    assert found.answers["7.1"].source == FIRST.replace("____", "42")
    assert found.answers["7.2"].source == SECOND.replace("____", '"A"')
    assert [cell.exercise for cell in found.cells if cell.exercise] == ["7.1", "7.2"]


def test_cells_in_another_order_run_in_ours(cells):
    answered(cells, "7.1", "42")
    place = place_of(cells, "q1")
    moved = cells[place : place + 3]
    del cells[place : place + 3]
    cells[2:2] = [*moved, code("helper = 1", "helper")]
    found = put_together(cells)
    order = sources(found)
    assert order.pop(order.index("helper = 1")) == "helper = 1"
    assert order == [s.replace("____", "42") if s == FIRST else s for s in ALL]
    assert "another order" in found.notes[0]


def test_a_notebook_upside_down_runs_like_any_other(cells):
    assert sources(put_together(cells[::-1])) == ALL


# ---- cells that were cut or joined


def test_an_answer_cell_cut_in_two_runs_whole(cells):
    place = place_of(cells, "a1")
    cells[place : place + 1] = [
        code("# Exercise 7.1: a number\nnumber = 42", "a1"),
        code("q_1.check()", "lower"),
    ]
    found = put_together(cells)
    order = sources(found)
    assert order.index("q_1.check()") == order.index("# Exercise 7.1: a number\nnumber = 42") + 1
    assert found.answers["7.1"].source == "# Exercise 7.1: a number\nnumber = 42"
    lower = found.cells[order.index("q_1.check()")]
    assert (lower.exercise, lower.draft_of) == (None, None)


def test_joined_answer_cells_are_cut_again(cells):
    answered(cells, "7.1", "42")
    answered(cells, "7.2", '"A"')
    one, two = cells[place_of(cells, "a1")], cells.pop(place_of(cells, "a2"))
    one["source"] += "\n\n" + two["source"]
    found = put_together(cells)
    assert found.answers["7.1"].source.strip() == FIRST.replace("____", "42")
    assert found.answers["7.2"].source == SECOND.replace("____", '"A"')
    assert "joined" in found.answers["7.1"].notes[0]
    assert "joined" in found.answers["7.2"].notes[0]
    assert [cell.exercise for cell in found.cells if cell.exercise] == ["7.1", "7.2"]


def test_a_cell_of_nothing_but_first_lines_is_cut_once_for_each_exercise(cells):
    del cells[place_of(cells, "a1")]
    del cells[place_of(cells, "a2")]
    cells.append(code("x = 1\n" + "# Exercise 7.1\n# Exercise 7.2\n" * 10_000, "many"))
    found = put_together(cells)
    assert len(found.cells) == len(ALL) + 1
    assert all(answer.source for answer in found.answers.values())


def test_an_answer_joined_to_a_cell_of_ours_is_cut_out(cells):
    answered(cells, "7.1", "42")
    one, question = cells.pop(place_of(cells, "a1")), cells[place_of(cells, "q1")]
    question["source"] += "\n" + one["source"]
    found = put_together(cells)
    assert found.answers["7.1"].source == FIRST.replace("____", "42")
    assert sources(found) == [s.replace("____", "42") if s == FIRST else s for s in ALL]


def test_a_comment_on_another_exercise_cuts_nothing(cells):
    source = FIRST.replace("____", "42") + "\n# Exercise 7.2 comes next\nmore = 1"
    cells[place_of(cells, "a1")]["source"] = source
    found = put_together(cells)
    assert found.answers["7.1"].source == source
    assert found.answers["7.2"].untouched


def test_the_lower_half_of_a_cell_that_never_runs_does_not_run(cells):
    upper, _, lower = TRAINING.partition("\n")
    place = place_of(cells, "training")
    cells[place : place + 1] = [code(upper, "training"), code(lower, "lower")]
    assert sources(put_together(cells)) == ALL


def test_different_ids_in_two_cells_are_told(cells):
    cells[place_of(cells, "connect")]["source"] = CONNECT.replace('""', '"ada"')
    cells.append(code(CONNECT.replace('""', '"bob"'), "again"))
    assert "Its cells connect with 2 different student ids." in put_together(cells).notes
