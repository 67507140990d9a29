"""`coursetools pack`: a notebook and the file that belongs to it, as one zip to hand in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from coursetools.capstone.weights_file import FILE
from coursetools.cli.errors import clear_errors
from coursetools.grading.notebook import read_notebook
from coursetools.grading.whole_file import write_whole

_DATE = (1980, 1, 1, 0, 0, 0)  # the same files make the same zip


def pack(
    notebook: Annotated[Path, typer.Argument(help="Your notebook.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option(help="The zip to write; without it, beside the notebook.")
    ] = None,
) -> None:
    """Put a notebook, and `capstone.npz` if it lies beside it, into one zip to hand in.

    Example: `coursetools pack notebooks/5-custom-convnets-and-augmentation.ipynb`

    Exit codes: 0 it was written, 1 it is no notebook or cannot be written, 130 stopped.
    """
    written = out or notebook.with_suffix(".zip")
    with clear_errors():
        data = notebook.read_bytes()
        read_notebook(data)
        packed = {notebook.name: data}
        beside = notebook.parent / FILE
        if beside.is_file():
            packed[FILE] = beside.read_bytes()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in packed.items():
                archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
        write_whole(written, made.getvalue())
    typer.echo(f"{written}: {' and '.join(packed)}")
