"""`coursetools data`, as somebody types it."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import coursetools
from coursetools.cli import app
from coursetools.datasets import folders


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command where the course's own set is one picture a class, and nothing is imported."""
    for place in ("train/Car", "train/Truck", "valid/Car", "valid/Truck"):
        folder = tmp_path / "course" / "car-or-truck" / place
        folder.mkdir(parents=True)
        Image.new("RGB", (16, 16)).save(folder / "0.png")
    monkeypatch.setattr(folders, "data_folder", lambda: tmp_path / "course")
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


def test_import_then_status(run, pictures, tmp_path):
    found = run("data", "import", str(pictures), "--car", "autos")
    assert found.exit_code == 0
    assert "bad.jpg: it is not a JPEG or PNG picture" in found.output
    assert "train: 2 Car, 2 Truck" in found.output
    assert str(tmp_path / "store" / "car-or-truck") in found.output
    after = run("data", "status")
    assert "train: 1 Car, 1 Truck" in after.output
    assert "valid: 2 Car, 2 Truck" in after.output
    assert "A lesson will use: reduced." in after.output


def test_status_says_what_is_missing(run, tmp_path):
    found = run("data", "status")
    assert found.exit_code == 0
    assert found.output.count("nothing there") == 1
    (tmp_path / "course" / "car-or-truck" / "valid" / "Car" / "0.png").unlink()
    found = run("data", "status")
    assert found.exit_code == 1
    assert "not complete" in found.stdout
    assert "no pictures of `Car` in the part `valid`" in found.stderr


def test_many_files_left_out_are_counted(run, pictures, tmp_path):
    for n in range(30):
        (pictures / "train" / "Truck" / f"{n}.txt").write_text("a note")
    found = run("data", "import", str(pictures), "--car", "Autos")
    assert found.output.count("left out  ") == 21
    assert "11 more; all are listed in" in found.output
    assert len((tmp_path / "store" / "car-or-truck" / "left-out.txt").open().readlines()) == 31


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


def test_a_folder_that_may_not_be_written_is_named(run, pictures, tmp_path):
    (tmp_path / "store").write_text("a file where a folder should be")
    found = run("data", "import", str(pictures), "--car", "Autos")
    assert found.exit_code == 1
    assert found.stderr.startswith(f"coursetools: `{tmp_path / 'store'}")
    assert found.stderr.count("\n") == 1


def test_the_version_and_a_wrong_command(run):
    assert run("--version").output.strip() == f"coursetools {coursetools.__version__}"
    assert run("data", "exprot").exit_code == 2
    assert run("data", "import").exit_code == 2


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
