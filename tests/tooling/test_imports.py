"""What a fast start rests on: these imports bring in nothing heavy."""

import subprocess
import sys

import pytest

HEAVY = ("tensorflow", "keras", "IPython", "matplotlib", "pandas", "ipywidgets", "distributed")


@pytest.mark.parametrize(
    "module",
    [
        "coursetools",
        "coursetools.answers",
        "coursetools.cli",
        "coursetools.exercises",
        "coursetools.grading.feedback",
        "coursetools.grading.gradebook",
        "coursetools.kernels.provisioner",
        "coursetools.lessons",
        "coursetools.operations",
    ],
)
def test_import_brings_in_nothing_heavy(module: str) -> None:
    # a process of its own: this one may have imported TensorFlow for another test
    code = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
