"""Putting a whole new folder in the place of an old one: all of it, or nothing.

The new folder is built in a hidden one beside the old and takes its place at the very end, so that
whatever goes wrong before leaves what was there. What a killed process left is cleared up by the
next.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coursetools.datasets.disk import place_named
from coursetools.datasets.lock import only_one

_NEW = "new"
_OLD = "old"


@contextmanager
def replacement(target: Path) -> Iterator[Path]:
    """Give an empty folder that takes the target's place if the block ends without an error.

    Raises:
        BusyError: Another process is about to replace the same target.
        OSError: The new folder cannot be put there. The old one is then where it was.
    """
    with only_one(target.parent, target.name), place_named(target.parent):
        _tidy_up(target)
        with tempfile.TemporaryDirectory(prefix=_prefix(target), dir=target.parent) as beside:
            built = Path(beside, _NEW)
            built.mkdir()
            yield built
            _swap(built, target, Path(beside, _OLD))


def _swap(built: Path, target: Path, old: Path) -> None:
    """Put the new folder in its place; the old one comes back if that fails."""
    try:
        if target.exists():
            target.rename(old)
        built.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)


def _tidy_up(target: Path) -> None:
    """Clear up after a process that was killed, and put back what it was about to replace."""
    for left in target.parent.glob(f"{_prefix(target)}*"):
        old = left / _OLD
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(left, ignore_errors=True)


def _prefix(target: Path) -> str:
    return f".{target.name}-"
