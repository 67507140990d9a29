"""The figures of a long run, at its end."""

from __future__ import annotations

import pytest

from grading.long import FIGURES, LONG


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LONG and FIGURES:
        told = ", ".join(f"{many:,} {what}" for what, many in FIGURES.items())
        terminalreporter.write_line(f"In full: {told}.")
