"""Models as a probe describes them."""

import copy
import json

import pytest

from answers import contents
from coursetools.answers import AnswerState, Model, ____, loads_answer, read
from coursetools.answers.kind import KILOBYTE
from coursetools.answers.specs import ErrorSpec, LayerSpec, ModelSpec, OutputSpec, WeightSpec


def read_content(content):
    text = json.dumps({"state": "given", "kind": "model", "content": content})
    return read(Model(), loads_answer(text, 1024 * KILOBYTE))


def spec_of(content) -> ModelSpec:
    answer = read_content(content)
    assert answer.state is AnswerState.GIVEN, answer.reason
    return answer.value


def test_a_model_is_read():
    spec = spec_of(contents.MODEL)
    assert spec.class_name == "Sequential"
    assert spec.input_shape == (None, 128, 128, 3)
    assert spec.output_shape == (None, 1)
    assert (spec.trainable_parameters, spec.frozen_parameters, spec.parameters) == (37, 12, 49)
    assert (spec.compiled, spec.loss, spec.error) == (False, None, None)
    assert spec.weights[0] == WeightSpec((4, 3), 0.01, 0.2, trainable=False)
    assert [weight.trainable for weight in spec.weights] == [False, True, True, True, True]
    assert spec.outputs == OutputSpec((5, 1), (0.5, 0.25, 0.75, 0.5, 0.1))
    assert spec.outputs_zero == OutputSpec((1, 1), (0.5,))


def test_a_layer_is_read():
    dense = spec_of(contents.MODEL).layers[1]
    assert dense == LayerSpec(
        class_name="Dense",
        bases=("Dense", "Layer"),
        name="dense",
        output_shape=(None, 6),
        trainable=True,
        trainable_parameters=30,
        frozen_parameters=0,
        units=6,
        activation="relu",
        activation_values=(0.0, 0.0, 0.0, 1.0, 2.0),
        layers=(),
    )
    assert dense.parameters == 30
    assert dense.is_a("Dense")
    assert dense.is_a("Flatten", "Layer")
    assert not dense.is_a("Model")


def test_layers_inside_models_are_walked():
    spec = spec_of(contents.MODEL)
    assert [layer.name for layer in spec.layers] == ["base", "dense", "output"]
    assert [layer.name for layer in spec.walk()] == ["inner", "conv", "dense", "output"]


@pytest.mark.parametrize(
    "places",
    [
        {"outputs": {"error": {"type": "ValueError", "message": "no"}}},
        {"outputs": None, "error": {"type": "ValueError", "message": "no"}},
        {"outputs": None, "outputs_zero": {"error": {"type": "ValueError", "message": "no"}}},
    ],
)
def test_a_model_that_raised_has_no_outputs(places):
    spec = spec_of(contents.model(**places))
    assert spec.outputs is None
    assert spec.error == ErrorSpec("ValueError", "no")


def test_what_nobody_asks_for_is_ignored():
    content = contents.model(future={"deep": [1]})
    content["layers"][1]["future"] = None
    assert spec_of(content) == spec_of(contents.MODEL)


def test_a_model_as_large_as_may_be_is_read():
    layers = [contents.layer(f"layer_{i}") for i in range(600)]
    weights = [contents.weight(3, 3, 320, 1280, mean=-0.012345678, std=0.12345678)] * 400
    content = contents.model(layers=layers, weights=weights)
    assert len(spec_of(content).layers) == 600
    data = Model().capture(object(), lambda model: content)
    assert data["state"] == "given"
    assert data["content"] == content


def test_a_blank_model_is_still_open():
    assert Model().capture(____, lambda model: contents.MODEL)["state"] == "blank"


def test_without_a_probe_a_model_is_unreadable():
    data = Model().capture(object())
    assert data["state"] == "unreadable"
    assert data["reason"].endswith("Without Keras it cannot be looked at.")


def _places(data, path=()):
    """Give the path of every value inside the content."""
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in parts:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*path, key))


def _put(data, path, value):
    changed = copy.deepcopy(data)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


ODD = (None, True, -1, 7, 0.5, 1e300, "x", "x" * 2_000, [], [[[]]], {}, {"error": 1}, [7] * 3_000)


def test_no_value_in_the_wrong_place_raises():
    """Every value of a model, replaced by every odd one: read as something, or unreadable."""
    states = set()
    for path in list(_places(contents.MODEL)):
        for odd in ODD:
            answer = read_content(_put(contents.MODEL, path, odd))
            states.add(answer.state)
            if answer.state is AnswerState.UNREADABLE:
                assert answer.reason, path
    assert states == {AnswerState.GIVEN, AnswerState.UNREADABLE}


@pytest.mark.parametrize(
    "key", sorted(set(contents.MODEL) - {"input_shape", "output_shape", "loss"})
)
def test_what_a_model_must_say(key):
    content = contents.model()
    del content[key]
    expected = AnswerState.GIVEN if key.startswith("outputs") else AnswerState.UNREADABLE
    assert read_content(content).state is expected


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("compiled",), 1),
        (("trainable_parameters",), -1),
        (("frozen_parameters",), True),
        (("weights", 0, "mean"), None),
        (("weights", 0, "shape"), [-1]),
        (("outputs", "sample"), [0.5] * 65),
        (("outputs", "sample", 0), None),
        (("outputs", "shape"), [None, 1]),
        (("layers", 1, "units"), "6"),
        (("layers", 1, "activation_values"), [0.0] * 6),
        (("layers", 1, "bases"), "Dense"),
        (("layers", 0, "layers"), 7),
        (("input_shape",), [0] * 17),
    ],
    ids=str,
)
def test_values_of_the_wrong_type_or_size_are_refused(path, value):
    assert read_content(_put(contents.MODEL, path, value)).state is AnswerState.UNREADABLE


def test_models_inside_models_have_an_end():
    deep = contents.layer("leaf")
    for _ in range(9):
        deep = contents.layer("model", layers=[deep])
    answer = read_content(contents.model(layers=[deep]))
    assert answer.state is AnswerState.UNREADABLE
    assert answer.reason == "Its models are nested deeper than 8 levels."


def test_a_spec_is_frozen():
    spec = spec_of(contents.MODEL)
    with pytest.raises(AttributeError):
        spec.loss = "mse"
    with pytest.raises(TypeError):
        spec.layers[0] = None
