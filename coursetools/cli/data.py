"""`coursetools data`: import pictures of one's own, and see what a lesson will use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from coursetools.cli.errors import clear_errors
from coursetools.datasets import (
    LEFT_OUT,
    PROFILES,
    car_or_truck_folder,
    chosen_profile,
    counts,
    files_in,
    import_folder,
    place_of,
)
from coursetools.paths import DataNotFoundError

app = typer.Typer(help="Pictures: import your own, see what is there.", no_args_is_help=True)

_MOST_LISTED = 20


@app.command("import")
def import_pictures(
    folder: Annotated[Path, typer.Argument(help="A folder of folders, one for each class.")],
    car: Annotated[str, typer.Option(help="What the folder of cars is called.")] = "Car",
    truck: Annotated[str, typer.Option(help="What the folder of trucks is called.")] = "Truck",
) -> None:
    """Import pictures of cars and trucks for the profile `full`.

    FOLDER holds train/ and valid/ with a folder for each class in both, or just a folder for each
    class. What was imported before is replaced only once everything has worked.
    """
    screen = Console(stderr=True)
    with (
        clear_errors(),
        Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar,
    ):
        task = bar.add_task("Reading pictures", total=None)
        result = import_folder(
            folder,
            car=car,
            truck=truck,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )
    for path, reason in result.rejected[:_MOST_LISTED]:
        typer.echo(f"left out  {path}: {reason}")
    if len(result.rejected) > _MOST_LISTED:
        more = len(result.rejected) - _MOST_LISTED
        typer.echo(f"left out  {more} more; all are listed in {result.folder / LEFT_OUT}")
    typer.echo(f"imported into {result.folder}")
    _show_counts(result.counts)
    typer.echo("A lesson uses them with COURSETOOLS_PROFILE=full.")


@app.command()
def status() -> None:
    """Say which pictures are there, and which of them a lesson will use."""
    with clear_errors():
        chosen = chosen_profile()
        places = {profile: place_of(profile) for profile in PROFILES}
    for profile, place in places.items():
        typer.echo(f"{profile}: {place}")
        try:
            _show_counts(counts(files_in(place)))
        except DataNotFoundError:
            typer.echo("  nothing there" if not place.is_dir() else "  not complete")
    with clear_errors():
        car_or_truck_folder(chosen)
    typer.echo(f"A lesson will use: {chosen}.")


def _show_counts(found: dict[str, dict[str, int]]) -> None:
    for part, by_class in found.items():
        numbers = ", ".join(f"{count} {name}" for name, count in by_class.items())
        typer.echo(f"  {part}: {numbers}")
