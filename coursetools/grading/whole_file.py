"""Writing a file so that it is either the old one or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_READABLE = 0o644
_NEW = ".new"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there.

    A kill leaves the old file or the new one. That the disk has it is not waited for: what is
    written so can be made again from the gradebook.

    Raises:
        OSError: It cannot be written; what was there before is still there. `filename` names the
            file that was to be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}", suffix=_NEW)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(_READABLE & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def remove_halves(folder: Path) -> None:
    """Remove what killed writers left in a folder; files that are called otherwise stay.

    Raises:
        OSError: One cannot be removed.
    """
    for path in folder.glob(f".*{_NEW}"):
        path.unlink(missing_ok=True)


def _umask() -> int:
    """Give the bits that this user wants off; there is no way to ask but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
