"""Exercises 1.1 and 1.2: freeze the base, attach a head."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coursetools.answers import Model
from coursetools.answers.specs import LayerSpec, ModelSpec, WeightSpec
from coursetools.exercises import Exercise, Failed, fail_if, shown

UNITS = 16

freeze_the_base = Exercise(
    number="1.1",
    title="Freeze the base",
    question=(
        "See to it that training cannot change `base`, and store it as `frozen_base`. "
        "What it says about a picture must stay the same."
    ),
    answers={"frozen_base": Model()},
    minutes=3,
    hints=(
        "A model has one switch for all its layers.",
        "The switch is called `trainable`; it is true or false.",
        "`base.trainable = ...`, and in the next line `frozen_base = base`.",
    ),
)


@freeze_the_base.solution
def _freeze(given: Mapping[str, Any]) -> dict[str, Any]:
    given["base"].trainable = False
    return {"frozen_base": given["base"]}


@freeze_the_base.check(points=0)
def says_the_same(frozen_base: ModelSpec, expected: Mapping[str, Any]) -> None:
    """What it says about a fixed picture is what the base said."""
    shipped = expected["frozen_base"]
    if frozen_base.outputs is None:
        raise Failed(
            "Your `frozen_base` could not be run on a picture. Load the base again, freeze that "
            "one and store it as it is."
        )
    found, asked = frozen_base.outputs, shipped.outputs
    fail_if(
        found.shape != asked.shape,
        f"For five pictures your `frozen_base` gives an output of shape `{found.shape}`; the base "
        f"gives `{asked.shape}`. Store the base itself, with nothing added or taken away.",
    )
    fail_if(
        not _close(found.sample, asked.sample),
        "This base no longer says what it said when it was loaded: its weights are others. "
        "Load it again and freeze that one.",
    )


@freeze_the_base.check(points=2, needs=(says_the_same,))
def nothing_to_train(frozen_base: ModelSpec) -> None:
    """No weights are left that training would change."""
    trainable = sum(weight.trainable for weight in frozen_base.weights)
    layers = [layer for layer in frozen_base.walk() if layer.trainable_parameters]
    everything = sum(1 for layer in frozen_base.walk() if layer.parameters)
    fail_if(
        len(layers) == everything and trainable > 0,
        f"All {trainable} of its trainable weight arrays are still free: training would change "
        "what the base already knows. Turn its `trainable` switch off.",
    )
    fail_if(
        bool(layers),
        f"{len(layers)} of its layers can still be trained, the first is "
        f"`{layers[0].name if layers else ''}`. The model's own switch turns off all at once.",
    )


attach_a_head = Exercise(
    number="1.2",
    title="Attach a head",
    question=(
        "Build `model` from `frozen`: first what turns its maps into a list of numbers, then a "
        f"hidden layer of {UNITS} units with ReLU, then one unit that gives the probability of "
        f"*truck*. (Why {UNITS}, and not the 6 of the example? Section 10 shows what can happen "
        "to a narrow head.)"
    ),
    answers={"model": Model()},
    minutes=5,
    hints=(
        "Four layers in a list, and the list in `keras.Sequential`.",
        "In this order: `frozen`, `layers.Flatten()`, and two `layers.Dense`.",
        f'`layers.Dense({UNITS}, activation="relu")` and then '
        '`layers.Dense(1, activation="sigmoid")`.',
    ),
)


@attach_a_head.solution
def _attach(given: Mapping[str, Any]) -> dict[str, Any]:
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            given["frozen"],
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    return {"model": model}


@attach_a_head.check(points=0)
def one_probability(model: ModelSpec) -> None:
    """It gives one probability a picture."""
    if model.outputs is None:
        reason = f" ({shown(model.error.message)})" if model.error else ""
        raise Failed(
            f"Your model could not be run on five pictures{reason}. Check the order of its layers."
        )
    shape = model.outputs.shape
    last = _activation_at_the_end(model)
    fail_if(
        len(shape) > 2,
        f"For five pictures your model gives an output of shape `{shape}`: it decides for each "
        "place of the maps by itself. Turn the maps into one list first, with `Flatten`.",
    )
    fail_if(
        shape == (5, 2),
        "Your model gives two numbers a picture. For two classes one probability is enough: the "
        "other is 1 minus it.",
    )
    fail_if(
        shape not in ((5, 1), (5,)),
        f"For five pictures your model gives an output of shape `{shape}`; this asks for one "
        "number a picture. The last layer has one unit.",
    )
    fail_if(
        last is not None and _is_softmax(last.activation_values),
        "Softmax over a single number is always 1, whatever the picture. Use a sigmoid.",
    )
    fail_if(
        last is not None and _is_linear(last.activation_values),
        "The last unit gives any number, negative ones too: it has no activation. A sigmoid makes "
        "it a probability.",
    )
    fail_if(
        last is not None and not _is_probability(last.activation_values),
        f"The last unit ends in `{last.activation if last else ''}`, which is not a probability "
        "between 0 and 1. Use a sigmoid.",
    )
    fail_if(
        any(not 0 <= value <= 1 for value in model.outputs.sample),
        "Some of its outputs lie outside 0 to 1, so they are no probabilities. End with one unit "
        "and a sigmoid.",
    )


@attach_a_head.check(points=1, needs=(one_probability,))
def base_inside(model: ModelSpec, expected: Mapping[str, Any]) -> None:
    """The base is inside, with the weights it came with."""
    shipped = [weight for weight in expected["model"].weights if not weight.trainable]
    fail_if(
        not _contains(model.weights, shipped),
        "The base's own weights are not in your model. Put `frozen` itself in the list, not a new "
        "or a cloned base.",
    )


@attach_a_head.check(points=0, needs=(base_inside,))
def only_the_head_learns(model: ModelSpec, expected: Mapping[str, Any]) -> None:
    """Training would change the head and nothing else."""
    shipped = [weight for weight in expected["model"].weights if not weight.trainable]
    fail_if(
        model.trainable_parameters == 0,
        "Nothing in your model can learn any more, the head neither. Freeze `base`, not `model`.",
    )
    trainable = [weight for weight in model.weights if weight.trainable]
    fail_if(
        any(_same_weight(weight, other) for weight in trainable for other in shipped),
        "The base in your model is trainable again, so training would change it. See 1.1, and "
        "build on `frozen`.",
    )


@attach_a_head.check(points=1, needs=(only_the_head_learns,))
def hidden_relu(model: ModelSpec) -> None:
    """Between the base and the last unit stands a hidden layer with ReLU."""
    hidden = _hidden_layers(model)
    fail_if(
        not hidden,
        "Your head is a single layer: there is no hidden layer between the list and the last unit.",
    )
    fail_if(
        not any(_is_relu(values) for _, values in hidden),
        f"Your hidden layer of {hidden[0][0] if hidden else 0} units has no ReLU. Without a bend "
        "in between, two layers can do no more than one.",
    )


@attach_a_head.check(points=2, needs=(hidden_relu,))
def sixteen_units(model: ModelSpec) -> str:
    """The hidden layer has 16 units."""
    widths = [units for units, values in _hidden_layers(model) if _is_relu(values)]
    fail_if(
        UNITS not in widths,
        f"Your hidden layer has {widths[0] if widths else 0} units; this question asks for "
        f"{UNITS}. Section 10 shows why.",
    )
    more = len(_hidden_layers(model)) - 1
    return f"It has {more} hidden layer(s) beyond the one that was asked for." if more else ""


def _hidden_layers(model: ModelSpec) -> list[tuple[int, Sequence[float] | None]]:
    """Give units and activation values of each dense layer but the last, outside the base."""
    layers = list(model.walk())
    found = []
    for place, layer in enumerate(layers):
        if layer.is_a("Dense"):
            found.append((layer.units or 0, _activation_after(layers, place)))
    return found[:-1]


def _activation_after(layers: list[LayerSpec], place: int) -> Sequence[float] | None:
    """Give a dense layer's activation values, or those of a layer of its own that follows it."""
    values = layers[place].activation_values
    if values is not None and not _is_linear(values):
        return values
    for layer in layers[place + 1 :]:
        if layer.is_a("Dense"):
            break
        if layer.activation_values is not None:
            return layer.activation_values
    return values


def _activation_at_the_end(model: ModelSpec) -> LayerSpec | None:
    """Give the last layer with an activation that bends, else the last one with any."""
    with_values = [layer for layer in _backwards(model) if layer.activation_values is not None]
    return with_values[0] if with_values else None


def _backwards(model: ModelSpec) -> Iterator[LayerSpec]:
    """Go back through the layers, as far as the last dense one."""
    for layer in reversed(list(model.walk())):
        yield layer
        if layer.is_a("Dense"):
            return


def _contains(weights: Sequence[WeightSpec], wanted: Sequence[WeightSpec]) -> bool:
    """Say whether the wanted arrays are among the weights, in the same order."""
    left = iter(weights)
    return all(any(_same_weight(weight, other) for other in left) for weight in wanted)


def _same_weight(one: WeightSpec, other: WeightSpec) -> bool:
    return (
        one.shape == other.shape
        and math.isclose(one.mean, other.mean, rel_tol=1e-3, abs_tol=1e-6)
        and math.isclose(one.std, other.std, rel_tol=1e-3, abs_tol=1e-6)
        and not (one.std == 0.0 and other.std == 0.0 and max(one.shape, default=0) <= 1)
    )


def _close(found: Sequence[float], asked: Sequence[float]) -> bool:
    within = 1e-3 * max(abs(value) for value in asked)
    return len(found) == len(asked) and all(
        abs(a - b) <= within for a, b in zip(found, asked, strict=True)
    )


def _is_softmax(values: Sequence[float] | None) -> bool:
    """Say whether five values are shares of one whole, as no other activation makes them."""
    return values is not None and math.isclose(sum(values), 1.0, abs_tol=1e-4) and min(values) > 0


def _is_linear(values: Sequence[float] | None) -> bool:
    return values is not None and _matches(values, (-2, -1, 0, 1, 2))


def _is_relu(values: Sequence[float] | None) -> bool:
    return values is not None and _matches(values, (0, 0, 0, 1, 2))


def _is_probability(values: Sequence[float] | None) -> bool:
    """Say whether an activation rises, stays in 0..1 and gives one half for 0."""
    return (
        values is not None
        and all(0 <= v <= 1 for v in values)
        and all(a < b for a, b in itertools.pairwise(values))
        and math.isclose(values[2], 0.5, abs_tol=1e-3)
    )


def _matches(values: Sequence[float], wanted: Sequence[float]) -> bool:
    return len(values) == len(wanted) and all(
        math.isclose(a, b, abs_tol=1e-4) for a, b in zip(values, wanted, strict=True)
    )
