"""What several commands show: how far they are, and what they found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

MOST_LISTED = 20
"""So many lines of one kind are shown; of more, only how many."""


class Tell(Protocol):
    """Told how far something is."""

    def __call__(self, done: int, of: int, last: str = "") -> None: ...  # noqa: D102


@contextmanager
def progress_bar(what: str, *, stays: bool = False) -> Iterator[Tell]:
    """Show a bar on a terminal; gives what is told how many are done, of how many, and the last.

    It appears when it is first told something, so that the bar of a download before it is seen.
    """
    screen = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}", markup=False),  # a student's id is anything
    )
    bar = Progress(*columns, console=screen, transient=not stays, disable=not screen.is_terminal)
    task = bar.add_task(what, total=None, last="")

    def tell(done: int, of: int, last: str = "") -> None:
        bar.start()
        bar.update(task, completed=done, total=of, last=last)

    try:
        yield tell
    finally:
        bar.stop()


def show_left_out(rejected: Sequence[tuple[Path, str]], listed_in: Path | None = None) -> None:
    """List files that were left out, with the reasons."""
    for path, reason in rejected[:MOST_LISTED]:
        typer.echo(f"left out  {path}: {reason}")
    more = len(rejected) - MOST_LISTED
    if more > 0:
        where = f"; all are listed in {listed_in}" if listed_in else ""
        typer.echo(f"left out  {more} more{where}")


def show_counts(found: Mapping[str, Mapping[str, int]]) -> None:
    """Show how many pictures each part has of each class."""
    for part, by_class in found.items():
        typer.echo(f"  {part}: {in_words(by_class)}")


def in_words(by_class: Mapping[str, int]) -> str:
    """Give the counts of the classes in a row."""
    return ", ".join(f"{count} {name}" for name, count in by_class.items())
