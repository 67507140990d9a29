"""An instructor's held-out pictures: one file of arrays, and its sum beside it.

`holdout.npz` holds `images`, uint8, shape (n, side, side, 3), and `labels`, uint8, 0 for a car and
1 for a truck, shape (n,): cars first. It is read without pickle, and only if its sum is right.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coursetools.datasets.decode import decode
from coursetools.datasets.errors import (
    BrokenHoldoutError,
    InsideCheckoutError,
    LayoutError,
    NoPicturesError,
    UnusableFileError,
)
from coursetools.datasets.folders import CLASSES
from coursetools.datasets.manifest import Manifest, file_sum, read_manifest, write_manifest
from coursetools.datasets.new_set import Progress
from coursetools.datasets.replacement import replacement
from coursetools.datasets.source import Candidate, find_candidates
from coursetools.paths import checkout_folder

FILE = "holdout.npz"
SIDE = 32
"""Pixels: the side of a picture."""


@dataclass
class Holdout:
    """A held-out set that was made."""

    file: Path
    digest: str = ""
    """The sha256 sum of the file, in hexadecimal."""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLASSES, 0))
    """How many pictures each class has."""
    rejected: list[tuple[Path, str]] = field(default_factory=list)
    """Files that were left out, each with its reason."""


def make_holdout(
    folder: str | Path,
    *,
    out: str | Path,
    car: str = "Car",
    truck: str = "Truck",
    progress: Progress | None = None,
) -> Holdout:
    """Make a held-out set of the pictures in two class folders.

    Every picture is decoded once and brought to 32x32 pixels; what cannot be used is left out. If
    the folder has parts `train` and `valid`, the pictures of both are taken.

    Args:
        folder: Holds a folder of cars and one of trucks.
        out: The new set's folder, outside the checkout; an older set in it is replaced once the
            new one is whole.
        car: The name that the folder of cars has; case does not matter.
        truck: The same for trucks.
        progress: Is told how far it is.

    Raises:
        InsideCheckoutError: `out` is in the checkout, where students would find the set.
        LayoutError: The folders are not as described, or there is something else in `out`.
        DataNotFoundError: A folder is not there, or a class in it.
        NoPicturesError: Nothing in a class can be used.
        BusyError: Another command is making the same set.
        OSError: The set cannot be written.
    """
    target = usable_target(out)
    candidates = find_candidates(Path(folder).expanduser(), car=car, truck=truck)
    result = Holdout(target / FILE)
    images, labels = _decode_all(candidates, result, progress)
    for label, count in result.counts.items():
        if count == 0:
            raise NoPicturesError(
                f"`{folder}` has no picture of the class {label} that can be used, so no held-out "
                "set was made."
            )
    with replacement(target) as built:
        np.savez_compressed(built / FILE, images=images, labels=labels)
        result.digest = file_sum(built / FILE)
        write_manifest(built, Manifest("coursetools data holdout", {FILE: result.digest}))
    return result


def load_holdout(folder: str | Path) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Load a held-out set.

    Returns:
        Pictures, float32 in 0 to 1, shape (n, 32, 32, 3); labels, 0 for a car and 1 for a truck,
        shape (n,).

    Raises:
        DataNotFoundError: There is no such set.
        BrokenManifestError: Its list of sums cannot be read.
        BrokenHoldoutError: Its file is not the one that was made.
    """
    place = Path(folder).expanduser()
    listed = read_manifest(place).files
    path = place / FILE
    if not path.is_file() or file_sum(path) != listed.get(FILE):
        raise BrokenHoldoutError(
            f"`{path}` is not the file that was made: it is missing, or its sum is another. Take "
            "it from where you keep it, or make the set again."
        )
    try:
        with np.load(path, allow_pickle=False) as arrays:
            images, labels = arrays["images"], arrays["labels"]
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise BrokenHoldoutError(f"`{path}` is no held-out set ({error}).") from error
    if images.shape != (len(labels), SIDE, SIDE, 3) or images.dtype != np.uint8:
        raise BrokenHoldoutError(
            f"`{path}` is no held-out set: its pictures are `{images.dtype}` of the shape "
            f"`{images.shape}` for `{len(labels)}` labels."
        )
    return images.astype(np.float32) / np.float32(255), labels.astype(np.int64)


def usable_target(out: str | Path) -> Path:
    """Give the folder of a set that is to be made, once it is known to be outside the checkout.

    Raises:
        InsideCheckoutError: It is inside.
        LayoutError: There is something else in it than a held-out set.
    """
    target = Path(out).expanduser().resolve()
    checkout = checkout_folder()
    if checkout and target.is_relative_to(checkout.resolve()):
        raise InsideCheckoutError(
            f"`{target}` is inside the course's folder `{checkout}`, where students would find "
            "the held-out pictures. Give a folder elsewhere."
        )
    if target.exists() and not _holds_only_ours(target):
        raise LayoutError(
            f"There is something else in `{target}`, which would be replaced. Give a new folder."
        )
    return target


def _holds_only_ours(target: Path) -> bool:
    if not target.is_dir():
        return False
    names = {path.name for path in target.iterdir()}
    return not names or (FILE in names and names <= {FILE, "manifest.json"})


def _decode_all(
    candidates: list[Candidate], result: Holdout, progress: Progress | None
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    by_class: dict[str, list[npt.NDArray[np.uint8]]] = {label: [] for label in CLASSES}
    for done, candidate in enumerate(candidates, 1):
        try:
            picture = decode(candidate.path, (SIDE, SIDE))
        except UnusableFileError as error:
            result.rejected.append((candidate.path, str(error)))
        else:
            by_class[candidate.label].append(np.asarray(picture, np.uint8))
        if progress:
            progress(done, len(candidates))
    result.counts = {label: len(pictures) for label, pictures in by_class.items()}
    pictures = [picture for label in CLASSES for picture in by_class[label]]
    images = np.stack(pictures) if pictures else np.empty((0, SIDE, SIDE, 3), np.uint8)
    labels = np.repeat(np.arange(len(CLASSES), dtype=np.uint8), list(result.counts.values()))
    return images, labels
