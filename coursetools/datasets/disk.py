"""Errors of the disk that say where they happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def place_named(place: Path) -> Iterator[None]:
    """Add a place to an error of the system that has none.

    Python names the file when one cannot be opened, but not when the disk is full half-way.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, str(place)) from error
