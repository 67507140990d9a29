"""Reading a zip that anyone may have made: in memory, member by member, each within its limits.

Nothing is written to disk, so a name such as `../../x` could do no harm; it is refused all the
same, since nobody's archive of a notebook has one. What a member says of its size is held against
what comes out of it, and all that one archive unpacks to, archives inside it too, is counted.
"""

from __future__ import annotations

import calendar
import contextlib
import io
import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from coursetools._zips import BROKEN, PACKED
from coursetools.grading.intake.errors import IntakeError
from coursetools.grading.intake.found import (
    LIMITS,
    FileKind,
    FoundFile,
    kind_of,
    shown_name,
    too_large,
)
from coursetools.grading.intake.times import of_entry

MEMBERS = 2_000
"""The most members of an archive that a student handed in, archives inside it counted in."""

UNPACKED = 300_000_000
"""The most bytes that it may unpack to."""

DEEPEST = 3
"""So many archives may lie inside each other."""

_OF_THE_CLASS = 200_000
_IF_OF_THE_CLASS = "If it is the archive of a whole class, name it itself, not its folder."
_LIST = 200
"""Bytes that the list of an archive takes for a member with a long name."""

_LONGEST_NAME = 500

_END = b"PK\x05\x06"
_END_SIZE = 22
_END_64 = b"PK\x06\x07"
_END_64_SIZE = 20
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1
_UTF_8 = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")


class _RefusedError(ValueError):
    """A member or an archive is not read; the message is the reason."""


@dataclass
class Allowance:
    """What an archive may still hold; the ones inside it take from the same."""

    members: int = MEMBERS
    unpacked: int = UNPACKED
    depth: int = DEEPEST
    whole_class: bool = False
    """Whether it is the instructor's own archive, of which each member has an allowance."""


def files_of_class(source: Path) -> Iterator[FoundFile]:
    """Give every file of the archive of a whole class.

    Raises:
        IntakeError: It is no zip, or cannot be opened.
    """
    allowance = Allowance(_OF_THE_CLASS, 0, whole_class=True)
    try:
        with source.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            yield from _members(archive, "", allowance)
    except BROKEN as error:
        raise IntakeError(
            f"`{source}` is no zip that can be read ({error}). Download it again, or unpack it "
            "and name the folder."
        ) from error
    except _RefusedError as error:
        raise IntakeError(f"`{source}` is not read. {error}") from error


def files_in_archive(
    stream: IO[bytes], path: str, time: float, allowance: Allowance
) -> Iterator[FoundFile]:
    """Give an archive that a student handed in, and every file in it.

    Args:
        stream: The archive, which can be searched.
        path: Where it lies.
        time: When it was last changed.
        allowance: What it may hold.
    """
    members: list[FoundFile] = []
    reason = ""
    try:
        _fail_if_listed_too_long(stream, allowance)
        with zipfile.ZipFile(stream) as archive:
            members += _members(archive, path, allowance)
    except _RefusedError as error:
        reason = str(error)
    except BROKEN:
        reason = "It is no zip that can be read: it is broken or was cut off."
    note = f"An archive of {len(members)} file{'' if len(members) == 1 else 's'}."
    yield FoundFile(path, FileKind.ARCHIVE, b"", time, reason, note)
    if not reason:
        yield from members


def _fail_if_listed_too_long(stream: IO[bytes], allowance: Allowance) -> None:
    """Ask an archive's end how long its list of members is, which `zipfile` reads at once."""
    size = stream.seek(0, io.SEEK_END)
    start = max(0, size - _LONGEST_COMMENT - _END_SIZE - _END_64_SIZE)
    stream.seek(start)
    tail = stream.read()
    end = len(tail) - _END_SIZE
    if not (tail[end:].startswith(_END) and tail.endswith(b"\x00\x00")):
        end = tail.rfind(_END)
    stream.seek(0)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise _RefusedError("It is no zip that can be read: it is broken or was cut off.")
    listed = struct.unpack("<L", tail[end + 12 : end + 16])[0]
    larger = tail[max(0, end - _END_64_SIZE) : end].startswith(_END_64)
    if larger or listed > _LIST * allowance.members:
        raise _RefusedError(f"It has more than {MEMBERS:,} members. {_IF_OF_THE_CLASS}")


def _members(archive: zipfile.ZipFile, path: str, allowance: Allowance) -> Iterator[FoundFile]:
    # `is_dir` asks for a name's last letter, and a stranger's member may have no name.
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    allowance.members -= len(infos)
    if allowance.members < 0:
        limit = _OF_THE_CLASS if allowance.whole_class else MEMBERS
        raise _RefusedError(f"It has more than {limit:,} members. {_IF_OF_THE_CLASS}")
    for info in infos:
        name = _name(info)
        short = name[:_LONGEST_NAME]
        inner = f"{path}/{shown_name(short)}" if path else shown_name(short)
        kind, reason = kind_of(inner)
        time = _time(info)
        try:
            _fail_if_refused(info, name, kind)
            if reason:
                raise _RefusedError(reason)
            data = _unpacked(archive, info, kind, allowance)
        except _RefusedError as error:
            yield FoundFile(inner, kind, b"", time, str(error))
        except BROKEN:
            yield FoundFile(inner, kind, b"", time, "It cannot be unpacked: the archive is broken.")
        else:
            handed_in = of_entry(info.date_time)
            if kind is not FileKind.ARCHIVE:
                yield FoundFile(inner, kind, data, time, handed_in=handed_in)
                continue
            # When the student saved what is in it says less than when all of it came in.
            for file in _inner_archive(data, inner, time, allowance):
                yield replace(file, handed_in=handed_in)


def _inner_archive(
    data: bytes, path: str, time: float, allowance: Allowance
) -> Iterator[FoundFile]:
    if allowance.whole_class:
        yield from files_in_archive(io.BytesIO(data), path, time, Allowance())
    elif allowance.depth <= 1:
        reason = f"It lies in more than {DEEPEST} archives inside each other."
        yield FoundFile(path, FileKind.ARCHIVE, b"", time, reason)
    else:
        allowance.depth -= 1
        yield from files_in_archive(io.BytesIO(data), path, time, allowance)
        allowance.depth += 1


def _fail_if_refused(info: zipfile.ZipInfo, name: str, kind: FileKind) -> None:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _RefusedError("It is a link or a device, which is not followed.")
    if not name:
        raise _RefusedError("It has no name.")
    if len(name) > _LONGEST_NAME:
        raise _RefusedError("Its name is longer than a file's name can be.")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        raise _RefusedError("Its name leads out of the archive.")
    if info.flag_bits & _ENCRYPTED:
        raise _RefusedError("It is locked with a password; hand it in without one.")
    if kind is not FileKind.OTHER and info.compress_type not in PACKED:
        raise _RefusedError("It is packed in a way that is not read; make an ordinary zip.")


def _unpacked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, kind: FileKind, allowance: Allowance
) -> bytes:
    limit = LIMITS[kind]
    # What it says of its size comes first, so that a bomb that is honest is not even opened.
    if reason := too_large(kind, info.file_size):
        raise _RefusedError(reason)
    if not allowance.whole_class and info.file_size > allowance.unpacked:
        raise _RefusedError(
            f"All that its archive holds has more than {UNPACKED / 1e6:,.0f} MB unpacked. "
            f"{_IF_OF_THE_CLASS}"
        )
    with archive.open(info) as stream:
        data = stream.read(limit + 1)
    if reason := too_large(kind, len(data)):
        raise _RefusedError(reason)
    if not allowance.whole_class:
        allowance.unpacked -= len(data)
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """Give a member's name with `/` between its parts.

    Without a word on its letters a name is read as `zipfile` does, in an alphabet of DOS; but
    macOS writes UTF-8 and does not say so.
    """
    name = info.filename
    if not info.flag_bits & _UTF_8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _time(info: zipfile.ZipInfo) -> float:
    try:
        return float(calendar.timegm((*info.date_time, 0, 0, 0)))
    except (ValueError, OverflowError):
        return 0.0
