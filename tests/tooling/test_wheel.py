"""The package as pip installs it: with its lessons and their data, without workshop or tools."""

import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def names(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_pictures_and_stored_runs_are_in_it(names, root):
    kinds = ("car-or-truck/**/*.jpg", "car-or-truck-32/*", "pictures/*.jpg", "pictures/*.png")
    for kind in (*kinds, "histories/*.json", "trained/*.npz"):
        there = {str(path.relative_to(root / "data")) for path in root.glob(f"data/{kind}")}
        packed = {name.removeprefix("coursetools/_data/") for name in names}
        assert there, kind
        assert there <= packed


def test_what_lessons_read_is_in_it(names):
    assert "coursetools/lessons/expected/lesson_1.json" in names
    assert "coursetools/pretrained/imagenet_names.txt" in names
    assert "coursetools/py.typed" in names


def test_what_grading_reads_is_in_it(names, root):
    kinds = ("gradebook/migrations/**/*.py", "feedback/templates/*", "report/templates/*")
    for kind in kinds:
        there = {str(path.relative_to(root)) for path in root.glob(f"coursetools/grading/{kind}")}
        assert there, kind
        assert there <= set(names)


def test_the_lessons_are_in_it(names, root):
    there = {path.name for path in root.glob("notebooks/*.ipynb")}
    assert there
    assert there == {n.removeprefix("coursetools/_notebooks/") for n in names if "_notebooks" in n}


def test_nothing_else_is_in_it(names):
    odd = [n for n in names if not n.startswith(("coursetools/", "coursetools-"))]
    assert odd == []
    assert not [n for n in names if "_data/render" in n or "/." in n or n.endswith(".pyc")]
