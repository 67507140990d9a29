"""`coursetools data fetch`: photographs from the network."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from coursetools.cli.errors import clear_errors
from coursetools.cli.report import progress_bar, show_counts, show_left_out
from coursetools.datasets import LEFT_OUT, Import, Progress, fetch_cifar10, fetch_kaggle
from coursetools.training.start import start_tensorflow

KEPT = "What was there before is still there."


class Source(StrEnum):
    """Where photographs can be had."""

    KAGGLE = "kaggle"
    CIFAR10 = "cifar10"


def _fetch_cifar10_quietly(*, progress: Progress) -> Import:
    start_tensorflow()  # Keras brings it along, and its messages would be taken for errors
    return fetch_cifar10(progress=progress)


_WAYS: dict[Source, Callable[..., Import]] = {
    Source.KAGGLE: fetch_kaggle,
    Source.CIFAR10: _fetch_cifar10_quietly,
}


def fetch(
    source: Annotated[
        Source,
        typer.Argument(
            help="kaggle: about 10,000 photographs. cifar10: 12,000 of 32x32, enlarged.",
            show_default=False,
        ),
    ],
) -> None:
    """Download photographs of cars and trucks for the profile `full`.

    What was imported before is replaced only once everything has worked. A second try goes on with
    what the first has downloaded, where the source allows that.
    """
    typer.echo(f"Asking for {source.value} ...", err=True)  # Keras alone takes seconds to load
    with clear_errors(KEPT), progress_bar("Reading pictures") as progress:
        result = _WAYS[source](progress=progress)
    show_import(result)


def show_import(result: Import) -> None:
    """Say what an import has brought."""
    show_left_out(result.rejected, result.folder / LEFT_OUT)
    typer.echo(f"imported into {result.folder}")
    show_counts(result.counts)
    typer.echo("A lesson uses them with COURSETOOLS_PROFILE=full.")
