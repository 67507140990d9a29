"""The capstone: the process that judges it, and its limits."""

import sys

import keras
import numpy as np
import pytest
from keras import layers

from capstone.networks import (
    DENSE,
    MEGABYTE,
    PICTURES,
    conv,
    node,
    pad,
    plain_network,
    recipe_of,
    trained_looking,
)
from coursetools.capstone import Limits, RunStatus, judge
from coursetools.capstone import __main__ as judge_process
from coursetools.capstone.describe import describe
from coursetools.capstone.judging import JudgeError, run_limited
from coursetools.capstone.recipe import read_recipe
from coursetools.capstone.weights_file import FILE, read_capstone, write_capstone
from coursetools.datasets import load_small


def test_the_judge_counts_as_we_do(tmp_path):
    model = trained_looking(plain_network())
    write_capstone(tmp_path / FILE, *describe(model, "tag"))
    (tmp_path / "keras.py").write_text("raise SystemExit('taken from beside the notebook')")
    found = judge(tmp_path / FILE)
    pictures, labels = load_small("practice")
    answers = model.predict(pictures, verbose=0).ravel() > 0.5
    assert (found.status, found.refused) == (RunStatus.FINISHED, "")
    assert (found.right, found.pictures) == (int((answers == labels).sum()), len(labels))
    assert (found.parameters, found.shape, found.tag) == (model.count_params(), (1,), "tag")
    assert (found.largest, found.largest_parameters) == ("6, a Dense", 16 * 16 * 8 + 1)
    assert found.in_range
    assert found.provisional
    p = found.accuracy
    assert found.standard_error == pytest.approx((p * (1 - p) / len(labels)) ** 0.5)


def test_held_out_and_validation_pictures_are_both_counted(tmp_path):
    """The judge's own steps, here without its process."""
    model = trained_looking(plain_network())
    write_capstone(tmp_path / FILE, *describe(model))
    labels = np.array([0, 1, 1, 0])
    answers = model.predict(PICTURES, verbose=0).ravel() > 0.5
    calls = []
    found = judge_process._judged(
        tmp_path / FILE, (PICTURES, labels), (PICTURES[:3], labels[:3]), lambda: calls.append(1)
    )
    assert calls == [1]
    assert (found["right"], found["pictures"]) == (int((answers == labels).sum()), 4)
    assert found["valid_right"] == int((answers == labels)[:3].sum())
    assert found["valid_pictures"] == 3


def test_several_numbers_a_picture_are_not_counted(tmp_path):
    write_capstone(
        tmp_path / FILE,
        *describe(keras.Sequential([keras.Input((32, 32, 3)), layers.Flatten(), layers.Dense(2)])),
    )
    found = judge_process._judged(tmp_path / FILE, (PICTURES, np.zeros(4)), None, lambda: None)
    assert found["shape"] == [2]
    assert "right" not in found


def test_a_network_that_takes_an_hour_is_stopped(tmp_path):
    wide = [pad(place) for place in range(6)]
    slow = [conv(place, 3, 32) for place in range(6, 30)]
    side = 32 + 6 * 64
    flat = node("GlobalMaxPooling2D", (30,))
    end = node("Dense", (31,), **DENSE)
    recipe = read_recipe(recipe_of(*wide, *slow, flat, end))
    arrays = {n: [np.zeros((32, 32, 3, 3), np.float32)] for n in range(7, 31)}
    arrays[32] = [np.zeros((3, 1), np.float32), np.zeros(1, np.float32)]
    path = tmp_path / FILE
    write_capstone(path, recipe, arrays)
    assert read_capstone(path).parameters < 250_000
    assert side * side * 3 < 600_000
    found = judge(path, limits=Limits(network=2))
    assert found.status is RunStatus.TIMED_OUT
    assert found.pictures == 0


def process(code, **limits):
    return run_limited([sys.executable, "-c", code], Limits(**limits))


def test_what_the_process_may_end_as():
    endless = 'print("{}", flush=True)\nwhile True: pass'
    assert process(endless, network=0.5).status is RunStatus.TIMED_OUT
    greedy = "x = bytearray(400 * 1024 * 1024)\nwhile True: x[::4096] = x[::4096]"
    assert process(greedy, memory=200 * MEGABYTE).status is RunStatus.OUT_OF_MEMORY
    assert process("import os; os.kill(os.getpid(), 9)").status is RunStatus.KILLED
    assert process("print('no report')").status is RunStatus.GARBLED
    assert process("print('{\"right\": -1}')").status is RunStatus.GARBLED
    assert process("print('{' * 100000)").status is RunStatus.GARBLED
    assert process("pass").status is RunStatus.GARBLED
    with pytest.raises(JudgeError, match="no data here"):
        process("raise SystemExit('no data here')")
    with pytest.raises(JudgeError, match="No network stood"):
        process("while True: pass", start=0.5)
    with pytest.raises(JudgeError, match="could not be started"):
        run_limited(["/nowhere/python"], Limits())
