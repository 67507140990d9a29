"""The command itself."""

from __future__ import annotations

from typing import Annotated

import typer

import coursetools
from coursetools.cli import (
    check,
    data,
    export,
    grade,
    move_over,
    pack,
    points,
    release,
    renew,
    review,
    scheme,
)

app = typer.Typer(rich_markup_mode="markdown", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(data.app, name="data")
app.add_typer(export.app, name="export")
app.command("scheme")(scheme.show)
app.command("grade")(grade.grade)
app.command("check")(check.check)
app.command("move-over")(move_over.move)
app.command("pack")(pack.pack)
app.command("points")(points.points)
app.command("release")(release.make)
app.command("reset")(renew.reset)
app.command("update")(renew.renew)
app.command("review")(review.review)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"coursetools {coursetools.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Tools behind the convolutional-network lessons."""
