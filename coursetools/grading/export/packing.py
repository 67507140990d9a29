"""Zips that are the same, byte by byte, whenever the same files are put into them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)
_FILE = 0o644
_PROGRAM = 0o755


def zipped(files: Mapping[str, bytes], programs: tuple[str, ...] = ()) -> bytes:
    """Give a zip of files by their names.

    Args:
        files: In the order in which they go in.
        programs: The names of those that can be run.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 3  # Unix, whatever it is made on
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (_PROGRAM if name in programs else _FILE) << 16
            archive.writestr(info, data)
    return stream.getvalue()
