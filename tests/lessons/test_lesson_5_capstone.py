"""Exercise 5.9: what crosses, what is refused, and what the judge says of it."""

import contextlib
import io
import json
import os
import pickle
import random
import sys
import zipfile

import keras
import numpy as np
import pytest
from keras import layers

from coursetools.answers import loads_answer
from coursetools.answers.kind import UnreadableAnswer
from coursetools.datasets import load_small
from coursetools.lessons.lesson_5 import capstone as exercise
from coursetools.lessons.lesson_5 import the_capstone
from coursetools.lessons.lesson_5.judge import Judgement, Limits, RunStatus, judge
from coursetools.lessons.lesson_5.judge import __main__ as judge_process
from coursetools.lessons.lesson_5.judge.allowed import ACTIVATIONS, RULES
from coursetools.lessons.lesson_5.judge.describe import describe
from coursetools.lessons.lesson_5.judge.judging import JudgeError, run_limited
from coursetools.lessons.lesson_5.judge.rebuild import (
    TooLargeError,
    WrongShapesError,
    rebuild,
)
from coursetools.lessons.lesson_5.judge.recipe import OutsideTheListError, read_recipe, written
from coursetools.lessons.lesson_5.judge.weights_file import FILE, read_capstone, write_capstone

PICTURES = np.random.default_rng(7).random((4, 32, 32, 3), np.float32)
MEGABYTE = 1024 * 1024


def plain_network():
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.RandomFlip("horizontal"),
            layers.Conv2D(8, 3, padding="same", activation="relu"),
            layers.MaxPool2D(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def nested():
    block = [layers.Conv2D(4, (3, 5), use_bias=False), layers.BatchNormalization(), layers.ReLU()]
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Rescaling(2.0, offset=-1),
            layers.ZeroPadding2D(((1, 0), (2, 1))),
            keras.Sequential(block),
            layers.GlobalAveragePooling2D(),
            layers.Dense(1),
            layers.Activation("sigmoid"),
        ]
    )


def with_a_skip():
    pictures = keras.Input((32, 32, 3))
    x = layers.Conv2D(4, 3, padding="same", strides=2)(pictures)
    y = layers.SeparableConv2D(4, 3, padding="same", activation="silu")(x)
    z = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(layers.Add()([x, y]))
    z = layers.LayerNormalization()(layers.Concatenate()([z, x]))
    z = layers.LeakyReLU(negative_slope=0.1)(layers.AveragePooling2D(3, strides=2)(z))
    return keras.Model(pictures, layers.Dense(1, "sigmoid")(layers.GlobalMaxPooling2D()(z)))


def functional_with_a_model_inside():
    pictures = keras.Input((32, 32, 3))
    inner = keras.Input((32, 32, 3))
    features = keras.Model(inner, layers.Conv2D(2, 3, activation="relu")(inner))
    return keras.Model(pictures, layers.Dense(1)(layers.Flatten()(features(pictures))))


GOOD = [plain_network, nested, with_a_skip, functional_with_a_model_inside]


def trained_looking(model):
    """Give a network weights as training would: no zeros, variances above zero."""
    dice = np.random.default_rng(3)
    model.set_weights([np.abs(dice.normal(0.1, 0.3, w.shape)) for w in model.get_weights()])
    return model


@pytest.mark.parametrize("make", GOOD)
def test_a_network_comes_back_as_it_was(make, tmp_path):
    model = trained_looking(make())
    recipe, arrays = describe(model, "tag")
    digest = write_capstone(tmp_path / FILE, recipe, arrays)
    capstone = read_capstone(tmp_path / FILE)
    assert (capstone.digest, capstone.recipe.tag) == (digest, "tag")
    assert capstone.parameters == model.count_params()
    assert np.allclose(rebuild(capstone)(PICTURES), model(PICTURES, training=False), atol=1e-5)


def test_numpy_reads_the_file_without_pickle(tmp_path):
    write_capstone(tmp_path / FILE, *describe(plain_network()))
    with np.load(tmp_path / FILE, allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} == {"u", "f"}


@keras.saving.register_keras_serializable()
class Own(layers.Layer):
    def call(self, x):
        return x


class Dense(layers.Dense):
    """A class of one's own that is called as Keras's."""


def stack(*made):
    return keras.Sequential([keras.Input((32, 32, 3)), *made, layers.Flatten(), layers.Dense(1)])


def shared():
    twice = layers.Conv2D(3, 3, padding="same")
    return stack(twice, twice)


OUTSIDE = {
    "a lambda": (
        lambda: stack(layers.Lambda(lambda x: x * 2)),
        "`Lambda` is not on the capstone's",
    ),
    "a class": (lambda: stack(Own()), "`Own` is not on the capstone's list of layers: `Conv2D`, "),
    "a class in disguise": (lambda: stack(Dense(3)), "`Dense` is not on"),
    "a lambda as activation": (
        lambda: stack(layers.Conv2D(2, 3, activation=lambda x: x * 2)),
        "The activation `<lambda>` of a `Conv2D` is your own",
    ),
    "groups": (lambda: stack(layers.Conv2D(3, 3, groups=3)), "`Conv2D` with `groups=3` is not on"),
    "a layer twice": (shared, "is used more than once."),
    "no weights yet": (lambda: keras.Sequential([layers.Dense(1)]), "Train it first."),
    "a list": (lambda: [layers.Dense(1)], "That is not a Keras model."),
    "a huge layer": (lambda: stack(layers.Conv2D(2000, 1)), "`filters` is out of range."),
}


@pytest.mark.parametrize("name", list(OUTSIDE))
def test_what_is_outside_the_list_is_named_at_once(name):
    make, words = OUTSIDE[name]
    with pytest.raises(UnreadableAnswer) as caught:
        describe(make())
    assert words in str(caught.value)


def node(layer, inputs=(0,), **arguments):
    return {"layer": layer, "arguments": arguments, "inputs": list(inputs)}


DENSE = {"units": 1, "activation": "sigmoid", "use_bias": True}


def recipe_of(*nodes, **more):
    return json.dumps({"version": 1, "tag": "t", "nodes": list(nodes)} | more).encode()


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def npy(array, **more):
    stream = io.BytesIO()
    np.save(stream, array, **more)
    return stream.getvalue()


def recipe_npy(*nodes, **more):
    return npy(np.frombuffer(recipe_of(*nodes, **more), np.uint8))


def claiming(shape, dtype="<f4"):
    """Give an array's header that claims a shape, with sixteen bytes behind it."""
    stream = io.BytesIO()
    header = {"shape": shape, "fortran_order": False, "descr": dtype}
    np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue() + bytes(16)


FLAT = node("Flatten")
END = node("Dense", inputs=(1,), **DENSE)
GOOD_END = {
    "layer_2_0.npy": npy(np.zeros((3072, 1), "<f4")),
    "layer_2_1.npy": npy(np.zeros(1, "<f4")),
}
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


def conv(source, filters, kernel, **more):
    arguments = {
        "filters": filters,
        "kernel_size": [kernel, kernel],
        "strides": [1, 1],
        "padding": "same",
        "dilation_rate": [1, 1],
        "activation": "relu",
        "use_bias": False,
    }
    return node("Conv2D", inputs=(source,), **(arguments | more))


def zeros(place, *shapes):
    return {f"layer_{place}_{n}.npy": npy(np.zeros(s, "<f4")) for n, s in enumerate(shapes)}


def pad(source):
    return node("ZeroPadding2D", inputs=(source,), padding=[[32, 32], [32, 32]])


UNFIT = {
    "wrong shapes": (
        {"recipe.npy": recipe_npy(FLAT, END), **zeros(2, (3072, 2), (1,))},
        WrongShapesError,
        "Layer 2, a `Dense`, has weights of the shapes (3072, 1), (1,); in the file they are "
        "(3072, 2), (1,).",
    ),
    "no arrays": (
        {"recipe.npy": recipe_npy(FLAT, END)},
        WrongShapesError,
        "in the file they are none.",
    ),
    "a layer of ten gigabytes": (
        {
            "recipe.npy": recipe_npy(
                pad(0),
                pad(1),
                node("Flatten", inputs=(2,)),
                node("Dense", (3,), **(DENSE | {"units": 4096})),
                node("Dense", (4,), **(DENSE | {"units": 4096})),
            )
        },
        WrongShapesError,
        "in the file they are none.",
    ),
    "maps without end": (
        {"recipe.npy": recipe_npy(*[pad(place) for place in range(100)])},
        TooLargeError,
        "numbers for one picture; at most 600,000 are allowed.",
    ),
    "maps that vanish": (
        {
            "recipe.npy": recipe_npy(
                conv(0, 1, 32, padding="valid"), conv(1, 1, 3, padding="valid")
            ),
            **zeros(1, (32, 32, 3, 1)),
            **zeros(2, (3, 3, 1, 1)),
        },
        UnreadableAnswer,
        "Layer 2, a `Conv2D`: ",
    ),
    "maps into flat layers": (
        {"recipe.npy": recipe_npy(FLAT, node("GlobalMaxPooling2D", inputs=(1,)))},
        UnreadableAnswer,
        "Layer 2, a `GlobalMaxPooling2D`: ",
    ),
    "settings that Keras refuses": (
        {
            "recipe.npy": recipe_npy(conv(0, 1, 3, strides=[2, 2], dilation_rate=[2, 2])),
            **zeros(1, (3, 3, 3, 1)),
        },
        UnreadableAnswer,
        "Layer 1, a `Conv2D`: ",
    ),
    "sums of unlike things": (
        {"recipe.npy": recipe_npy(FLAT, node("Add", inputs=(0, 1)))},
        UnreadableAnswer,
        "Layer 2, a `Add`: ",
    ),
}


@pytest.mark.parametrize("name", list(UNFIT))
def test_what_does_not_fit_together_is_refused_before_weights_are_made(name, tmp_path):
    members, error, words = UNFIT[name]
    capstone = read_capstone(archive(tmp_path / FILE, members))
    with pytest.raises(error) as caught:
        rebuild(capstone)
    assert words in str(caught.value)


def test_every_layer_and_activation_of_the_list_is_keras_s():
    assert all(issubclass(getattr(keras.layers, name), layers.Layer) for name in RULES)
    assert all(keras.activations.get(name).__name__ == name for name in ACTIVATIONS)
    with pytest.raises(OutsideTheListError, match="`GaussianNoise`"):
        read_recipe(recipe_of(node("Lambda")))
    recipe = read_recipe(recipe_of(FLAT, END))
    assert read_recipe(written(recipe)) == recipe


# ---- the judge's process


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


# ---- the exercise

LEVELS = exercise.levels()


def judged(**more):
    usual = {
        "digest": "d",
        "tag": "t",
        "parameters": 52_081,
        "shape": (1,),
        "in_range": True,
        "pictures": 1_000,
        "right": 1_000,
    }
    return Judgement(**(usual | more))


def result_of(judgement, student_id="ada"):
    from coursetools.exercises import run

    data = {
        "capstone": {
            "state": "given",
            "kind": "weights",
            "content": {"digest": "d", "tag": "t", "parameters": 52_081},
        },
        "capstone_note": {"state": "given", "kind": "text", "content": {"text": "words"}},
    }
    data = loads_answer(json.dumps(data))
    return run(the_capstone, data, student_id=student_id, judged=judgement)


def test_levels_rise():
    assert list(LEVELS) == sorted(set(LEVELS))
    assert len(LEVELS) == 3


@pytest.mark.parametrize(
    ("accuracy", "earned"),
    [
        (LEVELS[0] - 0.02, 0),
        (LEVELS[0] + 0.001, 2),
        (LEVELS[1] + 0.001, 4),
        (LEVELS[2] + 0.001, 6),
        (LEVELS[2] - 0.005, 6),
        (1.0, 6),
    ],
)
def test_each_level_earns_its_points(accuracy, earned):
    result = result_of(judged(right=round(accuracy * 1_000)))
    assert result.earned == earned, result.feedback_lines
    assert result.checks[-1].outcome == "pending"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (0, "are asked for here, a little more than a linear model has."),
        (1, "are better than a line, and"),
        (2, "are as good as the small network, and"),
    ],
)
def test_below_a_level_the_next_step_is_told(place, words):
    result = result_of(judged(right=round(1_000 * LEVELS[place] - 15)))
    assert words in result.feedback_lines[0]
    assert result.earned == 2 * place


JUDGED = {
    "a coin flip": (judged(right=503), "50.3% of 1,000 practice pictures (provisional), give or"),
    "too large": (
        judged(parameters=70_000, largest="5, a Dense", largest_parameters=35_000),
        "50% of them sit in layer 5, a Dense: shrink what enters it",
    ),
    "two numbers": (judged(shape=(2,)), "an output of shape `(2,)`."),
    "no probability": (judged(in_range=False), "End with a sigmoid."),
    "refused": (judged(refused="Layer 2 is odd."), "Layer 2 is odd."),
    "slow": (Judgement(RunStatus.TIMED_OUT, seconds=60), "was stopped after 60 seconds"),
    "large": (Judgement(RunStatus.OUT_OF_MEMORY), "took more memory than it may."),
}


@pytest.mark.parametrize("name", list(JUDGED))
def test_what_earns_nothing_is_told_why(name):
    judgement, words = JUDGED[name]
    result = result_of(judgement)
    assert words in " ".join(result.feedback_lines)
    assert result.earned == 0


@pytest.mark.parametrize(
    "judgement", [None, Judgement(RunStatus.KILLED), Judgement(RunStatus.GARBLED)]
)
def test_our_own_troubles_are_for_a_person(judgement):
    assert result_of(judgement).needs_review


def test_the_accuracy_is_told_with_its_chance():
    notes = [check.note for check in result_of(judged(right=900, provisional=False)).checks]
    assert "90.0% of 1,000 held-out pictures, give or take 0.9% by chance" in " ".join(notes)
    near = result_of(judged(right=round(1_000 * LEVELS[2] - 5)))
    assert "that it counts" in " ".join(check.note for check in near.checks)


def test_suspicion_is_for_the_reviewer_only():
    odd = judged(right=700, valid_right=495, valid_pictures=500)
    assert "was it trained on validation pictures?" in odd.for_the_reviewer
    assert "trained on validation" not in " ".join(result_of(odd).feedback_lines)
    assert judged(right=880, valid_right=450, valid_pictures=500).for_the_reviewer == ""


def test_a_missing_file_is_said_so(tmp_path):
    found = exercise.judge_file("5.9", tmp_path)
    assert found.refused == "There is no `capstone.npz` beside the notebook."
    assert exercise.judge_file("5.1", tmp_path) is None


def test_the_solution_s_network_is_within_every_budget(monkeypatch):
    made = []
    monkeypatch.setattr(keras.Model, "fit", lambda self, *a, **k: made.append(self) or _History())
    monkeypatch.setattr("coursetools.submit", lambda model: None)
    note = the_capstone.solve_for("")["capstone_note"]
    assert made[0].count_params() == 52_081 <= min(the_capstone.draws["budget"])
    describe(made[0])
    assert 80 <= len(note.split()) <= 150


class _History:
    def __init__(self):
        self.history = {"val_binary_accuracy": [0.5, 0.6]}
