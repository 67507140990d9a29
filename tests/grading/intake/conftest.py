"""A folder to hand files in to."""

import pytest


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    return place
