"""Reading a folder that anyone may have put files into: no link is followed, no device opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from coursetools.grading.intake.archives import Allowance, files_in_archive
from coursetools.grading.intake.errors import IntakeError
from coursetools.grading.intake.found import (
    LIMITS,
    FileKind,
    FoundFile,
    kind_of,
    shown_name,
    too_large,
)
from coursetools.grading.intake.times import of_file

_DEEPEST = 30
_MOST = 200_000

_SPECIAL = (
    (stat.S_ISLNK, "a link, which is not followed"),
    (stat.S_ISFIFO, "a pipe, which is not opened"),
    (stat.S_ISSOCK, "a socket, which is not opened"),
    (stat.S_ISCHR, "a device, which is not opened"),
    (stat.S_ISBLK, "a device, which is not opened"),
)


def files_below(folder: Path) -> Iterator[FoundFile]:
    """Give every file below a folder, those in archives too, read if it is of a kind that is.

    Raises:
        IntakeError: The folder itself cannot be opened, or holds more than 200,000 files.
    """
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise IntakeError(
            f"`{folder}` cannot be opened: {_in_words(error)}. Name the folder or the zip of "
            "submissions."
        ) from error
    for count, found in enumerate(_below(os.fsencode(folder), "", 0)):
        if count >= _MOST:
            raise IntakeError(
                f"`{folder}` holds more than {_MOST:,} files. Is it the folder of submissions?"
            )
        yield found


def _below(folder: bytes, path: str, depth: int) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        yield FoundFile(path or ".", FileKind.OTHER, reason=f"A folder: {_in_words(error)}.")
        return
    for name in names:
        inner = os.path.join(folder, name)
        shown = f"{path}/{shown_name(name)}" if path else shown_name(name)
        try:
            found = os.lstat(inner)
        except OSError as error:
            yield FoundFile(shown, FileKind.OTHER, reason=f"It {_in_words(error)}.")
            continue
        if not stat.S_ISDIR(found.st_mode):
            yield from _file(inner, shown, found)
        elif depth >= _DEEPEST:
            yield FoundFile(shown, FileKind.OTHER, reason="A folder that lies too deep.")
        else:
            yield from _below(inner, shown, depth + 1)


def _file(place: bytes, path: str, found: os.stat_result) -> Iterator[FoundFile]:
    kind, reason = kind_of(path)
    special = next((what for test, what in _SPECIAL if test(found.st_mode)), "")
    reason = (f"It is {special}." if special else "") or reason
    if kind is not FileKind.ARCHIVE:
        reason = reason or too_large(kind, found.st_size)
    if reason:
        yield FoundFile(path, kind, reason=reason)
        return
    handed_in = of_file(found.st_mtime)
    try:
        with _opened(place) as stream:
            if kind is FileKind.ARCHIVE:
                for inner in files_in_archive(stream, path, found.st_mtime, Allowance()):
                    yield replace(inner, handed_in=handed_in)
                return
            data = stream.read(LIMITS[kind] + 1)
    except OSError as error:
        yield FoundFile(path, kind, reason=f"It {_in_words(error)}.")
        return
    reason = too_large(kind, len(data))
    content = b"" if reason else data
    yield FoundFile(path, kind, content, found.st_mtime, reason, handed_in=handed_in)


def _opened(place: bytes) -> BinaryIO:
    """Open a file that was an ordinary one a moment ago, and still is."""
    number = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    stream = os.fdopen(number, "rb")
    if not stat.S_ISREG(os.fstat(number).st_mode):
        stream.close()
        raise OSError("is no ordinary file any more")
    return stream


def _in_words(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be opened: change who may read it"
    if isinstance(error, FileNotFoundError):
        return "is not there"
    return f"cannot be read ({error.strerror or error})"
