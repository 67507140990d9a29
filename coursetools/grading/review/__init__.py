"""The page on which a person marks: one answer after another, served to this computer alone."""

from __future__ import annotations

from coursetools.grading.review.desk import Desk
from coursetools.grading.review.door import Door
from coursetools.grading.review.server import PortError, serve, serving

__all__ = ["Desk", "Door", "PortError", "serve", "serving"]
