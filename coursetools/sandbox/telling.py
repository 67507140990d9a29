"""What a cell shows, on its way out: cut to the caps, and sent in frames.

This runs beside the student. The caps here keep an honest run within what the host accepts; they
protect nobody.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import io
import os
import re
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any

from coursetools.sandbox import caps
from coursetools.sandbox.frames import ClosedError, Frames

_FLUSH_CHARACTERS = 8 * caps.KILOBYTE
_FLUSH_SECONDS = 0.3
_PICTURES = ("image/png", "image/jpeg")
_TEXTS = ("text/plain", "text/markdown", "text/latex")
_DATA_URI = re.compile(r'src="data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)"')


class Interrupts:
    """Ctrl-C for the cell that runs, and for nothing else.

    The host's interrupt is a `KeyboardInterrupt` in the running cell; between cells it is
    nothing, and while a frame is being sent it waits until all of it is out.
    """

    def __init__(self) -> None:
        self.running = False
        """Whether a cell runs, which may be interrupted."""
        self._shields = 0
        self._waiting = False

    def install(self) -> None:
        """Take over the signal; a cell may have taken it away."""
        signal.signal(signal.SIGINT, self._interrupt)

    @contextlib.contextmanager
    def shielded(self) -> Iterator[None]:
        """Let an interrupt of the main thread wait until the block has ended."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._shields += 1
        try:
            yield
        finally:
            self._shields -= 1
        if self._waiting and not self._shields:
            self._waiting = False
            if self.running:
                raise KeyboardInterrupt

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if not self.running:
            return
        if self._shields:
            self._waiting = True
            return
        raise KeyboardInterrupt


class Teller:
    """Sends what the running cell shows, captures and asks for."""

    def __init__(self, frames: Frames, interrupts: Interrupts, output: int) -> None:
        """Send over `frames`, at most `output` bytes of what is shown in all."""
        self._frames: Frames | None = frames
        self._interrupts = interrupts
        self._shows = caps.Shows(output)
        self._lock = threading.RLock()
        self._run: int | None = None
        self._stream = ""
        self._text: list[str] = []
        self._characters = 0
        self._sent = 0.0
        self._dropped = False
        os.register_at_fork(after_in_child=self._forked)

    def begin(self, run: int) -> None:
        """Let the run of this number begin."""
        with self._interrupts.shielded(), self._lock:
            self._run = run
            self._shows.new_cell()
            self._dropped = False
            self._sent = time.monotonic()

    def end(self, error: str | None) -> None:
        """Say that the run has ended; what is shown from now on belongs to the next one."""
        with self._interrupts.shielded(), self._lock:
            self._flush()
            self._send({"frame": "done", "error": None if error is None else error[: caps.NAME]})
            self._run = None

    def write(self, stream: str, text: str) -> None:
        """Take what was written to stdout or stderr."""
        with self._interrupts.shielded(), self._lock:
            if stream != self._stream:
                self._flush()
                self._stream = stream
            room = caps.CELL_TEXT - self._characters
            if room > 0:  # between cells nothing is sent, and yet it must not grow for ever
                self._text.append(text[:room])
                self._characters += len(self._text[-1])
            late = time.monotonic() - self._sent > _FLUSH_SECONDS
            if self._characters >= _FLUSH_CHARACTERS or late:
                self._flush()

    def show(self, kind: str, data: Mapping[str, Any]) -> None:
        """Take what was displayed, or what a cell's last line gave, by media type."""
        with self._interrupts.shielded(), self._lock:
            self._flush()
            self._tell(kind, _text_of(data), _image_of(data))

    def error(self, name: str, text: str) -> None:
        """Take a traceback."""
        with self._interrupts.shielded(), self._lock:
            self._flush()
            self._tell("error", text, b"", name[: caps.NAME])

    def capture(self, exercise: str, data: Mapping[str, Any], *, at_check: bool) -> None:
        """Send an exercise's answers.

        Raises:
            ValueError: They do not fit into a frame.
        """
        message = {"frame": "capture", "exercise": exercise, "data": dict(data)}
        with self._interrupts.shielded(), self._lock:
            self._flush()
            self._send(message | {"at_check": at_check})

    def ask(self, exercise: str) -> dict[str, Any]:
        """Ask for another exercise's answer, and wait for what is handed out."""
        with self._lock:
            with self._interrupts.shielded():
                self._flush()
                self._send({"frame": "use", "exercise": exercise})
            message = self._frames.receive() if self._frames else None
        if message is None:
            raise ClosedError("Nothing can be asked here.")
        return message

    def _flush(self) -> None:
        if self._run is None or not self._characters:
            return
        text = "".join(self._text)
        self._text, self._characters = [], 0
        self._sent = time.monotonic()
        self._tell("stream", text, b"", self._stream)

    def _tell(self, kind: str, text: str, image: bytes, name: str = "") -> None:
        if self._run is None:
            return
        room = self._shows.room
        cut = text[:room]
        kept = image if self._shows.takes_image(len(image)) else b""
        if (cut or kept or not (text or image)) and self._shows.take(len(cut), len(kept)):
            message: dict[str, Any] = {"frame": "shown", "kind": kind, "name": name, "text": cut}
            if kept:
                message["image"] = base64.b64encode(kept).decode("ascii")
            self._send(message)
        else:
            cut, kept = "", b""
        if not self._dropped and (len(cut) < len(text) or len(kept) < len(image)):
            self._dropped = True
            self._send({"frame": "dropped"})

    def _send(self, message: dict[str, Any]) -> None:
        if self._frames is not None:
            self._frames.send(message | {"run": self._run})

    def _forked(self) -> None:
        """Be silent in a process that student code forked: the host listens to one."""
        if self._frames is not None:
            self._frames.close()
        self._frames = None
        self._lock = threading.RLock()


class Stream(io.TextIOBase):
    """Stands for stdout or stderr."""

    def __init__(self, teller: Teller, name: str) -> None:
        """Hand on what is written, under the stream's name."""
        self._teller = teller
        self.name = name

    encoding = "utf-8"
    errors = "replace"

    def write(self, text: str) -> int:
        """Take a text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._teller.write(self.name, str.__str__(text))
        return len(text)

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True


def _text_of(data: Mapping[str, Any]) -> str:
    for media_type in _TEXTS:
        if isinstance(data.get(media_type), str):
            return str(data[media_type])
    return ""


def _image_of(data: Mapping[str, Any]) -> bytes:
    """Give the picture: PNG or JPEG, or the first one inside HTML, as our figures come."""
    for media_type in _PICTURES:
        if media_type in data:
            return _decoded(data[media_type])
    found = _DATA_URI.search(data["text/html"]) if isinstance(data.get("text/html"), str) else None
    return _decoded(found.group(1)) if found else b""


def _decoded(data: object) -> bytes:
    if isinstance(data, str):
        try:
            data = base64.b64decode(data)
        except (binascii.Error, ValueError):
            return b""
    return data if isinstance(data, bytes) and data.startswith(caps.IMAGE_STARTS) else b""
