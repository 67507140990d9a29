"""Pages of what came out of grading: one a student, an index, and a list for review.

Each page is one file that works without a network. It holds what anyone may have written, so
nothing in it can run: a strict content security policy, no script, texts escaped, pictures
decoded and encoded anew. The same grades give the same bytes: no page holds a time.
"""

from __future__ import annotations

from coursetools.grading.feedback.files import page_name
from coursetools.grading.feedback.pages import (
    remove_stale,
    write_feedback,
    write_index,
    write_review,
)

__all__ = ["page_name", "remove_stale", "write_feedback", "write_index", "write_review"]
