"""Grades to learning platforms: the tables, feedback files and results that each takes back in.

What a platform knows of its own (its numbers, its columns) is taken from the table it gave out,
and stays as it was; nobody who is only in one of both goes unmentioned.
"""

from coursetools.grading.export.canvas import canvas_feedback, canvas_from_ids, canvas_table
from coursetools.grading.export.chosen import Chosen, Mark, choose
from coursetools.grading.export.errors import ExportError
from coursetools.grading.export.filling import Filled
from coursetools.grading.export.gradescope import autograder, results_of, write_results
from coursetools.grading.export.moodle import moodle_feedback, moodle_from_ids, moodle_table

__all__ = [
    "Chosen",
    "ExportError",
    "Filled",
    "Mark",
    "autograder",
    "canvas_feedback",
    "canvas_from_ids",
    "canvas_table",
    "choose",
    "moodle_feedback",
    "moodle_from_ids",
    "moodle_table",
    "results_of",
    "write_results",
]
