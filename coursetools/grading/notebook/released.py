"""The notebook as students got it, which we wrote: its metadata can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coursetools.grading.notebook.reading import Notebook, NotebookCell, read_notebook
from coursetools.notebook.cells import MARKER
from coursetools.paths import notebooks_folder


class ReleaseNotFoundError(FileNotFoundError):
    """There is no released notebook of a lesson, or more than one."""


def release_file(lesson: int, folder: Path | None = None) -> Path:
    """Find a lesson's released notebook.

    Args:
        lesson: The lesson's number.
        folder: Where the release is; None for the course's own notebooks.

    Raises:
        ReleaseNotFoundError: There is none there, or more than one.
        DataNotFoundError: The course's own notebooks are not there.
    """
    place = folder if folder is not None else notebooks_folder()
    found = sorted(place.glob(f"{lesson}-*.ipynb"))
    if len(found) != 1:
        what = "none is there" if not found else f"there are {len(found)}"
        raise ReleaseNotFoundError(
            f"The released notebook of lesson {lesson} is looked for in `{place}` as "
            f"`{lesson}-….ipynb`, and {what}. Name its folder with `--release DIR`."
        )
    return found[0]


def load_release(lesson: int, folder: Path | None = None) -> Notebook:
    """Read a lesson's notebook as students got it; for the arguments see `release_file`.

    Raises:
        ReleaseNotFoundError: There is none, or more than one.
        UnreadableNotebookError: The file is no notebook.
    """
    return read_notebook(release_file(lesson, folder).read_bytes())


@dataclass(frozen=True)
class ReleasedCell:
    """A cell of the release and its place."""

    place: int
    cell: NotebookCell
    exercise: str | None
    """The exercise that is to be answered in it."""
    runs: bool
    """Whether it is code that is run in grading."""


def released_cells(released: Notebook) -> tuple[ReleasedCell, ...]:
    """Give the cells of a release with what their metadata say of them."""
    return tuple(_of(place, cell) for place, cell in enumerate(released.cells))


def _of(place: int, cell: NotebookCell) -> ReleasedCell:
    said = cell.metadata.get("coursetools")
    ours = said if isinstance(said, dict) else {}
    code = cell.kind == "code"
    found = MARKER.match(cell.source.lstrip()) if code else None
    return ReleasedCell(
        place=place,
        cell=cell,
        exercise=found.group(1) if found else None,
        runs=code and ours.get("run") != "never",
    )
