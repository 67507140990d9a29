"""What can be wrong with a folder of pictures."""

from __future__ import annotations

from coursetools.paths import DataNotFoundError


class ClassMissingError(DataNotFoundError):
    """A folder has no pictures of one of the classes; the message says of which."""


class BrokenPictureError(ValueError):
    """A file of a data set is not a picture that can be read; the message names it."""


class UnknownProfileError(ValueError):
    """A profile is neither `reduced` nor `full`."""


class UnknownPartError(ValueError):
    """A part of a data set is neither `train` nor `valid`."""


class LayoutError(ValueError):
    """A folder is not laid out in a way that an import understands."""


class NoPicturesError(ValueError):
    """An import found no pictures that can be used in a class that it needs."""


class UnusableFileError(ValueError):
    """A file that an import leaves out; the message is the reason."""
