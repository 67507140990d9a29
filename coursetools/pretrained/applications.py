"""Bases from `keras.applications`: their ImageNet weights are downloaded once, by Keras.

Each of these networks was trained on pictures prepared in a way of its own. The bases made here
take floats in [0, 1] like every base of the course and do that preparation themselves, in their
first layers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
from keras import KerasTensor, layers

from coursetools._sockets import no_endless_wait
from coursetools.pretrained.errors import WeightsUnavailableError

"""How long a download may stand still before it counts as failed."""

# Mean red, green and blue of ImageNet's training pictures, on the scale 0 to 255.
_MEAN_RGB = (123.68, 116.779, 103.939)

_KERAS_FAILURES = ("URL fetch failure", "Incomplete or corrupted file")


def _centred_bgr(pictures: KerasTensor) -> KerasTensor:
    """From RGB in [0, 1] to BGR, 0 to 255, less the mean colour."""
    offset = [-mean for mean in _MEAN_RGB]
    centred = layers.Rescaling(255.0, offset=offset, name="centre")(pictures)
    return keras.ops.flip(centred, axis=-1)


def _minus_one_to_one(pictures: KerasTensor) -> KerasTensor:
    """From [0, 1] to [-1, 1]."""
    return layers.Rescaling(2.0, offset=-1.0, name="rescale")(pictures)


@dataclass(frozen=True)
class Application:
    """A network of `keras.applications`.

    make: its constructor. prepare: what turns pictures in [0, 1] into its input.
    """

    make: Callable[..., keras.Model]
    prepare: Callable[[KerasTensor], KerasTensor]


APPLICATIONS = {
    "vgg16": Application(keras.applications.VGG16, _centred_bgr),
    "resnet50": Application(keras.applications.ResNet50, _centred_bgr),
    "mobilenetv2": Application(keras.applications.MobileNetV2, _minus_one_to_one),
}
"""The bases offered, by the name `load_pretrained_base` takes."""


def build_application(
    name: str, image_size: tuple[int, int], *, weights: str | None = "imagenet"
) -> keras.Model:
    """Build one of `APPLICATIONS` without its classifier, for floats in [0, 1].

    Args:
        name: A key of `APPLICATIONS`.
        image_size: Height and width of the pictures in pixels.
        weights: `"imagenet"`, a path of a weights file, or None for a network that has learnt
            nothing.

    Raises:
        WeightsUnavailableError: The weights are not in Keras's cache and cannot be downloaded.
    """
    application = APPLICATIONS[name]
    pictures = keras.Input((*image_size, 3), name="pictures")
    prepared = application.prepare(pictures)
    try:
        with no_endless_wait():
            network = application.make(
                include_top=False,
                weights=weights,
                input_tensor=prepared,
                input_shape=(*image_size, 3),
                name=name,
            )
    except Exception as error:
        # Keras raises a plain `Exception` for a failed download, so no narrower class will do.
        if not isinstance(error, OSError) and not str(error).startswith(_KERAS_FAILURES):
            raise
        raise WeightsUnavailableError(
            f"The ImageNet weights of `{name}` are not in Keras's cache and could not be "
            f"downloaded (`{error}`). Connect to the internet and run this cell again: Keras "
            "keeps the file, so once is enough. Without a connection the lesson goes on with "
            '`load_pretrained_base("efficientnet-lite0")`, which is already installed.'
        ) from error
    # Keras made it a network with a list of inputs, which warns when it is given one array.
    return keras.Model(pictures, network.output, name=name)
