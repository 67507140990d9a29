"""How a command says what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn the errors a user can do something about into one sentence and exit code 1."""
    try:
        yield
    except (OSError, ValueError) as error:
        typer.echo(f"coursetools: {error}", err=True)
        raise typer.Exit(1) from error
