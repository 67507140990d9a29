"""How a command says what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from coursetools.datasets import (
    BrokenPictureError,
    LayoutError,
    NoPicturesError,
    UnknownProfileError,
)

_OF_THE_USER = (
    OSError,
    BrokenPictureError,
    LayoutError,
    NoPicturesError,
    UnknownProfileError,
)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn the errors a user can do something about into one sentence and exit code 1."""
    try:
        yield
    except _OF_THE_USER as error:
        typer.echo(f"coursetools: {_sentence(error)}", err=True)
        raise typer.Exit(1) from error


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"`{error.filename}`: {error.strerror}."  # the system's own words have a number
    return str(error)
