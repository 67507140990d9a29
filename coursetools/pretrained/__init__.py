"""Pretrained convolutional bases; Keras is imported when the first one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursetools._lazy import lazy_names

if TYPE_CHECKING:
    from coursetools.pretrained.bases import (
        base_names,
        load_pretrained_base,
        load_pretrained_classifier,
    )
    from coursetools.pretrained.errors import (
        BrokenWeightsError,
        UnknownBaseError,
        UnsafeWeightsError,
        WeightsNotFoundError,
        WeightsUnavailableError,
    )
    from coursetools.pretrained.imagenet import imagenet_names

__all__ = [
    "BrokenWeightsError",
    "UnknownBaseError",
    "UnsafeWeightsError",
    "WeightsNotFoundError",
    "WeightsUnavailableError",
    "base_names",
    "imagenet_names",
    "load_pretrained_base",
    "load_pretrained_classifier",
]

_HOMES = {
    "BrokenWeightsError": ".errors",
    "UnknownBaseError": ".errors",
    "UnsafeWeightsError": ".errors",
    "WeightsNotFoundError": ".errors",
    "WeightsUnavailableError": ".errors",
    "base_names": ".bases",
    "imagenet_names": ".imagenet",
    "load_pretrained_base": ".bases",
    "load_pretrained_classifier": ".bases",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
