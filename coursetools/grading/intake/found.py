"""A file that was handed in, and what kind of file its name says it is."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from coursetools.capstone.weights_file import LARGEST as LARGEST_CAPSTONE
from coursetools.grading.arrival import HandedIn
from coursetools.grading.aside import Content, bytes_of
from coursetools.grading.notebook.reading import LARGEST as LARGEST_NOTEBOOK


class FileKind(enum.StrEnum):
    """What a file is by its name."""

    NOTEBOOK = "notebook"
    CAPSTONE = "capstone"
    ARCHIVE = "archive"
    METADATA = "metadata"
    """Gradescope's list of who handed in what."""
    OTHER = "other"


@dataclass(frozen=True)
class FoundFile:
    """One file, read if it is of a kind that is."""

    path: str
    """Below the folder of submissions, `/` between parts, archives as folders."""
    kind: FileKind
    content: Content = b""
    time: float = 0.0
    """When it was last changed, in seconds; only comparable within one folder or archive."""
    reason: str = ""
    """Why it cannot be used; `""` if it can."""
    note: str = ""
    """For an archive: what came of it."""
    handed_in: HandedIn | None = None
    """When it came in, or the archive that it lies in, which the student handed in."""

    @property
    def data(self) -> bytes:
        """Its bytes, read now if they were put aside."""
        return bytes_of(self.content)


LIMITS = {
    FileKind.NOTEBOOK: LARGEST_NOTEBOOK,
    FileKind.CAPSTONE: LARGEST_CAPSTONE,
    FileKind.METADATA: 20_000_000,
    FileKind.ARCHIVE: 100_000_000,
}
"""The most bytes of a file of each kind that is read."""

METADATA = "submission_metadata.yml"

_NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json))?$", re.IGNORECASE)
"""Browsers and mail programs add an ending of their own."""

_LEFT_OUT = {
    ".ipynb_checkpoints": "Jupyter's own copy of an earlier state, not what was handed in.",
    "__MACOSX": "A file that macOS adds to archives.",
    ".DS_Store": "A file that macOS adds to folders.",
    "Thumbs.db": "A file that Windows adds to folders.",
    "desktop.ini": "A file that Windows adds to folders.",
    ".coursetools": "The progress that the course keeps beside a notebook; it is not graded.",
    "__pycache__": "A file that Python keeps for itself.",
    ".git": "A file that Git keeps for itself.",
}

_OTHER_ARCHIVES = re.compile(r"\.(7z|rar|tar|tgz|gz|bz2|xz|zst)$", re.IGNORECASE)


def kind_of(path: str) -> tuple[FileKind, str]:
    """Give a file's kind by its path, and why it is left out if its name alone says so."""
    parts = path.split("/")
    for part in parts:
        if part in _LEFT_OUT:
            return FileKind.OTHER, _LEFT_OUT[part]
    name = parts[-1]
    if name.startswith("._"):
        return FileKind.OTHER, _LEFT_OUT["__MACOSX"]
    if _NOTEBOOK.search(name):
        return FileKind.NOTEBOOK, ""
    if name.lower().endswith(".npz"):
        return FileKind.CAPSTONE, ""
    if name.lower().endswith(".zip"):
        return FileKind.ARCHIVE, ""
    if name == METADATA:
        return FileKind.METADATA, ""
    if _OTHER_ARCHIVES.search(name):
        return FileKind.OTHER, "An archive of a kind that is not read; hand in a zip instead."
    return FileKind.OTHER, "It is no notebook: its name does not end in `.ipynb`."


def too_large(kind: FileKind, size: int) -> str:
    """Give the reason for leaving out a file of this size, `""` if it is within its limit."""
    limit = LIMITS.get(kind, 0)
    if size <= limit:
        return ""
    return f"It has {size / 1e6:,.0f} MB; a file of its kind is read to {limit / 1e6:,.0f} MB."


def shown_name(name: bytes | str) -> str:
    r"""Give a file's name as one line of text; bytes that are no UTF-8 are shown as `\xff`."""
    text = name.decode("utf-8", "backslashreplace") if isinstance(name, bytes) else name
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )
