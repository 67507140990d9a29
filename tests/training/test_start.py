"""Starting TensorFlow in a process of its own: its versions are said, its start-up talk is not."""

import subprocess
import sys


def test_tensorflow_starts_quietly():
    script = "import sys, coursetools as ct\nct.start_tensorflow()\nprint('after', file=sys.stderr)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("TensorFlow 2.")
    assert "computing on" in found.stdout
    assert found.stderr.strip() == "after"
