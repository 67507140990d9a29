"""`data/claims` and `data/histories` are no packages: their modules are found by their folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def claim_modules(root: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for folder in ("histories", "claims"):
            patch.syspath_prepend(str(root / "data" / folder))
        yield
