"""Pretrained convolutional bases, ready for pictures with values in [0, 1]."""

from __future__ import annotations

import warnings

import keras

from coursetools.pretrained.applications import APPLICATIONS, build_application
from coursetools.pretrained.efficientnet_lite0 import build_lite0
from coursetools.pretrained.errors import (
    BrokenWeightsError,
    UnknownBaseError,
    WeightsUnavailableError,
)
from coursetools.pretrained.lite0_weights import find_weights_file, read_lite0_weights

LITE0 = "efficientnet-lite0"
"""The base that comes with the course."""

SMALLEST_SIDE = 32
"""Pixels; the bases halve their input five times."""


def base_names() -> tuple[str, ...]:
    """Return the names that `load_pretrained_base` takes; the first needs no download."""
    return (LITE0, *APPLICATIONS)


def load_pretrained_base(
    name: str = LITE0,
    *,
    image_size: tuple[int, int] = (128, 128),
    trainable: bool = True,
    fallback: str | None = None,
) -> keras.Model:
    """Load a convolutional base that was trained on ImageNet.

    Args:
        name: One of `base_names()`. `"efficientnet-lite0"` is installed with the course; the
            others are downloaded by Keras the first time and kept in its cache.
        image_size: Height and width of the pictures in pixels, at least 32 each.
        trainable: Whether training may change the base. A frozen base also keeps the running
            means and variances of its batch normalisation.
        fallback: Name of a base to load instead, with a warning, if the download of `name` fails.

    Returns:
        A model that takes float32 pictures (batch, height, width, 3) with values in [0, 1] and
        gives float32 feature maps: at 128x128, (batch, 4, 4, 1280) for EfficientNet-Lite0 and
        (batch, 4, 4, 512) for VGG16.

    Raises:
        UnknownBaseError: There is no base of this name.
        WeightsNotFoundError: The package with EfficientNet-Lite0's weights is missing.
        BrokenWeightsError: The file in it is damaged.
        WeightsUnavailableError: A download failed and no fallback was given.

    Example:
        base = ct.load_pretrained_base(trainable=False)
    """
    _check_name(name)
    _check_image_size(image_size)
    try:
        base = (
            _load_lite0(image_size, top=False)
            if name == LITE0
            else build_application(name, image_size)
        )
    except WeightsUnavailableError as error:
        if fallback is None:
            raise
        warnings.warn(f"{error} Going on with `{fallback}`.", stacklevel=2)
        return load_pretrained_base(fallback, image_size=image_size, trainable=trainable)
    base.trainable = bool(trainable)
    return base


def load_pretrained_classifier(*, image_size: tuple[int, int] = (224, 224)) -> keras.Model:
    """Load EfficientNet-Lite0 whole, with the head that names ImageNet's 1,000 classes.

    It takes float32 pictures (batch, height, width, 3) in [0, 1], is frozen, and gives float32
    probabilities (batch, 1000) in the order of `imagenet_names()`. It was trained on pictures of
    224x224 and guesses less well on smaller ones. Errors as for `load_pretrained_base`.
    """
    _check_image_size(image_size)
    classifier = _load_lite0(image_size, top=True)
    classifier.trainable = False
    return classifier


def _load_lite0(image_size: tuple[int, int], *, top: bool) -> keras.Model:
    weights = read_lite0_weights(top=top)
    network = build_lite0(image_size, top=top)
    try:
        network.set_weights(weights)
    except ValueError as error:
        raise BrokenWeightsError(
            f"The tensors in `{find_weights_file()}` do not fit EfficientNet-Lite0: {error}"
        ) from None
    return network


def _check_name(name: str) -> None:
    if name not in base_names():
        known = ", ".join(f"`{known}`" for known in base_names())
        raise UnknownBaseError(f"There is no pretrained base `{name}`. Choose one of {known}.")


def _check_image_size(image_size: tuple[int, int]) -> None:
    sides = tuple(image_size)
    if len(sides) != 2 or not all(isinstance(n, int) and n >= SMALLEST_SIDE for n in sides):
        raise ValueError(
            "`image_size` is height and width in pixels, two whole numbers of at least "
            f"{SMALLEST_SIDE}. Received: `{image_size}`."
        )
