"""`coursetools data holdout`: an instructor's pictures for marking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coursetools.cli.errors import OTHER_NAMES, clear_errors
from coursetools.cli.report import in_words, progress_bar, show_left_out
from coursetools.datasets import Holdout, make_holdout, render_holdout


def make(
    out: Annotated[Path, typer.Option(help="The new set's folder, outside the course's own.")],
    folder: Annotated[
        Path | None, typer.Argument(help="A folder with a folder of cars and one of trucks.")
    ] = None,
    car: Annotated[str, typer.Option(help="What the folder of cars is called.")] = "Car",
    truck: Annotated[str, typer.Option(help="What the folder of trucks is called.")] = "Truck",
    seed: Annotated[
        int | None, typer.Option(help="Render pictures from this seed instead; tell it to nobody.")
    ] = None,
    pictures: Annotated[int, typer.Option(min=1, help="How many of each class to render.")] = 100,
) -> None:
    """Make a held-out set: pictures of 32x32 in one file, with its sum.

    Either of the pictures in FOLDER, or rendered from a seed of your own (in a checkout, which has
    the renderer). It is never written into the course's own folder, where students would find it.
    """
    if (folder is None) == (seed is None):
        raise typer.BadParameter("Give either FOLDER or --seed.")
    with (
        clear_errors("An older set is as it was.", class_missing=OTHER_NAMES),
        progress_bar("Reading pictures") as progress,
    ):
        if folder is not None:
            result = make_holdout(folder, out=out, car=car, truck=truck, progress=progress)
        elif seed is not None:
            result = render_holdout(out=out, seed=seed, pictures=pictures)
    _show(result)


def _show(result: Holdout) -> None:
    show_left_out(result.rejected)
    typer.echo(f"held out: {in_words(result.counts)} in {result.file}")
    typer.echo(f"sha256: {result.digest}")
