"""Lesson 5: one picture many ways, and a batch of pictures as an augmenting layer hands it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import Augmentation, versions
from coursetools.visual import style
from coursetools.visual.alt import describe, listed
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import (
    Floats,
    PictureError,
    as_labels,
    as_picture,
    as_pictures,
    pair_of_names,
)

WORDS = {
    "mirror": "mirrored left to right",
    "upside_down": "mirrored top to bottom",
    "rotation": "turned by up to {:g} degrees",
    "shift": "shifted by up to {:.0%}",
    "zoom": "made larger or smaller by up to {:.0%}",
    "contrast": "contrast changed by up to {:.0%}",
    "brightness": "brightness changed by up to {:.2g}",
    "hue": "hues turned by up to {:.0%} of their circle",
}
_ACROSS = 8
_LETTERS = 88


@style.styled
def many_versions(
    image: Any,
    augment: Augmentation | Callable[..., Any],
    *,
    count: int = 16,
    seed: int = 0,
    title: str | None = None,
) -> Figure:
    """Return a figure of one picture and of random versions of it.

    Args:
        image: Shape (h, w, 3), floats in 0 to 1.
        augment: An `Augmentation`, or a Keras layer or model: it is called on a batch of `count`
            copies with `training=True`.
        count: How many versions, at least 1.
        seed: Of an `Augmentation`'s draws; a layer has its own.
        title: Words above; None names the transformations, as far as they are known.

    Raises:
        PictureError: The picture has another shape, type or range, or what came back has.
        AugmentationError: `count` is less than 1.
    """
    picture = as_picture(image)
    if isinstance(augment, Augmentation):
        made = versions(picture, augment, count, seed=seed)
    else:
        made = _through(np.repeat(picture[None], count, axis=0), augment)
    words = transformation_words(augment) if isinstance(augment, Augmentation) else ""
    heading = title if title is not None else (words or "random versions")
    lines = wrap(_sentence(heading), _LETTERS)
    rows = ceil(count / _ACROSS)
    side = style.WIDTH / (_ACROSS + 2)
    figure = style.new_figure(max(rows, 2) * side * 1.04 + 0.2 + 0.25 * len(lines))
    figure.suptitle("\n".join(lines), x=0.01, ha="left", fontsize=12, fontweight="bold")
    grid = figure.add_gridspec(max(rows, 2), _ACROSS + 2)
    first = figure.add_subplot(grid[:2, :2])
    put_picture(first, picture)
    first.set_xlabel("as it is")
    for place, one in enumerate(made):
        ax = figure.add_subplot(grid[place // _ACROSS, 2 + place % _ACROSS])
        put_picture(ax, one)
    describe(figure, f"A picture, and {count} random versions of it. {changes(picture, made)}")
    return figure


@style.styled
def augmented_batch(
    images: Any,
    augment: Augmentation | Callable[..., Any],
    labels: Any = None,
    *,
    classes: Sequence[str] = ("Car", "Truck"),
    seed: int = 0,
) -> Figure:
    """Return a figure of a batch before and after augmentation; the labels stay.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1; 16 look well.
        augment: As for `many_versions`; each picture has draws of its own.
        labels: 0 or 1 for each picture; None names none.
        classes: The names of class 0 and class 1.
        seed: Of an `Augmentation`'s draws.

    Raises:
        PictureError: The pictures have another shape, type or range, or what came back has.
        LabelError: A label is neither 0 nor 1, or there is not one for each picture.
    """
    pictures = as_pictures(images)
    names = pair_of_names(classes)
    numbers = None if labels is None else as_labels(labels, len(pictures))
    if isinstance(augment, Augmentation):
        made = np.concatenate(
            [versions(one, augment, 1, seed=seed + place) for place, one in enumerate(pictures)]
        )
    else:
        made = _through(pictures, augment)
    across = min(_ACROSS, len(pictures))
    rows = ceil(len(pictures) / across)
    side = style.WIDTH / _ACROSS
    figure = style.new_figure(rows * (2 * side + 0.35) + 0.1, width=max(side * across, 3.0))
    axes = figure.subplots(2 * rows, across, squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for place in range(len(pictures)):
        above, below = (axes[2 * (place // across) + part, place % across] for part in (0, 1))
        _put(above, pictures[place])
        _put(below, made[place])
        if numbers is not None:
            number = int(numbers[place])
            colour = style.CLASS_COLOURS[number]
            above.set_title(names[number], loc="center", fontsize=11, color=colour, pad=3)
    for row in range(rows):
        for part, word in ((0, "stored"), (1, "trained on")):
            axes[2 * row + part, 0].set_ylabel(word)
    describe(figure, _batch_text(pictures, made, numbers, names))
    return figure


def transformation_words(augmentation: Augmentation) -> str:
    """Return in words what an augmentation may do to a picture."""
    used = augmentation.used()
    return listed([WORDS[name].format(getattr(augmentation, name)) for name in used])


def changes(picture: Floats, made: Floats) -> str:
    """Return how many versions differ from the picture and by how much a pixel does."""
    apart = np.abs(made - picture).mean(axis=(1, 2, 3))
    differ = int((apart > 1e-4).sum())
    return (
        f"{differ} of {len(made)} differ from the picture; the mean difference of a pixel is "
        f"{apart.mean():.2f}, at most {apart.max():.2f}, on a scale from 0 to 1."
    )


def _through(pictures: Floats, augment: Callable[..., Any]) -> Floats:
    made = np.asarray(augment(pictures, training=True), np.float32)
    if made.shape != pictures.shape:
        raise PictureError(
            f"The augmenting layer must give back the shape `{pictures.shape}`, but it gave "
            f"`{made.shape}`."
        )
    # A layer that was built for 0 to 255 leaves the range; it is drawn as far as it can be.
    return np.clip(made, 0, 1)


def _put(ax: Axes, picture: Floats) -> None:
    ax.set_axis_on()
    put_picture(ax, picture)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _batch_text(pictures: Floats, made: Floats, numbers: Any, names: tuple[str, str]) -> str:
    apart = np.abs(made - pictures).mean(axis=(1, 2, 3))
    text = (
        f"A batch of {len(pictures)} pictures as stored, and below each what is trained on: "
        f"{int((apart > 1e-4).sum())} are changed, by {apart.mean():.2f} in the mean."
    )
    if numbers is None:
        return text
    return f"{text} The labels stay: {', '.join(names[int(number)] for number in numbers)}."
