"""What every reader of zip archives from strangers has to know of `zipfile`."""

from __future__ import annotations

import struct
import zipfile
import zlib

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,  # a member that wants a password
    ValueError,  # a place in the file that is none
    OverflowError,
    struct.error,
)
"""What `zipfile` raises for archives that are none."""

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How members may be packed: the others take as much memory as the file says."""
