"""Where attacks are tried: in the jail, and where one defence is switched off."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import pytest

from adversaries.practice import CANARY
from coursetools.sandbox import Sandbox
from sandbox.conftest import jailed, needs_walls, opened, opening, sandbox
from sandbox.places import Run

__all__ = ["jailed", "opened", "sandbox", "uncovered", "unfiltered"]

os.environ["COURSETOOLS_TEST_CANARY"] = CANARY  # before a sandbox starts that might hear it

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def uncovered() -> Iterator[Callable[..., Run]]:
    """Opens jailed places that see the lessons."""
    needs_walls()
    with Sandbox(modules=(), covered=()) as open_book:
        yield from opening(open_book)


@pytest.fixture
def unfiltered() -> Iterator[Callable[..., Run]]:
    """Opens jailed places without a filter of system calls."""
    needs_walls()
    with Sandbox(modules=(), seccomp=False) as bare:
        yield from opening(bare)
