"""What downloads of other libraries need of sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_TO_WAIT = 20.0


@contextmanager
def no_endless_wait() -> Iterator[None]:
    """Give new sockets a time limit; Keras sets none, and a silent network would hang a cell."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(SECONDS_TO_WAIT)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
