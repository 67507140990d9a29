"""Frames: what host and runner say to each other over a stream socket.

A frame is its length in four bytes and then one JSON object. The host takes every frame for
written by an attacker: it is read as strictly as an answer is.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

from coursetools.answers import UnreadableAnswer, loads_answer
from coursetools.sandbox.caps import FRAME, VALUES

_HEAD = struct.Struct(">I")
_PART = 1 << 16


class GarbledError(ValueError):
    """What came is nothing that the runner sends; the text says what is wrong with it."""


class ClosedError(ConnectionError):
    """The other end is gone."""


def encoded(message: dict[str, Any]) -> bytes:
    """Give a message as a frame.

    Raises:
        ValueError: It takes more than a frame may, or is not plain.
    """
    body = json.dumps(message, separators=(",", ":"), allow_nan=False).encode("ascii")
    if len(body) > FRAME:
        raise ValueError(f"A message of {len(body)} bytes does not fit into a frame.")
    return _HEAD.pack(len(body)) + body


class Frames:
    """One end of the socket."""

    def __init__(self, end: socket.socket) -> None:
        """Take over the socket."""
        self._socket = end
        self._received = bytearray()
        self.size = 0
        """Bytes of the message that was received last."""
        self.values = 0
        """Not fewer values than it holds."""

    def send(self, message: dict[str, Any], seconds: float | None = None) -> None:
        """Send a message.

        Raises:
            ClosedError: The other end is gone, or did not take it within `seconds`.
        """
        self._socket.settimeout(seconds)
        try:
            self._socket.sendall(encoded(message))
        except OSError as error:  # a time-out is one too
            raise ClosedError("The other end takes nothing more.") from error

    def receive(self, until: float | None = None) -> dict[str, Any] | None:
        """Wait for a message.

        Args:
            until: When to stop waiting, by `time.monotonic()`; None waits for ever.

        Returns:
            The message, None if its end has not come until then. What has come of it is kept.

        Raises:
            GarbledError: It is too long or no JSON object.
            ClosedError: The other end is gone.
        """
        while True:
            message = self._whole()
            if message is not None:
                return message
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._socket], [], [], left)[0]:
                return None
            try:
                part = self._socket.recv(_PART)
            except OSError as error:
                raise ClosedError("The connection broke.") from error
            if not part:
                raise ClosedError("The connection was closed.")
            self._received += part

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def _whole(self) -> dict[str, Any] | None:
        """Take the first whole message out of what has come, None if there is none yet."""
        if len(self._received) < _HEAD.size:
            return None
        (length,) = _HEAD.unpack_from(self._received)
        if length > FRAME:
            raise GarbledError(f"It sent a frame of {length:,} bytes; the most is {FRAME:,}.")
        end = _HEAD.size + length
        if len(self._received) < end:
            return None
        body = bytes(self._received[_HEAD.size : end])
        del self._received[:end]
        self.size = length
        self.values = body.count(b",") + 1
        if self.values > VALUES:
            raise GarbledError(
                f"It sent a frame of {self.values:,} values; the most is {VALUES:,}."
            )
        try:
            message = loads_answer(body, FRAME)
        except UnreadableAnswer as error:
            raise GarbledError(f"It sent a frame that cannot be read. {error}") from error
        if type(message) is not dict:
            raise GarbledError("It sent a frame that is no JSON object.")
        return message
