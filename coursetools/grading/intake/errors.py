"""What can be wrong with all that was handed in; of single files it is told in their reasons."""

from __future__ import annotations


class IntakeError(ValueError):
    """The folder or archive of submissions cannot be read at all."""


class RosterError(ValueError):
    """A list of students cannot be read, or names somebody twice."""
