"""What a judge says of a capstone."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coursetools.run_status import RunStatus


@dataclass(frozen=True)
class Judgement:
    """One capstone, judged once."""

    status: RunStatus = RunStatus.FINISHED
    """How the process ended; with anything else than *finished* nothing else is known."""
    refused: str = ""
    """Why the file is no capstone, in words for the student; `""` if it is one."""
    seconds: float = 0.0
    """The limit of time that the network had."""
    digest: str = ""
    """The sha256 sum of the file."""
    tag: str = ""
    """The random word in the file that is also in the notebook."""
    parameters: int = 0
    """The numbers in the network, those that training leaves alone too."""
    largest: str = ""
    """Which layer has most of them: its place and class, such as `7, a Dense`."""
    largest_parameters: int = 0
    """How many that one has."""
    shape: tuple[int, ...] = ()
    """What it gives for a picture."""
    in_range: bool = False
    """Whether all its answers lie in 0 to 1."""
    right: int = 0
    """How many of the pictures it is right about."""
    pictures: int = 0
    """How many pictures it was asked about."""
    valid_right: int = 0
    """How many of the validation pictures it is right about; for a reviewer only."""
    valid_pictures: int = 0
    """How many those are."""
    provisional: bool = True
    """Whether the pictures are the practice part, whose labels are public."""

    @property
    def accuracy(self) -> float:
        """The share of right answers."""
        return self.right / self.pictures if self.pictures else 0.0

    @property
    def standard_error(self) -> float:
        """By how much chance alone moves the accuracy, for the choice of pictures."""
        p = self.accuracy
        return math.sqrt(p * (1 - p) / self.pictures) if self.pictures else 0.0

    @property
    def for_the_reviewer(self) -> str:
        """A question for whoever reviews, never for the student; `""` if there is none."""
        if not self.valid_pictures or not self.pictures:
            return ""
        valid = self.valid_right / self.valid_pictures
        error = math.hypot(
            self.standard_error, math.sqrt(valid * (1 - valid) / self.valid_pictures)
        )
        if valid - self.accuracy <= 3 * error:
            return ""
        return (
            f"Validation accuracy {valid:.3f} against {self.accuracy:.3f} is more than three "
            "standard errors apart: was it trained on validation pictures?"
        )
