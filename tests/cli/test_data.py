"""`coursetools data`, as somebody types it."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from coursetools.cli import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSETOOLS_DATA", str(tmp_path / "store"))
    monkeypatch.delenv("COURSETOOLS_PROFILE", raising=False)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def pictures(tmp_path):
    for part in ("train", "valid"):
        for name in ("Autos", "Truck"):
            folder = tmp_path / "mine" / part / name
            folder.mkdir(parents=True)
            for n in range(2):
                Image.fromarray(np.full((20, 20, 3), 40 * n, np.uint8)).save(folder / f"{n}.png")
    (tmp_path / "mine" / "train" / "Autos" / "bad.jpg").write_text("no")
    return tmp_path / "mine"


def test_import_then_status(run, pictures):
    found = run("data", "import", str(pictures), "--car", "autos")
    assert found.exit_code == 0
    assert "bad.jpg: it cannot be read as a picture" in found.output
    assert "train: 2 Car, 2 Truck" in found.output
    after = run("data", "status")
    assert "valid: 2 Car, 2 Truck" in after.output
    assert "A lesson will use: reduced." in after.output


def test_status_follows_the_profile(run, pictures, monkeypatch):
    run("data", "import", str(pictures), "--car", "Autos")
    monkeypatch.setenv("COURSETOOLS_PROFILE", "full")
    assert "A lesson will use: full." in run("data", "status").output


def test_a_missing_class_is_one_sentence_and_no_traceback(run, pictures):
    found = run("data", "import", str(pictures))
    assert found.exit_code == 1
    assert found.stderr.startswith("coursetools: There is no folder `Car` for the class Car")
    assert "Traceback" not in found.output


def test_full_without_an_import_says_what_to_do(run, monkeypatch):
    monkeypatch.setenv("COURSETOOLS_PROFILE", "full")
    found = run("data", "status")
    assert found.exit_code == 1
    assert "coursetools data import FOLDER" in found.stderr


def test_a_command_loads_no_tensorflow():
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from coursetools.cli import app\n"
        "CliRunner().invoke(app, ['data', 'status'])\n"
        "print([m for m in ('tensorflow', 'keras', 'IPython', 'matplotlib') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout.strip() == "[]", found.stderr
