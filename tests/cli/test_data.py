"""`coursetools data`, as somebody types it."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import coursetools
from coursetools.cli import app, data
from coursetools.datasets import folders, manifest


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command where the course's own set is one picture a class, and nothing is imported."""
    for place in ("train/Car", "train/Truck", "valid/Car", "valid/Truck"):
        folder = tmp_path / "course" / "car-or-truck" / place
        folder.mkdir(parents=True)
        Image.new("RGB", (16, 16)).save(folder / "0.png")
    files = sorted(path for path in (tmp_path / "course").rglob("*") if path.is_file())
    names = {str(path.relative_to(tmp_path / "course")): manifest.file_sum(path) for path in files}
    manifest.write_manifest(tmp_path / "course", manifest.Manifest("", names))
    for module in (folders, manifest):
        monkeypatch.setattr(module, "data_folder", lambda: tmp_path / "course")
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
    assert f"  from `{pictures}`\n" in after.output
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
    assert found.stderr.endswith(
        "there is `Autos`, `Truck`. If it goes by another name, say which: `--car NAME`, "
        "`--truck NAME`. What was there before is still there.\n"
    )
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
    assert run("data", "fetch", "imagenet").exit_code == 2


def test_what_ctrl_c_stops_says_how_things_are(run, pictures, monkeypatch):
    def stop(*arguments, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(data, "import_folder", stop)
    found = run("data", "import", str(pictures), "--car", "Autos")
    assert found.exit_code == 130
    assert found.stderr == "\ncoursetools: Stopped. What was there before is still there.\n"


def test_verify_finds_what_has_changed(run, pictures, tmp_path):
    found = run("data", "verify")
    assert found.exit_code == 0
    assert found.output.splitlines() == [
        f"reduced: 4 files in {tmp_path / 'course'} are as they should be",
        "full: nothing there",
    ]
    run("data", "import", str(pictures), "--car", "Autos")
    place = tmp_path / "store" / "car-or-truck"
    assert f"full: 8 files in {place} are as they should be" in run("data", "verify").output
    for n in range(30):
        (place / "train" / "Car" / f"more{n}.jpg").write_bytes(b"x")
    (place / "train" / "Car" / "00000.jpg").write_bytes(b"x")
    (place / "train" / "Car" / "00001.jpg").unlink()
    found = run("data", "verify")
    assert found.exit_code == 1
    assert found.stdout.splitlines()[1:] == [
        f"full: 6 files in {place} are as they should be",
        "  missing: train/Car/00001.jpg",
        "  changed: train/Car/00000.jpg",
        *sorted(f"  not listed: train/Car/more{n}.jpg" for n in range(30))[:20],
        "  not listed: 10 more",
    ]
    assert found.stderr.startswith("coursetools: Something is not as it should be; see above.")


def test_a_list_that_is_broken_is_one_sentence(run, tmp_path):
    (tmp_path / "course" / "manifest.json").write_text("no")
    found = run("data", "verify")
    assert found.exit_code == 1
    assert found.stderr.startswith("coursetools: The list of sums `")
    assert found.stderr.count("\n") == 1


def test_a_held_out_set_of_one_s_own_pictures(run, pictures, tmp_path):
    out = tmp_path / "kept"
    found = run("data", "holdout", str(pictures), "--out", str(out), "--car", "Autos")
    assert found.exit_code == 0, found.output
    assert f"bad.jpg: it is not a JPEG or PNG picture\nheld out: 4 Car, 4 Truck in {out}" in (
        found.output
    )
    assert f"sha256: {manifest.file_sum(out / 'holdout.npz')}\n" in found.output


def test_a_held_out_set_needs_pictures_or_a_seed_and_a_place(run, pictures, tmp_path):
    out = ("--out", str(tmp_path / "kept"))
    assert run("data", "holdout", str(pictures)).exit_code == 2
    assert run("data", "holdout", *out).exit_code == 2
    assert run("data", "holdout", str(pictures), "--seed", "5", *out).exit_code == 2
    found = run("data", "holdout", str(pictures), *out)
    assert found.exit_code == 1
    assert found.stderr.endswith("`--truck NAME`. An older set is as it was.\n")


def test_a_held_out_set_is_not_put_into_the_course(run, pictures, root):
    found = run("data", "holdout", str(pictures), "--car", "Autos", "--out", str(root / "held"))
    assert found.exit_code == 1
    assert "where students would find" in found.stderr
    assert not (root / "held").exists()


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
