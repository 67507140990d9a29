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


class UnknownPictureError(ValueError):
    """No picture of the lessons has this name; the message lists the names there are."""


class PictureShapeError(ValueError):
    """A picture was asked for with channels or a size that it cannot have."""


class BrokenManifestError(ValueError):
    """A list of sums cannot be read."""


class BusyError(RuntimeError):
    """Another process is at work on the same data."""


class DownloadError(ConnectionError):
    """A set could not be downloaded; the message says why and what to do."""


class BrokenDownloadError(ValueError):
    """What was downloaded is not what it should be."""


class InsideCheckoutError(ValueError):
    """Held-out pictures were to be written where students would find them."""


class RenderingError(RuntimeError):
    """Pictures were to be rendered, and could not be."""


class BrokenHoldoutError(ValueError):
    """A file of held-out pictures is not the one that was made."""
