"""What can go wrong with pretrained weights."""

from __future__ import annotations


class WeightsNotFoundError(FileNotFoundError):
    """The weights that come with an installed package are not there."""


class BrokenWeightsError(ValueError):
    """A file of weights is there, but cannot be read or does not fit the network."""


class UnsafeWeightsError(BrokenWeightsError):
    """A file of weights holds something other than tensors, so it was not read."""


class WeightsUnavailableError(ConnectionError):
    """Weights had to be downloaded, and could not be."""


class UnknownBaseError(ValueError):
    """The course knows no pretrained base of this name."""
