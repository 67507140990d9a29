"""`coursetools data`: get pictures, see what is there, hold it against its sums."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coursetools.cli import fetch, holdout
from coursetools.cli.errors import OTHER_NAMES, clear_errors
from coursetools.cli.report import MOST_LISTED, progress_bar, show_counts
from coursetools.datasets import (
    PROFILES,
    BrokenManifestError,
    Verification,
    car_or_truck_folder,
    chosen_profile,
    counts,
    files_in,
    import_folder,
    place_of,
    read_manifest,
    verify,
)
from coursetools.paths import DataNotFoundError

app = typer.Typer(
    help="Pictures: get photographs, see what is there, check it.", no_args_is_help=True
)
app.command("fetch")(fetch.fetch)
app.command("holdout")(holdout.make)


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
    with (
        clear_errors(fetch.KEPT, class_missing=OTHER_NAMES),
        progress_bar("Reading pictures") as progress,
    ):
        result = import_folder(folder, car=car, truck=truck, progress=progress)
    fetch.show_import(result)


@app.command()
def status() -> None:
    """Say which pictures are there, and which of them a lesson will use."""
    with clear_errors():
        chosen = chosen_profile()
        places = {profile: place_of(profile) for profile in PROFILES}
    for profile, place in places.items():
        typer.echo(f"{profile}: {place}")
        try:
            show_counts(counts(files_in(place)))
        except DataNotFoundError:
            typer.echo("  nothing there" if not place.is_dir() else "  not complete")
            continue
        if profile == "full":
            typer.echo(f"  from {_source_of(place)}")
    with clear_errors():
        car_or_truck_folder(chosen)
    typer.echo(f"A lesson will use: {chosen}.")


def _source_of(place: Path) -> str:
    try:
        return read_manifest(place).source or "an unknown source"
    except (DataNotFoundError, BrokenManifestError):
        return "an unknown source"


@app.command("verify")
def verify_pictures() -> None:
    """Compare the pictures that are there with the sums that were written down with them."""
    sound = True
    for profile in PROFILES:
        with clear_errors():
            place = place_of(profile)
            if profile == "full" and not place.is_dir():
                typer.echo(f"{profile}: nothing there")
                continue
            found = verify(profile)
        typer.echo(f"{profile}: {found.right} files in {found.folder} are as they should be")
        _show_faults(found)
        sound = sound and found.sound
    if not sound:
        typer.echo(
            "coursetools: Something is not as it should be; see above. Install or import the set "
            "again.",
            err=True,
        )
        raise typer.Exit(1)


def _show_faults(found: Verification) -> None:
    kinds = {"missing": found.missing, "changed": found.changed, "not listed": found.unlisted}
    for kind, names in kinds.items():
        for name in names[:MOST_LISTED]:
            typer.echo(f"  {kind}: {name}")
        if len(names) > MOST_LISTED:
            typer.echo(f"  {kind}: {len(names) - MOST_LISTED} more")
