"""How large the tests are that can be made larger: `make test-long` asks for all there is."""

import os
from collections import Counter

LONG = os.environ.get("COURSETOOLS_LONG") == "1"

FIGURES: Counter[str] = Counter()
"""What was counted; told at the end of a long run."""


def examples(few: int, many: int) -> int:
    """Give `many` in `make test-long`, else `few`."""
    return many if LONG else few


def counted(what: str, many: int = 1) -> None:
    """Count so many more of something."""
    FIGURES[what] += many
