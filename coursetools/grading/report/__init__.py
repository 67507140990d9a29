"""A report of the class, for instructors: what came out, what fails, what is alike, what runs took.

Inert as the feedback pages are, and made with their style. The same grades give the same bytes;
times, which differ from run to run, stand on a page of their own.
"""

from __future__ import annotations

from coursetools.grading.report.pages import REPORT, TIMES, write_report
from coursetools.grading.report.similarity import Pair, Similarity, known_code

__all__ = ["REPORT", "TIMES", "Pair", "Similarity", "known_code", "write_report"]
