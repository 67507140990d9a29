"""Places to run cells in, with a jail and without."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from coursetools.sandbox import Limits, Place, Sandbox, Unconfined, why_not
from sandbox.places import CONNECT, OPENING, Run

if sys.platform != "linux":
    collect_ignore = ["test_bwrap.py", "test_jail.py", "test_seccomp.py"]


@pytest.fixture
def opened() -> Iterator[Callable[..., Run]]:
    """Opens places without a jail and without TensorFlow, and closes them."""
    yield from opening(Unconfined(modules=()))


@pytest.fixture
def run(opened: Callable[..., Run]) -> Run:
    """A place without a jail that is connected."""
    run = opened()
    assert run(CONNECT).error is None
    return run


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox without TensorFlow, one for all tests."""
    needs_walls()
    with Sandbox(modules=()) as sandbox:
        yield sandbox


@pytest.fixture
def jailed(sandbox: Sandbox) -> Iterator[Callable[..., Run]]:
    """Opens jailed places, and closes them."""
    yield from opening(sandbox)


def needs_walls() -> None:
    """Skip a test where there are no walls."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)


def opening(where: Sandbox | Unconfined) -> Iterator[Callable[..., Run]]:
    """Give what opens places there, and close them afterwards."""
    places: list[Place] = []

    def opened(**limits: Any) -> Run:
        places.append(where.open(OPENING, Limits(**limits)))
        return Run(places[-1])

    yield opened
    for place in places:
        place.close()
