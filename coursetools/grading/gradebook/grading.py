"""One way of grading a lesson, and the keys that follow from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coursetools.grading.records import Submission


@dataclass(frozen=True)
class Grading:
    """A lesson, the version of what grades it, and the options that bear on what comes out.

    Two gradings with the same content are the same grading, whenever and wherever they run.
    """

    lesson: int
    """From 1."""
    version: str
    """Of the package and its checks; at most 200 characters."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Plain data for JSON. What changes no mark and no page, such as the number of workers, does
    not belong here."""

    @cached_property
    def key(self) -> str:
        """The grading's key: 64 hexadecimal digits."""
        return _digest([self.lesson, self.version, dict(self.options)])

    def key_of(self, submission: Submission) -> str:
        """Give the key of a submission's grade: 64 hexadecimal digits.

        All that is known of the submission is in it. If a roster names another student, for
        example, it is graded anew, since the numbers of questions are drawn by the id.
        """
        return _digest(
            [
                self.key,
                submission.student_id,
                submission.name,
                submission.path,
                submission.sha256,
                submission.notes,
                submission.review,
            ]
        )


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()
