"""What claims are measured on: pictures, and runs that were trained on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import convnets
from convnets import Pictures
from heads import Examples, load_examples

from coursetools.training import StoredRun, load_runs


class Evidence:
    """The pictures that come with the course and its stored runs; each is loaded when asked for."""

    profile = "reduced"

    def runs(self, name: str) -> Sequence[StoredRun]:
        """Give the runs of a stored history."""
        return load_runs(name)

    def seeds(self, usual: tuple[int, ...]) -> tuple[int, ...]:
        """Give the seeds to train with where a claim usually takes these."""
        return usual

    @cached_property
    def large(self) -> Pictures:
        """The lessons' pictures, at 128x128."""
        return convnets.load_large(self.profile)

    @cached_property
    def small(self) -> Pictures:
        """The small pictures, at 32x32."""
        return convnets.load_little()

    @cached_property
    def train(self) -> Examples:
        """What the base gives for the training pictures."""
        return load_examples("train", self.profile)

    @cached_property
    def valid(self) -> Examples:
        """What the base gives for the validation pictures."""
        return load_examples("valid", self.profile)
