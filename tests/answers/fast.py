"""Hypothesis with few examples and no folder of its own: these tests run with every change."""

from hypothesis import settings

FAST = settings(max_examples=60, deadline=None, database=None, derandomize=True)
