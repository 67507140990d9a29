"""What every test shares: the folders, and the marks that sort the slow kinds of test by folder."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MARKS = {"browser": pytest.mark.browser, "notebooks": pytest.mark.notebook}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="store the figures in tests/golden anew instead of comparing with them",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(ROOT).parts[1:2]
        for name in folder:
            if name in MARKS:
                item.add_marker(MARKS[name])


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's top folder."""
    return ROOT
