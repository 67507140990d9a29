"""The cars and trucks of CIFAR-10: real photographs of 32x32 pixels, downloaded by Keras.

The archive holds Python pickles, a format that can make its reader run anything. Keras reads it,
not we, and only after the archive's sha256 sum has turned out to be the one that stands in Keras's
source; its reader besides builds nothing but arrays.
"""

from __future__ import annotations

import http.client
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from coursetools._sockets import no_endless_wait
from coursetools.datasets.disk import place_named
from coursetools.datasets.errors import BrokenDownloadError, DownloadError
from coursetools.datasets.folders import CLASSES, PARTS, imported_folder
from coursetools.datasets.lock import only_one
from coursetools.datasets.new_set import SIZE, Import, NewSet, Progress, require_replaceable
from coursetools.datasets.replacement import replacement
from coursetools.paths import user_data_folder

SOURCE = "CIFAR-10"
LABELS = {"Car": 1, "Truck": 9}
"""What CIFAR-10 calls `automobile` and `truck`."""

"""How long a download may stand still before it counts as failed."""

_INSTEAD = (
    "What was there before is still there. You can also get photographs with `coursetools data "
    "fetch kaggle` or `coursetools data import FOLDER`."
)

Part = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]


def fetch_cifar10(*, target: Path | None = None, progress: Progress | None = None) -> Import:
    """Download CIFAR-10 and import its cars and trucks, to be used with the profile `full`.

    These are 10,000 pictures to learn from and 2,000 for validation, half and half, enlarged
    bilinearly from 32x32. The archive stays in Keras's cache (`~/.keras/datasets`).

    Args:
        target: Where the set goes; None is the user's data folder.
        progress: Is told how far the import is; the download has a bar of its own.

    Raises:
        DownloadError: There is no network, or the download broke off.
        BrokenDownloadError: What came is not the archive that Keras expects.
        LayoutError: There is something else where the set would go.
        BusyError: Another such download or an import is at work.
        OSError: Something cannot be written.
    """
    target = target or imported_folder()
    require_replaceable(target)
    with only_one(user_data_folder(), "cifar10"):
        parts = dict(zip(PARTS, _download(), strict=True))
        with replacement(target) as built:
            new = NewSet(built, SOURCE)
            _fill(new, parts, progress)
            result = new.finish()
    result.folder = target
    return result


def _fill(new: NewSet, parts: dict[str, Part], progress: Progress | None) -> None:
    of = sum(len(pictures) for pictures, _ in parts.values())
    done = 0
    for part, (pictures, labels) in parts.items():
        for label in CLASSES:
            for picture in pictures[labels == LABELS[label]]:
                large = Image.fromarray(picture).resize(SIZE, Image.Resampling.BILINEAR)
                new.add(part, label, large)
                done += 1
                if progress:
                    progress(done, of)


def _download() -> tuple[Part, Part]:
    """Give the cars and trucks to learn from and for validation: (n, 32, 32, 3) and (n,)."""
    import keras

    cache = Path(os.environ.get("KERAS_HOME", "~/.keras")).expanduser()
    try:
        with no_endless_wait(), place_named(cache):
            train, test = keras.datasets.cifar10.load_data()
    except Exception as error:
        # Keras raises a plain `Exception` for a failed download, so no narrower class will do.
        explained = _explained(error)
        if explained is None:
            raise
        raise explained from error
    return _only_ours(*train), _only_ours(*test)


def _only_ours(pictures: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8]) -> Part:
    ours = np.isin(labels.ravel(), list(LABELS.values()))
    return pictures[ours], labels.ravel()[ours]


def _explained(error: Exception) -> Exception | None:
    """Say what to do about a failed download; None if the error is another."""
    if isinstance(error, ValueError) and str(error).startswith("Incomplete or corrupted file"):
        return BrokenDownloadError(
            "What came is not the archive of CIFAR-10: its sum is another. If your network has a "
            "page to log in, log in there first. Then run the same command again, and it is loaded "
            f"anew. {_INSTEAD}"
        )
    broke_off = isinstance(error, (ConnectionError, TimeoutError, http.client.HTTPException))
    if broke_off or str(error).startswith("URL fetch failure"):
        return DownloadError(
            f"CIFAR-10 could not be downloaded (`{error}`). Connect to the internet, then run the "
            f"same command again. {_INSTEAD}"
        )
    return None
