"""Starting TensorFlow in a process of its own: its versions are said, its start-up talk is not."""

import subprocess
import sys
import tempfile


def test_tensorflow_starts_quietly():
    script = "import sys, coursetools as ct\nct.start_tensorflow()\nprint('after', file=sys.stderr)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("TensorFlow 2.")
    assert "computing on" in found.stdout
    assert found.stderr.strip() == "after"


def test_the_first_training_is_as_quiet():
    script = """
import sys, coursetools as ct
ct.start_tensorflow()
import keras, numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
ct.fit_resumable(model, np.zeros((8, 4)), np.zeros(8), epochs=1, checkpoint=sys.argv[1], verbose=0)
print("after", file=sys.stderr)
"""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", script, f"{folder}/training"]
        found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert found.stderr.strip() == "after"
