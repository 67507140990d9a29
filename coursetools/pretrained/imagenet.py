"""The names of ImageNet's 1,000 classes."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def imagenet_names() -> tuple[str, ...]:
    """Return a short English name for each class, in the order of a classifier's outputs.

    The order is that of the WordNet identifiers of the classes (ImageNet Large Scale Visual
    Recognition Challenge 2012). The names are WordNet's first word for each, or another of its
    words where the first is shared by two classes or hardly known.
    """
    text = resources.files("coursetools.pretrained").joinpath("imagenet_names.txt")
    return tuple(text.read_text(encoding="utf-8").splitlines())
