"""Answers kept in a cell's output."""

import json

import pytest

from coursetools.answers import History, UnreadableAnswer, capture, read
from coursetools.answers.stored import (
    LIMIT,
    STORED_TYPE,
    StoredAnswerTooLargeError,
    find_stored,
    read_stored,
    source_sha256,
    store,
)

SOURCE = "# Exercise 1.6\nbest_epoch = 3\nq_6.check()"
KINDS = {"history": History()}
ANSWERS = capture(KINDS, {"history": {"loss": [0.7, 0.5], "val_loss": [0.6, 0.65]}})


STORED = store("1.6", {}, SOURCE)


def through_json(data):
    return json.loads(json.dumps(data))


def cell_with(*outputs):
    return {"cell_type": "code", "source": SOURCE, "outputs": list(outputs)}


def output(data, kind="display_data"):
    return {"output_type": kind, "data": {"text/plain": "kept", STORED_TYPE: data}, "metadata": {}}


def test_what_is_stored_is_read_back():
    stored = read_stored(through_json(store("1.6", ANSWERS, SOURCE)), SOURCE)
    assert stored.exercise == "1.6"
    assert not stored.changed
    answer = read(KINDS["history"], stored.answers["history"])
    assert answer.value.val_loss == (0.6, 0.65)


def test_text_and_parsed_json_are_the_same():
    data = store("1.6", ANSWERS, SOURCE)
    assert read_stored(json.dumps(data), SOURCE) == read_stored(through_json(data), SOURCE)


def test_a_change_after_the_last_check_is_noticed_and_counts():
    stored = read_stored(store("1.6", ANSWERS, SOURCE), SOURCE.replace("3", "4"))
    assert stored.changed
    assert stored.answers == ANSWERS


@pytest.mark.parametrize("source", [SOURCE + "\n", SOURCE.replace("\n", "\r\n"), SOURCE + "  \n\n"])
def test_line_ends_are_no_change(source):
    assert not read_stored(store("1.6", ANSWERS, SOURCE), source).changed
    assert source_sha256(source) == source_sha256(SOURCE)


def test_blanks_at_the_beginning_of_a_line_are_a_change():
    assert source_sha256("if x:\n    y") != source_sha256("if x:\n  y")


def test_the_last_stored_answer_counts():
    first, last = store("1.6", {}, "a"), store("1.6", ANSWERS, SOURCE)
    other = {"output_type": "stream", "name": "stdout", "text": "hello"}
    cell = cell_with(output(first), other, output(last, "execute_result"), other)
    assert find_stored(through_json(cell)) == last


@pytest.mark.parametrize(
    "cell",
    [
        {},
        None,
        [],
        7,
        {"outputs": None},
        {"outputs": [None, 7, {"data": None}, {"data": []}, {"data": {}}]},
        cell_with({"output_type": "error"}),
    ],
    ids=repr,
)
def test_a_cell_without_a_stored_answer(cell):
    assert find_stored(cell) is None


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        [],
        {},
        "",
        "{",
        "x" * (LIMIT + 1),
        STORED | {"version": 2},
        STORED | {"version": True},
        STORED | {"exercise": 1.6},
        STORED | {"exercise": "1" * 30},
        STORED | {"source_sha256": None},
        STORED | {"answers": []},
        STORED | {"answers": {f"a{i}": {} for i in range(17)}},
        STORED | {"answers": {"a": float("nan")}},
        STORED | {"answers": {"a": "x" * LIMIT}},
        STORED | {"answers": {"a": object()}},
    ],
    ids=lambda data: str(data)[:60],
)
def test_what_is_no_stored_answer(data):
    with pytest.raises(UnreadableAnswer):
        read_stored(data, SOURCE)


def test_too_long_an_answer_is_refused_with_advice():
    answers = capture(KINDS, {"history": {"loss": [1 / 3 + i for i in range(9_000)]}})
    assert answers["history"]["state"] == "given"
    with pytest.raises(
        StoredAnswerTooLargeError, match=r"exercise 1\.6 takes \d+ kB .* at most 64 kB"
    ):
        store("1.6", answers, SOURCE)


def test_thirty_epochs_fit_many_times_over():
    curve = [1 / 3 + i for i in range(30)]
    names = ("loss", "val_loss", "binary_accuracy", "val_binary_accuracy")
    answers = capture(KINDS, {"history": dict.fromkeys(names, curve)})
    assert len(json.dumps(store("1.6", answers, SOURCE))) < LIMIT / 10
