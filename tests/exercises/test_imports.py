"""The floors of answers and exercises load nothing that is heavy."""

import subprocess
import sys

import pytest

HEAVY = ("tensorflow", "keras", "IPython", "matplotlib", "pandas", "numpy")


@pytest.mark.parametrize("module", ["coursetools.answers", "coursetools.exercises"])
def test_importing_is_light(module):
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
