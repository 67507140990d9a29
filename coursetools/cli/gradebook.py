"""Which gradebook a command opens: the one that `grade` made in a folder, or a database's."""

from __future__ import annotations

from pathlib import Path

from coursetools.cli.errors import refuse
from coursetools.grading.order import GRADEBOOK


def gradebook_of(out: Path, database: str | None) -> str | Path:
    """Give the place of a gradebook that is there; where none is, say so and end the command."""
    place = database or out / GRADEBOOK
    if isinstance(place, Path) and not place.is_file():
        refuse(f"There is no `{place}`; name the folder that `coursetools grade` wrote into.")
    return place
