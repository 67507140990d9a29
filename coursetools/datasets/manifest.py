"""The list of a set's files with their sums, and whether the files are still those."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from coursetools.datasets.errors import BrokenManifestError
from coursetools.datasets.folders import CLASSES, NAME, PARTS, imported_folder, is_picture
from coursetools.paths import DataNotFoundError, data_folder

FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a set consists of."""

    source: str
    """Where the pictures came from, in words."""
    files: Mapping[str, str]
    """The sha256 sum of each file, by its path below the manifest's folder."""


@dataclass(frozen=True)
class Verification:
    """How the files of a set compare with its manifest."""

    folder: Path
    right: int
    """How many files are there and as they should be."""
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    """Pictures that a lesson would use and the manifest does not know."""

    @property
    def sound(self) -> bool:
        """Whether everything is as it should be."""
        return not (self.missing or self.changed or self.unlisted)


def verify(profile: str) -> Verification:
    """Compare the files that belong to a profile with their manifest.

    For `reduced` these are all files that come with the course and have a sum in its manifest.

    Raises:
        DataNotFoundError: There is no set, or no manifest beside it.
        BrokenManifestError: The manifest cannot be read.
    """
    if profile == "full":
        return verify_folder(imported_folder(), "")
    return verify_folder(data_folder(), NAME)


def verify_folder(folder: Path, pictures: str) -> Verification:
    """Compare a folder's files with its manifest.

    Args:
        folder: Where the manifest is.
        pictures: The folder in it that holds `train` and `valid`, `""` for the folder itself.

    Raises:
        DataNotFoundError: There is no manifest.
        BrokenManifestError: The manifest cannot be read.
    """
    listed = read_manifest(folder).files
    missing = tuple(name for name in listed if not (folder / name).is_file())
    changed = tuple(
        name
        for name, digest in listed.items()
        if name not in missing and file_sum(folder / name) != digest
    )
    places = [folder / pictures / part / label for part in PARTS for label in CLASSES]
    there = (path for place in places for path in sorted(place.glob("*")) if is_picture(path))
    names = (path.relative_to(folder).as_posix() for path in there)
    unlisted = tuple(name for name in names if name not in listed)
    return Verification(
        folder, len(listed) - len(missing) - len(changed), missing, changed, unlisted
    )


def file_sum(path: Path) -> str:
    """Give the sha256 sum of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the list into its folder."""
    content = {
        "about": "sha256 sums of the files, paths below this folder.",
        "source": manifest.source,
        "files": dict(sorted(manifest.files.items())),
    }
    text = json.dumps(content, indent=1) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the list of a folder.

    Raises:
        DataNotFoundError: There is none.
        BrokenManifestError: It cannot be read, or names a file outside the folder.
    """
    path = folder / FILE
    if not path.is_file():
        raise DataNotFoundError(
            f"There is no list of sums, `{path}`, so nothing can be compared. Import or install "
            "the set again and there will be one."
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _broken(path, str(error)) from error
    files = content.get("files") if isinstance(content, dict) else None
    if not isinstance(files, dict) or not all(isinstance(d, str) for d in files.values()):
        raise _broken(path, "it has no `files` with a sum each")
    for name in files:
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts or not inside.parts:
            raise _broken(path, f"it names `{name}`, which is outside its folder")
    return Manifest(str(content.get("source", "")), files)


def _broken(path: Path, why: str) -> BrokenManifestError:
    return BrokenManifestError(
        f"The list of sums `{path}` cannot be used ({why}). Import or install the set again."
    )
