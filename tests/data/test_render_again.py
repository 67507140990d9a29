"""The sets come out of their seed again, where Blender is installed."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from manifest import instructions
from plan import REDUCED, SMALL
from run import environment_python


def test_a_scene_of_each_set_rendered_again_is_the_same(
    data: Path, manifest: dict[str, Any]
) -> None:
    python = environment_python()
    if not python.exists():
        pytest.skip("Blender is not installed: `make data` makes its environment.")
    if instructions() != manifest["instructions"]:
        pytest.skip("The sets were rendered on a processor with other vector instructions.")
    command = [str(python), str(data / "render" / "render.py"), "--again", "1"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    assert run.stderr.count("the same") == REDUCED.cameras + SMALL.cameras
