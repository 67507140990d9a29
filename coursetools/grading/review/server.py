"""The server: on the loopback address only, for as long as the command runs."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from coursetools.grading.review.desk import Desk
from coursetools.grading.review.door import HOST, Door
from coursetools.grading.review.handlers import application

_LARGEST = 64 * 1024
"""Bytes of what a page sends: a comment of 4,000 characters, each written out in JSON."""
_HEADERS = 16 * 1024
_IDLE = 60.0
"""Seconds that a connection may be open without a word."""


class PortError(Exception):
    """Nothing can be served at a port; the message says why and what to do."""


@asynccontextmanager
async def serving(desk: Desk, port: int = 0) -> AsyncIterator[Door]:
    """Serve the review; gives the door, which knows the addresses that let in.

    Args:
        desk: What is reviewed; all of it happens in this thread.
        port: Where to listen; 0 for any that is free.

    Raises:
        PortError: Another program listens there, or you may not.
    """
    try:
        sockets = bind_sockets(port, HOST, family=socket.AF_INET)
    except OSError as error:
        raise PortError(
            f"The page cannot be served at port {port}: {error.strerror or error}. Name another "
            "`--port`, or none for one that is free."
        ) from error
    door = Door(sockets[0].getsockname()[1])
    server = HTTPServer(
        application(desk, door),
        max_body_size=_LARGEST,
        max_buffer_size=2 * _LARGEST,
        max_header_size=_HEADERS,
        idle_connection_timeout=_IDLE,
        body_timeout=_IDLE,
    )
    server.add_sockets(sockets)
    try:
        yield door
    finally:
        server.stop()
        await server.close_all_connections()


def serve(desk: Desk, port: int, opened: Callable[[Door], None]) -> None:
    """Serve the review until Ctrl-C, or until the terminal is closed.

    Args:
        desk: What is reviewed.
        port: Where to listen; 0 for any that is free.
        opened: Called once it can be reached.

    Raises:
        PortError: Another program listens there, or you may not.
    """

    async def until_stopped() -> None:
        stopped = asyncio.Event()
        async with serving(desk, port) as door:
            _listen_for_signals(stopped)
            opened(door)
            await stopped.wait()

    with suppress(KeyboardInterrupt):  # where signals cannot be listened for
        asyncio.run(until_stopped())


def _listen_for_signals(stopped: asyncio.Event) -> None:
    """End as Ctrl-C does when the terminal is closed too: pages are still to be written."""
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(NotImplementedError, AttributeError):  # Windows has not all of it
            loop.add_signal_handler(getattr(signal, name), stopped.set)
