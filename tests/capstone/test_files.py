"""The capstone: hostile files are refused unread."""

import contextlib
import os
import pickle
import random
import zipfile

import numpy as np
import pytest

from capstone.networks import (
    DENSE,
    END,
    FLAT,
    GOOD_END,
    MEGABYTE,
    archive,
    claiming,
    node,
    npy,
    plain_network,
    recipe_npy,
    trained_looking,
)
from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.describe import describe
from coursetools.capstone.weights_file import FILE, read_capstone, write_capstone

DEEP = b'{"version": 1, "nodes": ' + b"[" * 20_000 + b"]" * 20_000 + b"}"

HOSTILE_FILES = {
    "no zip": (b"PK no", "cannot be unpacked."),
    "empty": (b"", "cannot be unpacked."),
    "no recipe": ({"x.npy": npy(np.zeros(3))}, "holds no recipe."),
    "lambda in the recipe": (
        {"recipe.npy": recipe_npy(node("Lambda", function="x"))},
        "`Lambda` is not on the capstone's list",
    ),
    "a dotted name": (
        {"recipe.npy": recipe_npy(node("keras.layers.Dense", **DENSE))},
        "`keras.layers.Dense` is not on",
    ),
    "an attribute of keras.layers": ({"recipe.npy": recipe_npy(node("__loader__"))}, "is not on"),
    "an argument too many": (
        {"recipe.npy": recipe_npy(FLAT, node("Dense", inputs=(1,), dtype="x", **DENSE))},
        "The arguments of `Dense` are not the ones of the list.",
    ),
    "an activation outside": (
        {"recipe.npy": recipe_npy(FLAT, node("Dense", (1,), **(DENSE | {"activation": "eval"})))},
        "`activation` is `eval`",
    ),
    "takes itself": ({"recipe.npy": recipe_npy(node("Flatten", inputs=(1,)))}, "out of range."),
    "takes a later one": (
        {"recipe.npy": recipe_npy(node("Flatten", inputs=(2,)), node("ReLU", inputs=(1,)))},
        "out of range.",
    ),
    "deeper than Python goes": ({"recipe.npy": npy(np.frombuffer(DEEP, np.uint8))}, "not JSON"),
    "ten thousand layers": ({"recipe.npy": recipe_npy(*[FLAT] * 10_000)}, ""),
    "three hundred layers": ({"recipe.npy": recipe_npy(*[FLAT] * 300)}, "more than 200."),
    "no layer": ({"recipe.npy": recipe_npy()}, "has no layer."),
    "NaN in the recipe": (
        {"recipe.npy": npy(np.frombuffer(b'{"version": NaN}', np.uint8))},
        "which is not a number.",
    ),
    "NaN weights": (
        {
            "recipe.npy": recipe_npy(FLAT, END),
            **GOOD_END,
            "layer_2_1.npy": npy(np.full(1, np.nan, "<f4")),
        },
        "Some of its weights are NaN or infinite",
    ),
    "a pickle": (
        {
            "recipe.npy": recipe_npy(FLAT, END),
            "layer_2_0.npy": npy(np.array([print], object), allow_pickle=True),
        },
        "holds `object`",
    ),
    "a bare pickle": (
        {"recipe.npy": recipe_npy(FLAT, END), "layer_2_0.npy": pickle.dumps(print)},
        "cannot be read.",
    ),
    "ten gigabytes declared": (
        {"recipe.npy": recipe_npy(FLAT, END), "layer_2_0.npy": claiming((50_000, 50_000))},
        "says that it has the shape (50000, 50000), and has not.",
    ),
    "a negative shape": (
        {"recipe.npy": recipe_npy(FLAT, END), "layer_2_0.npy": claiming((-4,))},
        "and has not.",
    ),
    "another type": (
        {"recipe.npy": recipe_npy(FLAT, END), "layer_2_0.npy": npy(np.zeros((3072, 1)))},
        "holds `float64`",
    ),
    "a bomb": (
        {"recipe.npy": recipe_npy(FLAT, END), "layer_2_0.npy": bytes(40 * MEGABYTE)},
        "at most 250,000 numbers are read.",
    ),
    "many small ones": (
        {f"{n}.npy": b"" for n in range(3_000)},
        "at most 250,000 numbers are read.",
    ),
    "arrays of no layer": (
        {"recipe.npy": recipe_npy(FLAT, END), **GOOD_END, "more.npy": npy(np.zeros(1, "<f4"))},
        "belong to no layer.",
    ),
}


@pytest.mark.parametrize("name", list(HOSTILE_FILES))
def test_hostile_files_are_refused_unread(name, tmp_path):
    data, words = HOSTILE_FILES[name]
    path = tmp_path / FILE
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        archive(path, data)
    with pytest.raises(UnreadableAnswer) as caught:
        read_capstone(path)
    assert words in str(caught.value)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path):
    path = archive(
        tmp_path / FILE, {"recipe.npy": recipe_npy(FLAT, END), "a.npy": bytes(20 * MEGABYTE)}
    )
    data = path.read_bytes()
    honest = (20 * MEGABYTE).to_bytes(4, "little")
    assert honest in data
    path.write_bytes(data.replace(honest, (100).to_bytes(4, "little")))
    with pytest.raises(UnreadableAnswer):
        read_capstone(path)


def test_a_file_of_gigabytes_is_not_opened(tmp_path):
    with (tmp_path / FILE).open("wb") as file:
        file.truncate(10 * 1024 * MEGABYTE)
    with pytest.raises(UnreadableAnswer, match="more than 2,000,000 bytes"):
        read_capstone(tmp_path / FILE)


def test_broken_files_are_unreadable_and_nothing_else(tmp_path):
    path = tmp_path / FILE
    write_capstone(path, *describe(trained_looking(plain_network())))
    whole, dice = path.read_bytes(), random.Random(1)
    read = 0
    for turn in range(600):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 30))):
            place = dice.choice((dice.randrange(len(data)), -1 - dice.randrange(700)))
            data[place] = dice.randrange(256)
        path.write_bytes(bytes(data[: dice.randrange(len(data))] if turn % 7 == 0 else data))
        with contextlib.suppress(UnreadableAnswer):
            read_capstone(path)
            read += 1
    assert read < 100


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_other_ways_of_packing_are_refused(method, tmp_path):
    with zipfile.ZipFile(tmp_path / FILE, "w", method) as file:
        file.writestr("recipe.npy", recipe_npy(FLAT, END))
    with pytest.raises(UnreadableAnswer, match="packed in a way"):
        read_capstone(tmp_path / FILE)


@pytest.mark.parametrize("header", ["-" * 900 + "1", "(" * 450 + ")" * 450, "{'shape': 1}", "["])
def test_headers_that_are_odd_python_are_refused(header, tmp_path):
    data = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    archive(tmp_path / FILE, {"recipe.npy": data})
    with pytest.raises(UnreadableAnswer, match="An array in it cannot be read"):
        read_capstone(tmp_path / FILE)


def test_only_an_ordinary_file_is_read(tmp_path):
    write_capstone(tmp_path / "elsewhere.npz", *describe(plain_network()))
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere.npz")
    with pytest.raises(UnreadableAnswer, match="is no ordinary file"):
        read_capstone(tmp_path / FILE)
    (tmp_path / FILE).unlink()
    os.mkfifo(tmp_path / FILE)  # reading it would never end
    with pytest.raises(UnreadableAnswer, match="is no ordinary file"):
        read_capstone(tmp_path / FILE)
