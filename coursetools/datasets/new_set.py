"""A set of pictures while it is written, and what is told of it afterwards."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from coursetools.datasets.errors import LayoutError, NoPicturesError
from coursetools.datasets.folders import CLASSES, PARTS
from coursetools.datasets.manifest import Manifest, write_manifest

SIZE = (128, 128)
"""Width and height of the pictures as they are stored."""

QUALITY = 95

LEFT_OUT = "left-out.txt"
"""In this file of an imported set stand the files that were left out, with the reasons."""

Progress = Callable[[int, int], None]
"""Is told how many pictures are done, and of how many."""


@dataclass
class Import:
    """What an import did."""

    folder: Path
    """Where the pictures are now."""
    source: str
    """Where they came from, in words."""
    counts: dict[str, dict[str, int]] = field(
        default_factory=lambda: {part: dict.fromkeys(CLASSES, 0) for part in PARTS}
    )
    """How many each part has of each class."""
    rejected: list[tuple[Path, str]] = field(default_factory=list)
    """Files that were left out, each with its reason."""


def require_replaceable(target: Path) -> None:
    """Refuse to put a set where there is something else, such as somebody's own photographs.

    Raises:
        LayoutError: There is.
    """
    if target.exists() and not (target / LEFT_OUT).is_file():
        raise LayoutError(
            f"There is something in `{target}` that no import has put there, and it would be "
            "replaced. Move it away, or name another place with COURSETOOLS_DATA."
        )


class NewSet:
    """Writes a set into an empty folder: pictures, their sums, and what was left out."""

    def __init__(self, folder: Path, source: str) -> None:
        self.result = Import(folder, source)
        self._sums: dict[str, str] = {}
        for part in PARTS:
            for label in CLASSES:
                (folder / part / label).mkdir(parents=True)

    def add(self, part: str, label: str, picture: Image.Image) -> None:
        """Write one picture, RGB of the size `SIZE`."""
        counts = self.result.counts[part]
        name = f"{part}/{label}/{counts[label]:05d}.jpg"
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=QUALITY, subsampling=0)
        content = file.getvalue()
        (self.result.folder / name).write_bytes(content)
        self._sums[name] = hashlib.sha256(content).hexdigest()
        counts[label] += 1

    def reject(self, path: Path, reason: str) -> None:
        """Note a file that is left out."""
        self.result.rejected.append((path, reason))

    def finish(self) -> Import:
        """Write the lists.

        Raises:
            NoPicturesError: A class of a part has no picture.
        """
        self._require_all()
        lines = [f"{path}: {reason}\n" for path, reason in self.result.rejected]
        # A file's name may hold bytes that are no text; they are written as they are.
        (self.result.folder / LEFT_OUT).write_text(
            "".join(lines), encoding="utf-8", errors="surrogateescape"
        )
        write_manifest(self.result.folder, Manifest(self.result.source, self._sums))
        return self.result

    def _require_all(self) -> None:
        for part, counts in self.result.counts.items():
            for label, count in counts.items():
                if count == 0:
                    reasons = "; ".join(f"{path.name}: {why}" for path, why in self._first_few())
                    left_out = f" Left out: {reasons}." if reasons else ""
                    raise NoPicturesError(
                        f"{self.result.source} has no picture of the class {label} that can be "
                        f"used for the part `{part}`, so nothing was imported.{left_out}"
                    )

    def _first_few(self) -> list[tuple[Path, str]]:
        return self.result.rejected[:3]
