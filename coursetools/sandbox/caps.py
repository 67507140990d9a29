"""How much may cross from a run: the runner keeps to it, and the host ends a run that does not.

Both count in the same way, so a run that goes beyond is none of the runner's doing.
"""

from __future__ import annotations

from coursetools.sandbox.reports import MEGABYTE

KILOBYTE = 1024

FRAME = 6 * MEGABYTE
"""Bytes of one frame."""

VALUES = 500_000
"""Values in one frame; an honest one has a fifth of it, since arrays are one text each."""

ALL_VALUES = 2_000_000
"""Values in all captured answers of a submission: as objects they take more than as text."""

SOURCE = MEGABYTE
"""Characters of a cell's source."""

CELL_TEXT = 64 * KILOBYTE
"""Characters that one cell may show."""

CELL_IMAGES = 20
"""Pictures that one cell may show."""

IMAGE = 2 * MEGABYTE
"""Bytes of one picture."""

CELL_SHOWN = 400
"""Things that one cell may show; parts of one stream that follow each other count each."""

CELL_CHECKS = 8
"""Answers that one cell may have captured by `check()`; what is beyond is not captured."""

CELL_USES = 100
"""Answers that one cell may ask for by `use()`."""

NAME = 100
"""Characters of an error's or a stream's name."""

EXERCISE = 20
"""Characters of an exercise's number."""

IMAGE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How a PNG and a JPEG begin."""


class Shows:
    """Counts what is shown, for one submission."""

    def __init__(self, total: int) -> None:
        """Start with `total` bytes for all cells together."""
        self._total = total
        self.new_cell()

    def new_cell(self) -> None:
        """Let a cell begin with what a cell may show."""
        self._text = CELL_TEXT
        self._images = CELL_IMAGES
        self._shown = CELL_SHOWN

    @property
    def room(self) -> int:
        """Characters of text that still fit; 0 also if nothing more may be shown at all."""
        return max(0, min(self._text, self._total)) if self._shown > 0 else 0

    def takes_image(self, size: int) -> bool:
        """Say whether a picture of `size` bytes still fits."""
        return 0 < size <= min(IMAGE, self._total) and self._images > 0 and self._shown > 0

    def take(self, text: int, image: int = 0) -> bool:
        """Count one thing of so many characters, with a picture of so many bytes.

        Returns:
            False if it does not fit; nothing is counted then.
        """
        if self._shown <= 0 or text > self._text or text + image > self._total:
            return False
        if image and not self.takes_image(image):
            return False
        self._shown -= 1
        self._text -= text
        self._total -= text + image
        self._images -= bool(image)
        return True
