"""What was handed in, put aside on disk until it is graded: a class's notebooks fill the memory.

One unnamed file takes all of it. It is the system's to remove, whatever ends this process, and is
gone when nothing that was put into it is held any more.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path

_LARGE = Path("/var/tmp")
"""Where systems have room for large files; `/tmp` may be memory."""


class Aside:
    """A file to put bytes into; may be read by several threads at once."""

    def __init__(self) -> None:
        """Make the file.

        Raises:
            OSError: There is no folder for it that can be written to.
        """
        with tempfile.TemporaryFile(dir=_folder()) as file:
            self._descriptor = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._descriptor)
        self._end = 0

    def put(self, data: bytes) -> PutAside:
        """Write down some bytes.

        Raises:
            OSError: There is no room for them.
        """
        put = PutAside(len(data), hashlib.sha256(data).hexdigest(), self._end, self)
        rest = memoryview(data)
        while rest:
            written = os.pwrite(self._descriptor, rest, self._end)
            self._end += written
            rest = rest[written:]
        return put

    def read(self, start: int, size: int) -> bytes:
        """Read bytes that were written down.

        Raises:
            OSError: The disk does not give them back.
        """
        parts = []
        while size > 0:
            part = os.pread(self._descriptor, size, start)
            if not part:
                raise OSError("What was put aside of the submissions is cut short.")
            parts.append(part)
            start, size = start + len(part), size - len(part)
        return b"".join(parts)


@dataclass(frozen=True)
class PutAside:
    """Bytes that were put aside."""

    size: int
    sha256: str
    start: int = field(repr=False)
    file: Aside = field(repr=False, compare=False)


Content = bytes | PutAside
"""The bytes of a file, here or put aside."""


def bytes_of(content: Content) -> bytes:
    """Give the bytes; read anew each time if they were put aside."""
    if isinstance(content, PutAside):
        return content.file.read(content.start, content.size)
    return content


def size_of(content: Content) -> int:
    """Give how many bytes there are, without reading them."""
    return content.size if isinstance(content, PutAside) else len(content)


def sum_of(content: Content) -> str:
    """Give their SHA-256 sum in hexadecimal digits, without reading them."""
    if isinstance(content, PutAside):
        return content.sha256
    return hashlib.sha256(content).hexdigest()


def _folder() -> str | None:
    """Give the folder for the file, None for Python's own choice."""
    chosen = any(os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    return None if chosen or not os.access(_LARGE, os.W_OK | os.X_OK) else str(_LARGE)
