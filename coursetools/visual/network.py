"""Section 3: a network is a base that extracts and a head that decides, drawn with its shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import (
    Floats,
    NetworkError,
    ProbabilityError,
    as_picture,
    pair_of_names,
)
from coursetools.visual.layers import Shape, count_weights, input_shape, output_shape

_MAPS_SHOWN = 5
_MIDDLE = 1.45


@style.styled
def base_and_head(
    base: Any,
    image: Any,
    *,
    units: Sequence[int] = (6, 1),
    probability: float | None = None,
    classes: Sequence[str] = ("Car", "Truck"),
) -> Figure:
    """Return a diagram of picture, base, feature maps, head and answer, a shape on every arrow.

    The picture and the feature maps are real: the base is run once, on `image`.

    Args:
        base: A Keras model that turns pictures into feature maps, shape (b, h, w, channels).
        image: A picture of the size the base takes, floats in 0 to 1.
        units: Units of the head's dense layers.
        probability: The head's answer for this picture; None leaves it open.
        classes: The names of class 0 and class 1.

    Raises:
        PictureError: The picture has another shape, type or range.
        NetworkError: The base takes another picture, or does not give feature maps.
        ProbabilityError: `probability` lies outside 0 to 1.
    """
    picture = as_picture(image)
    names = pair_of_names(classes)
    if probability is not None and not 0 <= probability <= 1:
        raise ProbabilityError(f"`probability` must lie in 0 to 1, but it is `{probability}`.")
    if input_shape(base) != picture.shape:
        raise NetworkError(
            f"The base takes pictures of shape `{input_shape(base)}`, but this one has "
            f"`{picture.shape}`."
        )
    if len(output_shape(base)) != 3:
        raise NetworkError(
            "A base gives feature maps of shape (height, width, channels), but this one gives "
            f"`{output_shape(base)}`."
        )
    maps = np.asarray(base(picture[None], training=False))[0]
    figure, ax = shapes.drawing_board(2.5)
    _draw_input(ax, picture)
    _draw_base(ax, count_weights(base).total)
    _draw_maps(ax, maps)
    _draw_head(ax, units)
    _draw_answer(ax, probability, names)
    describe(figure, _text(picture.shape, maps.shape, units, probability, names))
    return figure


def strongest_maps(maps: Floats, count: int) -> Floats:
    """Return the `count` feature maps with the largest mean, strongest first, (h, w, count)."""
    order = np.argsort(-maps.mean(axis=(0, 1)), kind="stable")[:count]
    return maps[..., order]


def _draw_input(ax: Axes, picture: Floats) -> None:
    shapes.thumbnail(ax, picture, (0.15, _MIDDLE - 0.7), 1.4)
    _under(ax, 0.85, "a picture")
    shapes.arrow(ax, (1.65, _MIDDLE), (2.55, _MIDDLE), shapes.by(picture.shape))


def _draw_base(ax: Axes, weights: int) -> None:
    shapes.box(ax, (2.65, _MIDDLE - 0.85), (1.55, 1.7), edge=style.BASE, fill=style.BASE_LIGHT)
    ax.text(3.425, _MIDDLE + 0.42, "Base", ha="center", fontsize=16, fontweight="bold")
    ax.text(3.425, _MIDDLE - 0.06, "extracts features", ha="center", va="center", fontsize=10.5)
    ax.text(3.425, _MIDDLE - 0.48, f"{weights:,}\nweights", ha="center", va="center", fontsize=10)
    _under(ax, 3.425, "already trained")


def _draw_maps(ax: Axes, maps: Floats) -> None:
    shapes.arrow(ax, (4.3, _MIDDLE), (5.2, _MIDDLE), shapes.by(maps.shape))
    shapes.stack_of_maps(ax, strongest_maps(maps, _MAPS_SHOWN), (5.3, _MIDDLE - 0.52), 0.75, 0.08)
    _under(ax, 5.85, f"{maps.shape[-1]:,} feature maps")


def _draw_head(ax: Axes, units: Sequence[int]) -> None:
    shapes.arrow(ax, (6.5, _MIDDLE), (6.95, _MIDDLE))
    shapes.box(ax, (7.0, _MIDDLE - 0.85), (1.2, 1.7), edge=style.HEAD, fill=style.HEAD_LIGHT)
    ax.text(7.6, _MIDDLE + 0.42, "Head", ha="center", fontsize=16, fontweight="bold")
    ax.text(7.6, _MIDDLE - 0.06, "decides", ha="center", va="center", fontsize=10.5)
    layers = "\n".join(["Flatten", *(f"Dense {count}" for count in units)])
    ax.text(7.6, _MIDDLE - 0.48, layers, ha="center", va="center", fontsize=9.5)
    _under(ax, 7.6, "still to train")


def _draw_answer(ax: Axes, probability: float | None, names: tuple[str, str]) -> None:
    shapes.arrow(ax, (8.28, _MIDDLE), (8.75, _MIDDLE), "1")
    low, height, x = _MIDDLE - 0.7, 1.4, 8.9
    ax.add_patch(Rectangle((x, low), 0.16, height, facecolor=style.PAPER, edgecolor=style.MUTED))
    ax.text(x + 0.24, low, names[0], color=style.CAR, va="bottom", fontsize=10)
    ax.text(x + 0.24, low + height, names[1], color=style.TRUCK, va="top", fontsize=10)
    if probability is None:
        ax.text(x + 0.24, _MIDDLE, "?", va="center", fontsize=15, fontweight="bold")
        return
    ax.add_patch(Rectangle((x, low), 0.16, height * probability, color=style.TRUCK))
    level = float(np.clip(probability, 0.18, 0.82))
    ax.text(x + 0.24, low + height * level, f"{probability:.2f}", va="center", fontweight="bold")


def _under(ax: Axes, x: float, words: str) -> None:
    ax.text(x, _MIDDLE - 1.0, words, ha="center", va="top", fontsize=10, color=style.MUTED)


def _text(
    picture: Shape,
    maps: Shape,
    units: Sequence[int],
    probability: float | None,
    names: tuple[str, str],
) -> str:
    head = ", ".join(f"Dense {count}" for count in units)
    answer = "not asked yet" if probability is None else f"{probability:.2f}"
    return (
        f"A picture of shape {shapes.by(picture)} enters the base, which is already trained and "
        f"extracts features. It gives {maps[-1]:,} feature maps, shape {shapes.by(maps)}. They "
        f"enter the head (Flatten, {head}), still to train, which gives one number, the "
        f"probability of {names[1]} against {names[0]}: {answer}."
    )
