"""`coursetools reset` and `coursetools update`: a student's notebook made new, with a backup."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursetools.cli.errors import clear_errors
from coursetools.grading.notebook import (
    ReleaseNotFoundError,
    UnreadableNotebookError,
    notebook_lesson,
    read_notebook,
    release_file,
)
from coursetools.grading.notebook.renewing import RenewError, update
from coursetools.grading.notebook.renewing import reset as reset_in
from coursetools.grading.whole_file import write_whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

_BACKUPS = Path(".coursetools") / "backups"
_RELEASE = typer.Option(
    help="The released notebook or its folder, if not the course's own.", show_default=False
)
_RELOAD = "If JupyterLab has it open: File, Reload Notebook from Disk."


def reset(
    exercise: Annotated[str, typer.Argument(help="Such as 2.4.", show_default=False)],
    notebook: Annotated[
        Path | None,
        typer.Argument(help="Your notebook; without it, the lesson's one in this folder."),
    ] = None,
    release: Annotated[Path | None, _RELEASE] = None,
) -> None:
    """Make one answer cell what it was when you got it; the rest of the notebook stays.

    A copy of the notebook as it is now is kept in `.coursetools/backups`, beside it. Your best
    score stays too.

    Example: `coursetools reset 2.4 notebooks/2-convolution-and-relu.ipynb`

    Exit codes: 0 it is done, 1 something is wrong with what you gave, 130 stopped.
    """
    with clear_errors(also=(RenewError,)):
        path = notebook or _only_one(exercise)
        mine, released = _both(path, release)
        made = reset_in(mine, released, exercise)
        kept = _write(path, made)
    typer.echo(f"Exercise {exercise} in {path} is as it was. Before: {kept}. {_RELOAD}")


def renew(
    notebook: Annotated[Path, typer.Argument(help="Your notebook.", show_default=False)],
    release: Annotated[Path | None, _RELEASE] = None,
) -> None:
    """Take a corrected lesson, with your answers and all that you added to your notebook.

    The lesson is that of the installed course, or the one of `--release`. A copy of the notebook
    as it is now is kept in `.coursetools/backups`, beside it; what you changed in cells of the
    lesson that are no answers is only there.

    Example: `coursetools update my/2-convolution-and-relu.ipynb --release course/notebooks`

    Exit codes: 0 it is done, 1 something is wrong with what you gave, 130 stopped.
    """
    with clear_errors(also=(RenewError,)):
        mine, released = _both(notebook, release)
        made = update(mine, released)
        if made.notebook == mine:
            typer.echo(f"{notebook} is that of the release already; nothing was changed.")
            return
        kept = _write(notebook, made.notebook)
    typer.echo(
        f"{notebook}: {made.changed} of the lesson's cells say something else now, "
        f"{made.new} are new; "
        f"{len(made.answers)} answers and {made.own} cells of your own were taken along. "
        f"Before: {kept}. {_RELOAD}"
    )


def _only_one(exercise: str) -> Path:
    lesson = exercise.partition(".")[0]
    found = [
        p for folder in (".", "notebooks") for p in sorted(Path(folder).glob(f"{lesson}-*.ipynb"))
    ]
    if not lesson.isdecimal() or len(found) != 1:
        raise RenewError(
            f"Which notebook? {len(found)} in this folder begin with `{lesson}-`. Name it: "
            f"`coursetools reset {exercise} NOTEBOOK`."
        )
    return found[0]


def _both(path: Path, release: Path | None) -> tuple[NotebookNode, NotebookNode]:
    """Read a student's notebook and the released one of the same lesson."""
    data = path.read_bytes()
    try:
        number = notebook_lesson(read_notebook(data))
    except UnreadableNotebookError as error:
        raise RenewError(f"`{path}`: {error}") from error
    if number is None:
        raise RenewError(
            f"`{path}` does not say which lesson it is: its cell with `ct.connect` is missing."
        )
    return _parsed(path, data), _released(path, number, release)


def _released(path: Path, number: int, release: Path | None) -> NotebookNode:
    file = release if release is not None and release.is_file() else release_file(number, release)
    if not file.samefile(path):
        return _parsed(file, file.read_bytes())
    before = _committed(file)
    if before is None:
        raise ReleaseNotFoundError(
            f"`{path}` is the course's own copy, and nothing tells how it was. Name the released "
            "notebook with `--release FILE`."
        )
    return _parsed(file, before)


def _committed(file: Path) -> bytes | None:
    """Give a file of a clone as it was committed: students work in the course's own folder."""
    asked = ["git", "-C", str(file.resolve().parent), "show", f"HEAD:./{file.name}"]
    try:
        done = subprocess.run(asked, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _parsed(path: Path, data: bytes) -> NotebookNode:
    import nbformat  # its validator takes a second, which no other command should wait for

    try:
        found: NotebookNode = nbformat.reads(data.decode("utf-8-sig"), as_version=4)
    except Exception as error:  # nbformat raises what it meets
        raise RenewError(f"`{path}` is no notebook that can be read whole.") from error
    return found


def _write(path: Path, made: NotebookNode) -> Path:
    """Write the notebook once a copy of what it was is kept; return where."""
    import nbformat

    now = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    folder = path.parent / _BACKUPS
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{path.stem}.{now}.ipynb"
    count = 1
    while kept.exists():
        count += 1
        kept = folder / f"{path.stem}.{now}-{count}.ipynb"
    write_whole(kept, path.read_bytes())
    write_whole(path, (nbformat.writes(made) + "\n").encode())
    return kept
