"""Where the network looks: Grad-CAM for a base with a head on it.

The method is that of R. R. Selvaraju, M. Cogswell, A. Das, R. Vedantam, D. Parikh and D. Batra,
"Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017.
Each of the last feature maps is weighted by the mean gradient of the class's score with respect
to it; the weighted sum, negative parts cut off, says how much each place speaks for the class.

The score is the logit, what enters the sigmoid: the probability itself has no slope left where
the network is sure. With one probability for two classes the score of class 0 is the logit with
its sign turned, so one gradient serves both.

TensorFlow is imported inside the function that runs the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from coursetools.visual.following import follow
from coursetools.visual.inputs import (
    Floats,
    NetworkError,
    as_picture,
    as_pictures,
    pair_of_names,
)

# The model's layers run one after the other must give its own answer, up to rounding.
_SAME_ANSWER = 1e-3
_CANNOT_FOLLOW = (
    "Grad-CAM can follow only a base with a head of layers in a row, and this model is another."
)
_NO_GRADIENT = (
    "No gradient reaches the feature maps: for this picture every hidden unit of the head "
    "outputs 0, so no place in it can change the answer."
)


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
    own = np.asarray(model(pictures, training=False))
    if own.shape != (len(own), 1):
        raise NetworkError(
            "Grad-CAM needs one probability a picture, shape (n, 1), but the model gives "
            f"`{own.shape}`."
        )
    run = follow(model, layer)
    with tf.GradientTape() as tape:
        # Nothing in a frozen base is watched by itself, and what is not watched is not recorded.
        tape.watch(pictures)
        try:
            maps, logits = run(pictures)
        except (TypeError, ValueError) as error:
            raise NetworkError(_CANNOT_FOLLOW) from error
        score = tf.reduce_sum(logits)
    slopes = tape.gradient(score, maps)
    if slopes is None:
        raise NetworkError(
            "The model's output does not depend on the feature maps that were asked."
        )
    probabilities = tf.sigmoid(logits).numpy().reshape(-1)
    if not np.allclose(own.reshape(-1), probabilities, atol=_SAME_ANSWER):
        raise NetworkError(
            f"{_CANNOT_FOLLOW} It answers `{own.flat[0]:.4f}` for the first picture, they give "
            f"`{probabilities[0]:.4f}`."
        )
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
