"""Probes give plain data of any object, and leave it and all random states as they were."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coursetools.answers import Model, UnreadableAnswer
from coursetools.answers.kinds import KINDS
from coursetools.answers.specs import ModelSpec
from coursetools.probes import PROBES, probe_compile_arguments, probe_model
from coursetools.probes import model as model_probe

keras = pytest.importorskip("keras")
layers = keras.layers
SIZE = 8
PICTURE = (SIZE, SIZE, 3)


def base() -> Any:
    inputs = keras.Input(PICTURE)
    maps = layers.Conv2D(4, 3, padding="same")(inputs)
    maps = layers.BatchNormalization()(maps)
    model = keras.Model(inputs, layers.ReLU()(maps), name="base")
    model.trainable = False
    return model


def sequential() -> Any:
    return keras.Sequential(
        [base(), layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1, "sigmoid")]
    )


def functional() -> Any:
    inputs = keras.Input(PICTURE)
    maps = layers.GlobalAveragePooling2D()(base()(inputs))
    hidden = layers.Activation("relu")(layers.Dense(16)(maps))
    return keras.Model(inputs, layers.Dense(1, "sigmoid")(layers.Dropout(0.5)(hidden)))


def nested() -> Any:
    head = keras.Sequential([layers.Flatten(), layers.Dense(16, "relu"), layers.Dense(1)])
    return keras.Sequential([base(), head])


def lambda_activation() -> Any:
    return keras.Sequential(
        [keras.Input(PICTURE), layers.Flatten(), layers.Dense(2, activation=lambda x: 2 * x)]
    )


def unbuilt() -> Any:
    return keras.Sequential([layers.Rescaling(1.0), base(), layers.Flatten(), layers.Dense(1)])


class Subclassed(keras.Model):
    """A model that gets its weights when it is first called."""

    shared = None

    def __init__(self) -> None:
        super().__init__()
        self.base = Subclassed.shared
        self.flat = layers.Flatten()
        self.out = layers.Dense(1, "sigmoid")

    def call(self, inputs: Any) -> Any:
        return self.out(self.flat(self.base(inputs)))


def subclassed_unbuilt() -> Any:
    Subclassed.shared = base()
    return Subclassed()


def subclassed() -> Any:
    model = subclassed_unbuilt()
    model(np.zeros((1, *PICTURE), np.float32))
    return model


class NeedsMore(Subclassed):
    """A model without weights that cannot be made a second time."""

    def __init__(self, more: int) -> None:
        super().__init__()


def no_copy() -> Any:
    Subclassed.shared = base()
    return NeedsMore(3)


def two_outputs() -> Any:
    inputs = keras.Input(PICTURE)
    flat = layers.Flatten()(inputs)
    return keras.Model(inputs, [layers.Dense(1)(flat), layers.Dense(2)(flat)])


def two_inputs() -> Any:
    one, other = keras.Input(PICTURE), keras.Input(PICTURE)
    return keras.Model([one, other], layers.Add()([one, other]))


class Raises(layers.Layer):
    """Fails when it meets numbers, loudly."""

    def call(self, inputs: Any) -> Any:
        if inputs.shape[0] is not None:
            print("noise")
            raise SystemExit("gone")
        return inputs


def raising() -> Any:
    return keras.Sequential([keras.Input(PICTURE), Raises()])


class Restless(layers.Layer):
    """Draws numbers without a seed and counts how often it is called."""

    def build(self, shape: Any) -> None:
        self.calls = self.add_weight(shape=(), trainable=False, initializer="zeros")

    def call(self, inputs: Any) -> Any:
        self.calls.assign_add(1.0)
        random.random()
        np.random.random()
        return inputs + keras.random.normal((1,))


def restless() -> Any:
    return keras.Sequential([keras.Input(PICTURE), Restless(), layers.Dropout(0.5)])


def not_finite() -> Any:
    return keras.Sequential([keras.Input(PICTURE), layers.Rescaling(float("inf"))])


MODELS: list[Callable[[], Any]] = [
    sequential,
    functional,
    nested,
    lambda_activation,
    unbuilt,
    subclassed,
    subclassed_unbuilt,
    no_copy,
    two_outputs,
    two_inputs,
    raising,
    restless,
    not_finite,
]


def state(model: Any) -> list[Any]:
    drawn = keras_draw()
    random_states = [random.getstate(), np.random.get_state()[1].tolist()]
    values = [variable.numpy().tolist() for variable in model.variables]
    return [drawn, *random_states, values, model.built, model.compiled]


def keras_draw() -> list[float]:
    """Draw from Keras's global generator and put it back as it was."""
    from keras.src.random.seed_generator import global_seed_generator

    before = global_seed_generator().state.numpy()
    drawn = keras.ops.convert_to_numpy(keras.random.uniform((3,))).tolist()
    global_seed_generator().state.assign(before)
    return drawn


@pytest.fixture(autouse=True)
def _seeded() -> None:
    keras.utils.set_random_seed(7)


def read(model: Any) -> ModelSpec:
    """Capture and read, as a check would get it."""
    data = Model().capture(model, probe_model)
    assert data["state"] == "given", data["reason"]
    spec: ModelSpec = Model().read(json.loads(json.dumps(data["content"])))
    return spec


@pytest.mark.parametrize("make", MODELS)
def test_any_model_is_read_and_left_alone(
    make: Callable[[], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    model = make()
    before = state(model)
    read(model)
    assert state(model) == before
    assert "noise" not in "".join(capsys.readouterr())


def test_a_draw_that_begins_in_the_model_begins_anew_afterwards() -> None:
    model = restless()
    keras.utils.set_random_seed(7)
    read(model)
    after = keras_draw()
    keras.utils.set_random_seed(7)
    assert keras_draw() == after


@pytest.mark.parametrize("make", [sequential, functional, nested, subclassed])
def test_two_looks_see_the_same(make: Callable[[], Any]) -> None:
    model = make()
    assert probe_model(model) == probe_model(model)


def test_a_models_layers_and_weights() -> None:
    model = sequential()
    spec = read(model)
    assert (spec.class_name, spec.input_shape, spec.output_shape) == (
        "Sequential",
        (None, *PICTURE),
        (None, 1),
    )
    names = [layer.class_name for layer in spec.walk()]
    assert names == ["Conv2D", "BatchNormalization", "ReLU", "Flatten", "Dense", "Dense"]
    assert spec.parameters == model.count_params()
    assert spec.trainable_parameters == 4 * SIZE * SIZE * 16 + 16 + 16 + 1
    assert [weight.shape for weight in spec.weights] == [tuple(w.shape) for w in model.weights]
    assert [weight.trainable for weight in spec.weights] == [False] * 6 + [True] * 4
    assert spec.weights[0].std == pytest.approx(float(np.std(model.weights[0].numpy())))


def test_a_layers_bases_units_and_activation() -> None:
    hidden = read(sequential()).layers[2]
    assert hidden.is_a("Dense")
    assert hidden.is_a("Layer")
    assert hidden.bases == ("Dense", "Layer")
    assert (hidden.units, hidden.activation, hidden.output_shape) == (16, "relu", (None, 16))
    assert hidden.activation_values == (0, 0, 0, 1, 2)
    assert read(sequential()).layers[0].layers[2].activation_values == (0, 0, 0, 1, 2)


def test_activation_that_keras_cannot_write_down() -> None:
    (_, last) = read(lambda_activation()).layers
    assert (last.activation, last.activation_values) == ("<lambda>", (-4, -2, 0, 2, 4))


def test_softmax_is_taken_over_the_row() -> None:
    spec = read(keras.Sequential([keras.Input((5,)), layers.Softmax()]))
    assert sum(spec.layers[0].activation_values or ()) == pytest.approx(1)


def test_outputs_are_those_of_the_fixed_pictures() -> None:
    model = functional()
    pictures = np.random.default_rng(20260117).random((5, *PICTURE), np.float32)
    wanted = model.predict(pictures, verbose=0).ravel()
    spec = read(model)
    assert spec.outputs is not None
    assert spec.outputs.shape == (5, 1)
    assert spec.outputs.sample == pytest.approx(wanted.tolist(), abs=1e-6)
    assert spec.outputs_zero is not None
    assert spec.outputs_zero.shape == (1, 1)


def test_a_large_output_is_sampled_evenly() -> None:
    model = keras.Sequential([keras.Input(PICTURE), layers.Rescaling(1.0)])
    spec = read(model)
    pictures = np.random.default_rng(20260117).random((5, *PICTURE), np.float32).ravel()
    assert spec.outputs is not None
    assert len(spec.outputs.sample) == 64
    assert spec.outputs.sample[0] == pytest.approx(float(pictures[0]))
    assert spec.outputs.sample[-1] == pytest.approx(float(pictures[-1]))


def test_a_size_left_open_is_128() -> None:
    model = keras.Sequential([keras.Input((None, None, 3)), layers.GlobalAveragePooling2D()])
    assert read(model).input_shape == (None, 128, 128, 3)


@pytest.mark.parametrize("make", [unbuilt, subclassed_unbuilt])
def test_a_model_without_weights_is_read_from_a_copy(make: Callable[[], Any]) -> None:
    model = make()
    spec = read(model)
    assert not model.built
    assert spec.error is None
    assert spec.input_shape == (None, *PICTURE)
    assert spec.output_shape == (None, 1)
    assert spec.trainable_parameters == 4 * SIZE * SIZE + 1
    shipped = next(layer for layer in model.layers if layer.name == "base").weights
    assert spec.weights[0].std == pytest.approx(float(np.std(shipped[0].numpy())))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (no_copy, "NotBuilt"),
        (two_outputs, "SeveralOutputs"),
        (two_inputs, "SeveralInputs"),
        (raising, "SystemExit"),
        (not_finite, "NotFinite"),
    ],
)
def test_a_model_that_gives_no_outputs_is_still_described(
    make: Callable[[], Any], error: str
) -> None:
    spec = read(make())
    assert spec.outputs is None
    assert spec.error is not None
    assert spec.error.type == error
    assert spec.layers


def test_a_model_too_large_to_run_is_still_described(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_probe, "_LARGEST_MODEL", 100)
    spec = read(sequential())
    assert spec.error is not None
    assert spec.error.type == "TooLarge"
    assert spec.parameters > 100


def test_compiled_model_keeps_its_loss() -> None:
    model = sequential()
    model.compile("adam", loss=keras.losses.BinaryCrossentropy())
    spec = read(model)
    assert (spec.compiled, spec.loss) == (True, "binary_crossentropy")
    assert not read(sequential()).compiled


@pytest.mark.parametrize("value", [None, 3, "model", [1], layers.Dense(1), keras.Model])
def test_what_is_no_model(value: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        probe_model(value)
    assert Model().capture(value, probe_model)["state"] == "unreadable"


def test_names_of_layers_made_later_are_the_same() -> None:
    keras.backend.clear_session()
    probe_compile_arguments({"loss": "mse", "metrics": ["mae"]})
    read(sequential())
    assert layers.Dense(1).name == "dense_2"
    assert layers.Identity().name == "identity"


def test_probes_have_the_names_that_kinds_ask_for() -> None:
    assert set(PROBES) == {kind.probe for kind in KINDS.values() if kind.probe}
