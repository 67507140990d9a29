"""How a command says what went wrong."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from coursetools.datasets import (
    BrokenDownloadError,
    BrokenHoldoutError,
    BrokenManifestError,
    BrokenPictureError,
    BusyError,
    ClassMissingError,
    InsideCheckoutError,
    LayoutError,
    NoPicturesError,
    RenderingError,
    UnknownProfileError,
)
from coursetools.grading.intake import IntakeError, RosterError
from coursetools.grading.notebook import ReleaseNotFoundError, UnreadableNotebookError
from coursetools.grading.workers import WorkersError
from coursetools.sandbox import SandboxError

_OF_THE_USER = (
    OSError,
    BrokenDownloadError,
    BrokenHoldoutError,
    BrokenManifestError,
    BrokenPictureError,
    BusyError,
    InsideCheckoutError,
    IntakeError,
    LayoutError,
    NoPicturesError,
    ReleaseNotFoundError,
    RenderingError,
    RosterError,
    SandboxError,
    UnknownProfileError,
    UnreadableNotebookError,
    WorkersError,
)

_WHAT_TO_DO = {
    errno.ENOSPC: "The disk is full. Make room there, then run the same command again.",
    errno.EDQUOT: "Your share of the disk is used up. Make room, then run the same command again.",
    errno.EACCES: "You may not write or read there. Name another place, or change who may.",
    errno.EPERM: "You may not do that there. Name another place, or change who may.",
    errno.EROFS: "That place can only be read. Name another one.",
}

OTHER_NAMES = "If it goes by another name, say which: `--car NAME`, `--truck NAME`."

STOPPED = 130
"""The exit code that shells give to what Ctrl-C has stopped."""


@contextmanager
def clear_errors(
    after: str = "", *, class_missing: str = "", also: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Turn the errors a user can do something about into one sentence and exit code 1.

    Args:
        after: What is told besides when something is wrong or somebody stops the command: in what
            state everything is.
        class_missing: What is told besides when a class has no folder.
        also: Other errors that say in their own words what can be done about it.
    """
    try:
        yield
    except (*_OF_THE_USER, *also) as error:
        more = [class_missing] if isinstance(error, ClassMissingError) else []
        more += [after] if after not in str(error) else []  # a download's message has it already
        typer.echo(" ".join(["coursetools:", _sentence(error), *more]).rstrip(), err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        typer.echo(f"\ncoursetools: Stopped. {after}".rstrip(), err=True)
        raise typer.Exit(STOPPED) from error


def refuse(sentence: str) -> NoReturn:
    """Say why a command does nothing with what it was given, and end it with exit code 1."""
    typer.echo(f"coursetools: {sentence}", err=True)
    raise typer.Exit(1)


def _sentence(error: Exception) -> str:
    """Give the message; the system's own words have a number, which nobody needs."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    what = _WHAT_TO_DO.get(error.errno or 0, f"{error.strerror}.")
    return f"`{error.filename}`: {what}" if error.filename else what
