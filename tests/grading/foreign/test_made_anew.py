"""The stored assignments are what the tools make today; `make test-long`, where they are there."""

import pytest

from grading.foreign import making
from grading.long import LONG

pytestmark = pytest.mark.skipif(
    not (LONG and making.there()),
    reason="in `make test-long` only, once `python -m grading.foreign.making` has installed the "
    "tools, each in an environment of its own",
)


def test_the_tools_make_what_is_stored(tmp_path):
    making.make_nbgrader(tmp_path)
    making.make_otter(tmp_path, making.otter_environment())
    made, stored = (
        {
            str(file.relative_to(folder)): file.read_text()
            for file in folder.rglob("*.*")
            if file.is_file()
        }
        for folder in (tmp_path, making.ASSIGNMENTS)
    )
    assert made.keys() == stored.keys()
    for name, text in made.items():
        assert text == stored[name], name
