"""Exercises 1.1 and 1.2: equivalent right models, typical wrong ones, and what each is told."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from coursetools.lessons.lesson_1 import attach_a_head, freeze_the_base
from coursetools.pretrained import load_pretrained_base
from tests.lessons.marking import mark

RIGHT_BASES = {}
WRONG_BASES = {}
RIGHT = {}
WRONG = {}


def right_base(function):
    RIGHT_BASES[function.__name__] = function
    return function


def wrong_base(words):
    def register(function):
        WRONG_BASES[function.__name__] = (function, words)
        return function

    return register


def right(function):
    RIGHT[function.__name__] = function
    return function


def wrong(score, words):
    def register(function):
        WRONG[function.__name__] = (function, score, words)
        return function

    return register


@pytest.fixture
def base():
    return load_pretrained_base(trainable=True)


@right_base
def the_switch(base):
    base.trainable = False
    return base


@right_base
def every_layer(base):
    for layer in base.layers:
        layer.trainable = False
    return base


@right_base
def a_false_of_numpy(base):
    base.trainable = np.bool_(False)
    return base


@right_base
def rebuilt_with_its_weights(base):
    copy = keras.Model.from_config(base.get_config())
    copy.set_weights(base.get_weights())
    copy.trainable = False
    return copy


@right_base
def wrapped(base):
    base.trainable = False
    return keras.Sequential([keras.Input((128, 128, 3)), base])


@pytest.mark.parametrize("name", list(RIGHT_BASES))
def test_frozen_base_passes(base, name):
    assert mark(freeze_the_base, frozen_base=RIGHT_BASES[name](base)).score == 2


@wrong_base("are still free: training would change what the base already knows.")
def untouched(base):
    return base


@wrong_base("are still free")
def switched_by_a_text(base):
    base.trainable = "False"
    return base


@wrong_base("of its layers can still be trained, the first is `")
def some_layers_only(base):
    for layer in base.layers[:-6]:
        layer.trainable = False
    return base


@wrong_base("its weights are others. Load it again")
def not_pretrained(base):
    copy = keras.Model.from_config(base.get_config())
    copy.trainable = False
    return copy


@wrong_base("the base gives `(5, 4, 4, 1280)`. Store the base itself")
def with_something_added(base):
    base.trainable = False
    return keras.Sequential([base, layers.GlobalAveragePooling2D()])


@wrong_base("the base gives `(5, 4, 4, 1280)`")
def another_model(base):
    return keras.Sequential([keras.Input((128, 128, 3)), layers.Flatten()])


@wrong_base("could not be read.")
def the_result_of_the_switch(base):
    base.trainable = False
    return base.trainable


@wrong_base("could not be read.")
def its_maps(base):
    return base(np.zeros((1, 128, 128, 3), "float32"))


@pytest.mark.parametrize("name", list(WRONG_BASES))
def test_wrong_base_earns_nothing_and_is_told_why(base, name):
    build, words = WRONG_BASES[name]
    result = mark(freeze_the_base, frozen_base=build(base))
    assert result.score == 0
    assert words in " ".join(result.feedback_lines)


@right
def as_the_course_writes_it(frozen):
    return keras.Sequential(
        [
            frozen,
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


@right
def layer_by_layer(frozen):
    model = keras.Sequential()
    for layer in (frozen, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid")):
        model.add(layer)
    return model


@right
def functional(frozen):
    inputs = keras.Input((128, 128, 3))
    x = layers.Dense(16, activation="relu")(layers.Flatten()(frozen(inputs, training=False)))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


@right
def functional_with_the_base_spread_out(frozen):
    x = layers.Dense(16, activation="relu")(layers.Flatten()(frozen.output))
    return keras.Model(frozen.input, layers.Dense(1, activation="sigmoid")(x))


@right
def averages_in_place_of_the_list(frozen):
    return keras.Sequential(
        [
            frozen,
            layers.GlobalAveragePooling2D(),
            layers.Dense(16, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


@right
def activations_as_layers(frozen):
    return keras.Sequential(
        [
            frozen,
            layers.Flatten(),
            layers.Dense(16),
            layers.ReLU(),
            layers.Dense(1),
            layers.Activation("sigmoid"),
        ]
    )


@right
def activations_as_functions(frozen):
    return keras.Sequential(
        [
            frozen,
            layers.Flatten(),
            layers.Dense(16, activation=tf.nn.relu),
            layers.Dense(1, activation=keras.activations.sigmoid),
        ]
    )


@right
def a_lambda_for_relu(frozen):
    return keras.Sequential(
        [
            frozen,
            layers.Flatten(),
            layers.Dense(16, activation=lambda x: keras.ops.maximum(x, 0)),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


@right
def head_in_a_model_of_its_own(frozen):
    head = keras.Sequential(
        [
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    return keras.Sequential([frozen, head])


@right
def with_dropout(frozen):
    return keras.Sequential(
        [
            frozen,
            layers.Flatten(),
            layers.Dense(16),
            layers.Dropout(0.2),
            layers.Activation("relu"),
            layers.Dropout(0.2),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


@pytest.mark.parametrize("name", list(RIGHT))
def test_equivalent_heads_pass(frozen, name):
    result = mark(attach_a_head, model=RIGHT[name](frozen))
    assert result.score == 4, result.feedback_lines


def stack(frozen, *head):
    return keras.Sequential([frozen, *head])


@wrong(0, "it decides for each place of the maps by itself.")
def no_flatten(frozen):
    return stack(frozen, layers.Dense(16, "relu"), layers.Dense(1, "sigmoid"))


@wrong(0, "Your model gives two numbers a picture.")
def two_outputs(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(2, "softmax"))


@wrong(0, "it has no activation. A sigmoid makes it a probability.")
def no_sigmoid(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1))


@wrong(0, "Softmax over a single number is always 1")
def softmax_of_one(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "softmax"))


@wrong(0, "ends in `relu`, which is not a probability")
def relu_at_the_end(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "relu"))


@wrong(0, "ends in `tanh`, which is not a probability")
def tanh_at_the_end(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "tanh"))


@wrong(2, "Your hidden layer has 6 units; this question asks for 16.")
def six_units(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(6, "relu"), layers.Dense(1, "sigmoid"))


@wrong(1, "Your hidden layer of 16 units has no ReLU.")
def no_relu(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(16), layers.Dense(1, "sigmoid"))


@wrong(1, "Your head is a single layer")
def no_hidden_layer(frozen):
    return stack(frozen, layers.Flatten(), layers.Dense(1, "sigmoid"))


@wrong(0, "The base's own weights are not in your model.")
def base_built_anew(frozen):
    anew = keras.Model.from_config(frozen.get_config())
    anew.trainable = False
    return stack(anew, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid"))


@wrong(0, "The base's own weights are not in your model.")
def no_base(frozen):
    return keras.Sequential(
        [
            keras.Input((128, 128, 3)),
            layers.Flatten(),
            layers.Dense(16, "relu"),
            layers.Dense(1, "sigmoid"),
        ]
    )


@wrong(1, "The base in your model is trainable again")
def base_thawed(frozen):
    thawed = load_pretrained_base(trainable=True)
    return stack(thawed, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid"))


@wrong(1, "Nothing in your model can learn any more, the head neither.")
def everything_frozen(frozen):
    model = as_the_course_writes_it(frozen)
    for layer in model.layers:
        layer.trainable = False
    return model


@wrong(0, "`(5, 4, 4, 1280)`: it decides for each place")
def the_base_alone(frozen):
    return frozen


@wrong(0, "could not be read.")
def a_list_of_layers(frozen):
    return [frozen, layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid")]


@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_head_is_told_what_is_wrong(frozen, name):
    build, score, words = WRONG[name]
    result = mark(attach_a_head, model=build(frozen))
    assert words in " ".join(result.feedback_lines)
    assert result.score == score


def test_checking_leaves_the_model_as_it_was(frozen):
    model = as_the_course_writes_it(frozen)
    model.compile("adam", "binary_crossentropy")
    before = [np.array(w) for w in model.layers[-1].get_weights()]
    keras.utils.set_random_seed(7)
    expected = keras.random.normal((3,))
    keras.utils.set_random_seed(7)
    mark(attach_a_head, model=model)
    assert np.array_equal(keras.random.normal((3,)), expected)
    assert all(map(np.array_equal, before, model.layers[-1].get_weights()))
    assert model.compiled
    assert not frozen.trainable_weights
