"""What can be wrong with an export, in sentences that say what to do."""

from __future__ import annotations


class ExportError(ValueError):
    """What a platform gave out cannot be filled in, or it lacks what an export needs."""
