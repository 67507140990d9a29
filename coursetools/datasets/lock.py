"""One at a time: a lock that the operating system gives back however its holder ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coursetools.datasets.errors import BusyError


@contextmanager
def only_one(folder: Path, name: str) -> Iterator[None]:
    """Let no other process into a block of the same folder and name.

    The folder is made if need be. While the block runs there is a small hidden file in it,
    `.NAME.lock`; one that a killed process left does no harm.

    Raises:
        BusyError: Another process is in such a block.
        OSError: The folder or the file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".{name}.lock"
    file = _take(path)
    try:
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        path.unlink(missing_ok=True)  # still ours: nobody else has it locked
        os.close(file)


def _take(path: Path) -> int:
    """Open and lock the file; returns its descriptor."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(path, file):
                return file
        except BlockingIOError:
            holder = os.read(file, 20).decode("ascii", errors="replace").strip()
            os.close(file)
            raise BusyError(
                f"Another command (process `{holder or 'unknown'}`) is at work in "
                f"`{path.parent}`. Wait until it is done, or stop it, then run this one again."
            ) from None
        except OSError:
            os.close(file)
            raise
        os.close(file)


def _is_still(path: Path, file: int) -> bool:
    """Say whether the name leads to the opened file: its last holder may just have deleted it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False
