"""The gradebook: grades in a database, and as a table for spreadsheets."""

from __future__ import annotations

from coursetools.grading.gradebook.book import Gradebook, UnknownSubmissionError, open_gradebook
from coursetools.grading.gradebook.csv_file import write_csv
from coursetools.grading.gradebook.errors import (
    GradebookError,
    NewerGradebookError,
    NotAGradebookError,
)
from coursetools.grading.gradebook.grading import Grading
from coursetools.grading.gradebook.points import Given, PointsError, give_points, read_points

__all__ = [
    "Given",
    "Gradebook",
    "GradebookError",
    "Grading",
    "NewerGradebookError",
    "NotAGradebookError",
    "PointsError",
    "UnknownSubmissionError",
    "give_points",
    "open_gradebook",
    "read_points",
    "write_csv",
]
