"""How large the tests are that can be made larger: `make test-long` asks for all there is."""

import os

LONG = os.environ.get("COURSETOOLS_LONG") == "1"


def examples(few: int, many: int) -> int:
    """Give `many` in `make test-long`, else `few`."""
    return many if LONG else few
