"""The late policy: a small file of the instructor's, and what it makes of when things came in."""

from __future__ import annotations

from coursetools.grading.late.applying import arrival_by
from coursetools.grading.late.policy import LatePolicy, LatePolicyError, read_policy

__all__ = ["LatePolicy", "LatePolicyError", "arrival_by", "read_policy"]
