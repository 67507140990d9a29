"""Where the network looks: Grad-CAM for a base with a head on it.

The method is that of R. R. Selvaraju, M. Cogswell, A. Das, R. Vedantam, D. Parikh and D. Batra,
"Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017.
Each of the last feature maps is weighted by the mean gradient of the class's score with respect
to it; the weighted sum, negative parts cut off, says how much each place speaks for the class.

The score is the logit, what enters the sigmoid: the probability itself has no slope left where
the network is sure. With one probability for two classes the score of class 0 is the logit with
its sign turned, so one gradient serves both.

Keras refuses to build one model from the inputs of an outer model to a layer of a model nested
in it. So the base is run by itself, and its result pushed through the head's layers by hand.

Keras and TensorFlow are imported inside the functions that run the model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import (
    Floats,
    NetworkError,
    ProbabilityError,
    as_labels,
    as_picture,
    as_pictures,
    pair_of_names,
)
from coursetools.visual.layers import base_of, output_shape

_NO_GRADIENT = (
    "No gradient reaches the feature maps: for this picture every hidden unit of the head "
    "outputs 0, so no place in it can change the answer."
)
_COLOURS = "inferno"
# Where layers are followed by hand the answer must be the model's own, up to rounding.
_SAME_ANSWER = 1e-3


@dataclass(frozen=True)
class Evidence:
    """What the places of one picture say, before a class is chosen.

    places: float32 of shape (rows, columns), one number a place of the feature maps: above 0 it
        speaks for class 1, below 0 for class 0.
    probability: The model's probability of class 1.
    reached: False if the gradient is 0 everywhere.
    """

    places: Floats
    probability: float
    reached: bool


@dataclass(frozen=True)
class GradCam:
    """A Grad-CAM of one picture.

    heat: float32 of shape (height, width) of the picture, 0 to 1; 1 is the place that speaks
        most for the class, and all is 0 if none does.
    target: The class, 0 or 1.
    probability: The model's probability of class 1.
    note: Why there is no heat, or "".
    """

    heat: Floats
    target: int
    probability: float
    note: str


def grad_cam(
    model: Any,
    image: Any,
    *,
    target: str = "predicted",
    layer: str | None = None,
    classes: Sequence[str] = ("Car", "Truck"),
) -> GradCam:
    """Return how much each place of a picture speaks for a class (Selvaraju et al., 2017).

    Args:
        model: A Keras model with one probability as output: a base, nested as one layer or laid
            out in the model itself, then a head.
        image: One picture, shape (h, w, 3), floats in 0 to 1.
        target: "predicted", or the name of a class in any case.
        layer: The layer whose feature maps are used; None is the last that gives maps.
        classes: The names of class 0 and class 1.

    Raises:
        PictureError: The picture has another shape, type or range.
        NetworkError: The model has no feature maps, or its head cannot be followed.
        ValueError: `target` is another word.
    """
    picture = as_picture(image)
    names = pair_of_names(classes)
    check_target(target, names)
    found = class_evidence(model, picture[None], layer=layer)[0]
    return heat_map(found, picture.shape[:2], target=target, classes=names)


def class_evidence(model: Any, images: Any, *, layer: str | None = None) -> list[Evidence]:
    """Return for each picture how its places speak for class 1 and against it.

    This is the part of Grad-CAM that runs the model; `heat_map` makes a heat map of a class from
    its result.

    Raises:
        PictureError: The pictures have another shape, type or range.
        NetworkError: The model has no feature maps, or its head cannot be followed.
    """
    import tensorflow as tf

    pictures = tf.constant(as_pictures(images))
    run = _follow(model, layer)
    with tf.GradientTape() as tape:
        # Nothing in a frozen base is watched by itself, and what is not watched is not recorded.
        tape.watch(pictures)
        maps, logits = run(pictures)
        score = tf.reduce_sum(logits)
    slopes = tape.gradient(score, maps)
    if slopes is None:
        raise NetworkError(
            "The model's output does not depend on the feature maps that were asked."
        )
    probabilities = tf.sigmoid(logits).numpy().reshape(-1)
    return [
        _evidence(one_maps, one_slopes, float(probability))
        for one_maps, one_slopes, probability in zip(
            maps.numpy(), slopes.numpy(), probabilities, strict=True
        )
    ]


def heat_map(
    evidence: Evidence,
    size: tuple[int, int],
    *,
    target: str = "predicted",
    classes: Sequence[str] = ("Car", "Truck"),
) -> GradCam:
    """Return the heat map of one class, `size` (height, width) large, from its evidence.

    Raises:
        ValueError: `target` is neither "predicted" nor the name of a class.
    """
    names = pair_of_names(classes)
    number = _class_number(target, names, evidence.probability)
    signed = evidence.places if number == 1 else -evidence.places
    positive = np.maximum(signed, 0).astype(np.float32)
    top = float(positive.max())
    if not evidence.reached:
        note = _NO_GRADIENT
    elif top == 0:
        note = f"No place of this picture speaks for {names[number]}."
    else:
        note = ""
    height, width = size
    enlarged = Image.fromarray(positive / top if top else positive).resize(
        (width, height), Image.Resampling.BILINEAR
    )
    heat = np.clip(np.asarray(enlarged, dtype=np.float32), 0, 1)
    return GradCam(heat, number, evidence.probability, note)


def overlay(image: Any, heat: Floats, *, strength: float = 0.6) -> Floats:
    """Lay a heat map over a picture: the hotter a place, the more of the heat's colour.

    Args:
        image: Shape (h, w, 3), floats in 0 to 1.
        heat: Shape (h, w), 0 to 1.
        strength: Share of the heat's colour where the heat is 1, 0 to 1.

    Returns:
        float32 of shape (h, w, 3), 0 to 1.
    """
    picture = as_picture(image)
    if heat.shape != picture.shape[:2]:
        raise ValueError(f"`heat` must have the shape `{picture.shape[:2]}`, not `{heat.shape}`.")
    if not 0 <= strength <= 1:
        raise ProbabilityError(f"`strength` must lie in 0 to 1, but it is `{strength}`.")
    colour = mpl.colormaps[_COLOURS](0.25 + 0.7 * heat)[..., :3]
    # The square root lets places of middling heat show as well.
    weight = strength * np.sqrt(heat)[..., None]
    return (picture * (1 - weight) + colour * weight).astype(np.float32)


@style.styled
def gradcam_figure(
    model: Any,
    images: Any,
    labels: Any = None,
    *,
    target: str = "predicted",
    layer: str | None = None,
    strength: float = 0.6,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Figure:
    """Return a figure of pictures, and below each where the network looks in it.

    Args:
        model: As for `grad_cam`.
        images: A few pictures, shape (n, h, w, 3); six at most look well.
        labels: 0 or 1 for each picture; None does not say what they are.
        target: "predicted", or the name of a class.
        layer: As for `grad_cam`.
        strength: Of the heat's colour, 0 to 1.
        classes: The names of class 0 and class 1.

    Raises:
        PictureError, LabelError, NetworkError, ValueError: As `grad_cam` raises them.
    """
    pictures = as_pictures(images)
    names = pair_of_names(classes)
    check_target(target, names)
    truth = None if labels is None else as_labels(labels, len(pictures))
    found = [
        heat_map(evidence, pictures.shape[1:3], target=target, classes=names)
        for evidence in class_evidence(model, pictures, layer=layer)
    ]
    columns = len(pictures)
    side = min(style.WIDTH / columns, 2.4)
    figure = style.new_figure(2 * side + 0.75, width=max(side * columns, 4.8))
    for column, (picture, cam) in enumerate(zip(pictures, found, strict=True)):
        above = figure.add_subplot(2, columns, column + 1)
        put_picture(above, picture)
        if truth is not None:
            number = int(truth[column])
            above.set_title(
                f"is a {names[number]}",
                loc="center",
                fontsize=11,
                color=style.CLASS_COLOURS[number],
            )
        below = figure.add_subplot(2, columns, columns + column + 1)
        put_picture(below, overlay(picture, cam.heat, strength=strength))
        words = f"for {names[cam.target]}: {target_probability(cam):.2f}"
        below.set_title(
            words if not cam.note else f"{words}\nno heat",
            loc="center",
            fontsize=11,
            color=style.CLASS_COLOURS[cam.target],
        )
    describe(figure, _text(found, truth, names))
    return figure


def target_probability(cam: GradCam) -> float:
    """Return the model's probability of the class that the heat map is about."""
    return cam.probability if cam.target == 1 else 1 - cam.probability


def hottest_place(heat: Floats) -> str:
    """Say in words where a heat map is hottest, in a grid of three by three."""
    if not heat.max() > 0:
        return "nowhere"
    row, column = np.unravel_index(int(np.argmax(heat)), heat.shape)
    down = ("top", "middle", "bottom")[min(2, 3 * int(row) // heat.shape[0])]
    across = ("left", "centre", "right")[min(2, 3 * int(column) // heat.shape[1])]
    return f"{down} {across}"


def check_target(target: str, names: tuple[str, str]) -> None:
    """Refuse a target that is neither "predicted" nor the name of a class.

    Raises:
        ValueError: It is another word.
    """
    _class_number(target, names, 0.5)


def _class_number(target: str, names: tuple[str, str], probability: float) -> int:
    word = str(target).lower()
    if word == "predicted":
        return int(probability > 0.5)
    lowered = [name.lower() for name in names]
    if word not in lowered:
        raise ValueError(
            f"`target` must be 'predicted', '{names[0]}' or '{names[1]}', but it is `{target!r}`."
        )
    return lowered.index(word)


def _evidence(maps: Floats, slopes: Floats, probability: float) -> Evidence:
    weights = slopes.mean(axis=(0, 1))
    places = (maps * weights).sum(axis=-1).astype(np.float32)
    return Evidence(places, probability, bool(np.any(slopes != 0)))


def _follow(model: Any, layer: str | None) -> Callable[[Any], tuple[Any, Any]]:
    """Return a function from pictures to (feature maps, logits) that a tape can follow."""
    base = base_of(model)
    if base is None:
        return _follow_flat(model, layer)
    layers = list(model.layers)
    place = layers.index(base)
    before = [one for one in layers[:place] if type(one).__name__ != "InputLayer"]
    after = _unpacked(layers[place + 1 :])
    if not after:
        raise NetworkError("Nothing follows the model's base: there is no head to follow.")
    inner = _maps_and_end(base, layer)

    def run(pictures: Any) -> tuple[Any, Any]:
        for one in before:
            pictures = one(pictures, training=False)
        maps, end = inner(pictures)
        for one in after[:-1]:
            end = one(end, training=False)
        logits = _logits(after[-1], end)
        return maps, logits

    return _verified(model, run)


def _follow_flat(model: Any, layer: str | None) -> Callable[[Any], tuple[Any, Any]]:
    import keras

    last = model.layers[-1]
    maps = _map_layer(model, layer).output
    inner = keras.Model(model.inputs, [maps, last.input])

    def run(pictures: Any) -> tuple[Any, Any]:
        found, end = inner(pictures, training=False)
        return found, _logits(last, end)

    return _verified(model, run)


def _maps_and_end(base: Any, layer: str | None) -> Callable[[Any], tuple[Any, Any]]:
    import keras

    chosen = _map_layer(base, layer)
    inner = keras.Model(base.inputs, [chosen.output, base.outputs[0]])

    def run(pictures: Any) -> tuple[Any, Any]:
        maps, end = inner(pictures, training=False)
        return maps, end

    return run


def _map_layer(model: Any, name: str | None) -> Any:
    layers = [one for one in model.layers if type(one).__name__ != "InputLayer"]
    with_maps = [one for one in layers if len(output_shape(one)) == 3]
    if name is not None:
        with_maps = [one for one in with_maps if one.name == name]
    if not with_maps:
        wanted = "no layer gives feature maps" if name is None else f"no layer `{name}` gives them"
        raise NetworkError(
            f"Grad-CAM needs feature maps of shape (rows, columns, channels), but {wanted} in "
            f"`{model.name}`."
        )
    return with_maps[-1]


def _logits(last: Any, inputs: Any) -> Any:
    """Return what enters the model's final sigmoid, shape (n,)."""
    import keras
    from keras import ops

    is_sigmoid = getattr(last, "activation", None) is keras.activations.sigmoid
    if isinstance(last, keras.layers.Dense) and is_sigmoid:
        values = ops.matmul(inputs, last.kernel)
        values = values if last.bias is None else values + last.bias
    elif isinstance(last, keras.layers.Activation) and is_sigmoid:
        values = inputs
    else:
        chances = ops.clip(last(inputs, training=False), 1e-6, 1 - 1e-6)
        values = ops.log(chances) - ops.log(1 - chances)
    if len(values.shape) != 2 or values.shape[-1] != 1:
        raise NetworkError(
            "Grad-CAM needs one probability a picture, shape (n, 1), but the model gives "
            f"`{tuple(values.shape)}`."
        )
    return ops.reshape(values, (-1,))


def _verified(
    model: Any, run: Callable[[Any], tuple[Any, Any]]
) -> Callable[[Any], tuple[Any, Any]]:
    """Check on one grey picture that following the layers by hand gives the model's answer."""
    from keras import ops

    grey = np.full((1, *tuple(model.input_shape)[1:]), 0.5, np.float32)
    own = float(np.asarray(model(grey, training=False)).reshape(-1)[0])
    followed = float(np.asarray(ops.sigmoid(run(grey)[1])).reshape(-1)[0])
    if not abs(own - followed) <= _SAME_ANSWER:
        raise NetworkError(
            f"The model answers `{own:.4f}` for a grey picture, but its layers run one after the "
            f"other give `{followed:.4f}`: Grad-CAM can follow only a base with a head of layers "
            "in a row."
        )
    return run


def _unpacked(layers: list[Any]) -> list[Any]:
    """Replace a head that is a Sequential of its own by its layers."""
    return [
        inner
        for one in layers
        for inner in (_unpacked(list(one.layers)) if type(one).__name__ == "Sequential" else [one])
    ]


def _text(found: list[GradCam], truth: Any, names: tuple[str, str]) -> str:
    parts = []
    for number, cam in enumerate(found):
        label = "" if truth is None else f", a {names[truth[number]]}"
        place = cam.note or f"hottest at the {hottest_place(cam.heat)}."
        parts.append(
            f"Picture {number + 1}{label}: probability of {names[cam.target]} "
            f"{target_probability(cam):.2f}, {place}"
        )
    return "Pictures, and below each a heat map of where the network looks. " + " ".join(parts)
