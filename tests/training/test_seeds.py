"""The same seed gives the same numbers, to the last bit."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from coursetools.training import set_seed
from training.seed_digest import digest


def test_two_trainings_are_equal_here_and_in_another_process(root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    other = subprocess.Popen(
        [sys.executable, "-m", "training.seed_digest"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    first, second = digest(), digest()
    there, _ = other.communicate(timeout=120)
    assert first == second
    assert first == there.strip()


def test_one_seed_sets_all_three_sources_of_chance() -> None:
    def draw() -> tuple[float, float, float]:
        set_seed(31415)
        return random.random(), float(np.random.random()), float(tf.random.uniform(()))

    assert draw() == draw()
    before = draw()
    set_seed(2)
    assert random.random() != before[0]


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "31415", True])
def test_what_is_not_a_seed_is_named(seed: object) -> None:
    with pytest.raises(ValueError, match=r"whole number from 0 to 2\*\*32 - 1. Received: `"):
        set_seed(seed)
