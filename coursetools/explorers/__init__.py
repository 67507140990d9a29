"""The course's explorers: pictures to play with, and a still of each where widgets do not work.

Each function returns something a notebook shows. `still=True`, or a Python without ipywidgets,
gives the still figure at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from coursetools.visual.heat import gradcam_figure
from coursetools.visual.mistakes import mistakes_grid
from coursetools.visual.neighbour_rows import neighbour_rows

__all__ = ["gradcam", "mistakes", "neighbours"]

_CLASSES = ("Car", "Truck")


def neighbours(
    images: Any,
    labels: Any,
    features: Any,
    *,
    classes: Sequence[str] = _CLASSES,
    still: bool = False,
) -> Any:
    """Explore which pictures are nearest to a query, in pixels and in the features of a base.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or whole numbers to 255; n at least 2.
        labels: 0 or 1 for each picture.
        features: What a base makes of each picture, shape (n, ...).
        classes: The names of class 0 and class 1.
        still: Return the still figure: six queries, two rows each.

    Raises:
        PictureError: The pictures have another shape or range, or the features another number.
        LabelError: A label is neither 0 nor 1, or there is not one for each picture.
    """
    if still or not _has_widgets():
        return neighbour_rows(images, labels, features, classes=classes)
    from coursetools.explorers.feature_space import FeatureSpace

    return FeatureSpace(images, labels, features, classes)


def mistakes(
    images: Any,
    labels: Any,
    probabilities: Any,
    names: Sequence[str] | None = None,
    *,
    classes: Sequence[str] = _CLASSES,
    still: bool = False,
) -> Any:
    """Explore a network's mistakes: move the threshold, see the confusion table and the pictures.

    Args:
        images: Shape (n, h, w, 3), floats in 0 to 1 or whole numbers to 255.
        labels: 0 or 1 for each picture.
        probabilities: The network's probability of class 1 for each picture.
        names: What each picture is called, file names for example; None numbers them from 0.
        classes: The names of class 0 and class 1.
        still: Return the still figure: the surest mistakes at threshold one half.

    Raises:
        PictureError, LabelError, ProbabilityError: An argument has another shape or range.
    """
    if still or not _has_widgets():
        return mistakes_grid(images, labels, probabilities, classes=classes)
    from coursetools.explorers.mistakes_gallery import MistakesGallery

    return MistakesGallery(images, labels, probabilities, names, classes)


def gradcam(
    model: Any,
    images: Any,
    labels: Any = None,
    names: Sequence[str] | None = None,
    *,
    classes: Sequence[str] = _CLASSES,
    layer: str | None = None,
    still: bool = False,
) -> Any:
    """Explore where a network looks (Grad-CAM): which places speak for a class.

    Args:
        model: A Keras model with one probability as output: a base, then a head.
        images: Pictures of the size it takes, shape (n, h, w, 3), floats in 0 to 1.
        labels: 0 or 1 for each picture; None does not say what they are.
        names: What each picture is called; None numbers them from 0.
        classes: The names of class 0 and class 1.
        layer: The layer whose feature maps are used; None is the last that gives maps.
        still: Return the still figure: the first four pictures.

    Raises:
        PictureError, LabelError: An argument has another shape or range.
        NetworkError: The model has no feature maps, or its head cannot be followed.
    """
    if still or not _has_widgets():
        shown = images[:4]
        return gradcam_figure(
            model, shown, None if labels is None else labels[:4], layer=layer, classes=classes
        )
    from coursetools.explorers.where_it_looks import WhereItLooks

    return WhereItLooks(model, images, labels, names, classes, layer)


def _has_widgets() -> bool:
    return find_spec("ipywidgets") is not None
