"""Heat maps of Grad-CAM laid over their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.gradcam import (
    GradCam,
    check_target,
    class_evidence,
    heat_map,
    hottest_place,
    target_probability,
)
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import (
    Floats,
    ProbabilityError,
    as_labels,
    as_picture,
    as_pictures,
    pair_of_names,
)

_COLOURS = "inferno"


def overlay(image: Any, heat: Floats, *, strength: float = 0.55) -> Floats:
    """Lay a heat map over a picture, which turns grey below it: dark is cold, bright is hot.

    Args:
        image: Shape (h, w, 3), floats in 0 to 1.
        heat: Shape (h, w), 0 to 1.
        strength: Share of the heat map, 0 (the picture alone) to 1.

    Returns:
        float32 of shape (h, w, 3), 0 to 1.
    """
    picture = as_picture(image)
    if heat.shape != picture.shape[:2]:
        raise ValueError(f"`heat` must have the shape `{picture.shape[:2]}`, not `{heat.shape}`.")
    if not 0 <= strength <= 1:
        raise ProbabilityError(f"`strength` must lie in 0 to 1, but it is `{strength}`.")
    colour = mpl.colormaps[_COLOURS](heat)[..., :3]
    # The picture's own colours would mix with those of the heat: grey takes their place.
    grey = picture.mean(axis=-1, keepdims=True)
    dulled = picture + strength * (grey - picture)
    return ((1 - strength) * dulled + strength * colour).astype(np.float32)


@style.styled
def gradcam_figure(
    model: Any,
    images: Any,
    labels: Any = None,
    *,
    target: str = "predicted",
    layer: str | None = None,
    strength: float = 0.55,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Figure:
    """Return a figure of pictures, and below each where the network looks in it.

    Args:
        model: As for `grad_cam`.
        images: A few pictures, shape (n, h, w, 3); six at most look well.
        labels: 0 or 1 for each picture; None does not say what they are.
        target: "predicted", or the name of a class.
        layer: As for `grad_cam`.
        strength: As for `overlay`, 0 to 1.
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
    figure = _draw_pairs(pictures, found, truth, names, strength)
    describe(figure, _text(found, truth, names))
    return figure


def _draw_pairs(
    pictures: Floats, found: list[GradCam], truth: Any, names: tuple[str, str], strength: float
) -> Figure:
    columns = len(pictures)
    side = min(style.WIDTH / columns, 2.4)
    figure = style.new_figure(2 * side + 1.05, width=max(side * columns, 4.8))
    grid = figure.add_gridspec(3, columns, height_ratios=(1, 1, 0.05))
    for column, (picture, cam) in enumerate(zip(pictures, found, strict=True)):
        above = figure.add_subplot(grid[0, column])
        put_picture(above, picture)
        if truth is not None:
            number = int(truth[column])
            _name(above, f"is a {names[number]}", number)
        below = figure.add_subplot(grid[1, column])
        put_picture(below, overlay(picture, cam.heat, strength=strength))
        words = f"p({names[cam.target]}) = {target_probability(cam):.2f}"
        _name(below, f"{words}, no heat" if cam.note else words, cam.target)
    _draw_scale(figure.add_subplot(grid[2, :]))
    return figure


def _name(ax: Axes, words: str, number: int) -> None:
    ax.set_title(words, loc="center", fontsize=11, color=style.CLASS_COLOURS[number], pad=4)


def _draw_scale(ax: Axes) -> None:
    ax.imshow(np.linspace(0, 1, 256)[None], cmap=_COLOURS, aspect="auto", extent=(0, 1, 0, 1))
    style.bare(ax)
    ax.set_xticks([0, 1], ["does not speak for the class", "speaks most for it"])
    ax.tick_params(length=0)
    left, right = ax.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")


def _text(found: list[GradCam], truth: Any, names: tuple[str, str]) -> str:
    parts = []
    for number, cam in enumerate(found):
        label = "" if truth is None else f", a {names[truth[number]]}"
        place = cam.note or f"Hottest at the {hottest_place(cam.heat)}."
        parts.append(
            f"Picture {number + 1}{label}: probability of {names[cam.target]} "
            f"{target_probability(cam):.2f}. {place}"
        )
    return "Pictures, and below each a heat map of where the network looks. " + " ".join(parts)
