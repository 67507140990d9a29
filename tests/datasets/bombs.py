"""Pictures of a few bytes that would fill the memory."""

import functools
import struct
import zlib

SIDE = 30_000


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@functools.cache
def too_large() -> bytes:
    """A whole PNG file of 30,000 x 30,000 black pixels, one bit each; in RGB they take 2.7 GB."""
    squeeze = zlib.compressobj(1)
    row = bytes(1 + -(-SIDE // 8))
    pixels = b"".join(squeeze.compress(row * 500) for _ in range(SIDE // 500)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 1, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
    return start + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
