"""The base, loaded once, for the exercises that are about it."""

import pytest


@pytest.fixture(scope="session")
def frozen():
    """The course's base, frozen; tests leave it so."""
    from coursetools.pretrained import load_pretrained_base

    base = load_pretrained_base(trainable=True)
    base.trainable = False
    return base
