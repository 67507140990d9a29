"""Held-out sets: what is in the file, where it may lie, and what its reader refuses."""

import shutil
import subprocess
import types

import numpy as np
import pytest
from PIL import Image

from coursetools.datasets import (
    BrokenHoldoutError,
    ClassMissingError,
    InsideCheckoutError,
    LayoutError,
    NoPicturesError,
    RenderingError,
    decode,
    holdout,
    load_holdout,
    make_holdout,
    render_holdout,
    rendering,
)
from coursetools.paths import DataNotFoundError
from datasets.bombs import too_large
from datasets.conftest import content


@pytest.fixture
def made(write_set, tmp_path):
    return make_holdout(write_set(parts=(), each=4), out=tmp_path / "kept")


def test_the_pictures_come_back_small_with_cars_first(made, tmp_path):
    assert made.counts == {"Car": 4, "Truck": 4}
    images, labels = load_holdout(tmp_path / "kept")
    assert images.shape == (8, 32, 32, 3)
    assert images.dtype == np.float32
    assert labels.tolist() == [0] * 4 + [1] * 4
    first = decode.decode(tmp_path / "mine" / "Car" / "0.png", (32, 32))
    assert np.array_equal((images[0] * 255).round().astype(int), np.asarray(first).astype(int))
    with np.load(tmp_path / "kept" / "holdout.npz", allow_pickle=False) as arrays:
        assert {name: arrays[name].dtype for name in arrays} == {"images": "u1", "labels": "u1"}


def test_the_same_pictures_give_the_same_sum(made, tmp_path):
    again = make_holdout(tmp_path / "mine", out=tmp_path / "again")
    assert again.digest == made.digest
    assert content(tmp_path / "again") == content(tmp_path / "kept")


def test_both_parts_of_a_set_are_taken(write_set, tmp_path):
    assert make_holdout(write_set(), out=tmp_path / "out").counts == {"Car": 6, "Truck": 6}


def test_what_cannot_be_used_is_listed(write_set, tmp_path):
    folder = write_set(parts=())
    (folder / "Car" / "large.png").write_bytes(too_large())
    (folder / "Car" / "cut.png").write_bytes((folder / "Car" / "0.png").read_bytes()[:200])
    result = make_holdout(folder, out=tmp_path / "out")
    assert sorted(path.name for path, _ in result.rejected) == ["cut.png", "large.png"]
    assert result.counts == {"Car": 3, "Truck": 3}


def test_an_older_set_stays_until_the_new_one_is_whole(made, write_set, tmp_path):
    was = content(tmp_path / "kept")
    broken = write_set(parts=(), where="broken")
    for path in (broken / "Truck").iterdir():
        path.write_bytes(b"broken")
    with pytest.raises(NoPicturesError, match="no picture of the class Truck"):
        make_holdout(broken, out=tmp_path / "kept")
    shutil.rmtree(broken / "Truck")
    with pytest.raises(ClassMissingError, match="no folder `Truck`"):
        make_holdout(broken, out=tmp_path / "kept")
    assert content(tmp_path / "kept") == was
    more = write_set(parts=(), each=5, where="more")
    assert make_holdout(more, out=tmp_path / "kept").counts == {"Car": 5, "Truck": 5}
    assert len(load_holdout(tmp_path / "kept")[1]) == 10


def test_it_is_never_written_into_the_checkout(write_set, root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    folder = write_set()
    for out in (root / "data" / "held", root, tmp_path / "link" / "held"):
        with pytest.raises(InsideCheckoutError, match="where students would find"):
            make_holdout(folder, out=out)
    assert not (root / "data" / "held").exists()


def test_nothing_else_is_replaced(write_set, tmp_path):
    folder = write_set()
    was = content(folder)
    for out in (folder, folder / "train" / "Car" / "0.png"):
        with pytest.raises(LayoutError, match="There is something else in"):
            make_holdout(folder, out=out)
    assert content(folder) == was


def changed(file):
    file.write_bytes(file.read_bytes()[:-1] + b"x")


@pytest.mark.parametrize("spoil", [changed, lambda file: file.unlink()])
def test_a_file_that_is_not_the_one_that_was_made_is_refused(made, spoil):
    spoil(made.file)
    with pytest.raises(BrokenHoldoutError, match="is not the file that was made"):
        load_holdout(made.file.parent)


def test_a_folder_without_a_set_is_named(tmp_path):
    with pytest.raises(DataNotFoundError, match="no list of sums"):
        load_holdout(tmp_path)


ARRAYS = {
    "objects": {"images": np.array([{}]), "labels": np.zeros(1)},
    "another name": {"pictures": np.zeros(1)},
    "another shape": {"images": np.zeros((2, 32, 32), np.uint8), "labels": np.zeros(2)},
    "floats": {"images": np.zeros((2, 32, 32, 3)), "labels": np.zeros(2)},
}


@pytest.mark.parametrize("arrays", ARRAYS.values(), ids=ARRAYS)
def test_a_file_with_something_else_in_it_is_refused(made, arrays):
    np.savez(made.file, **arrays)
    digest = holdout.file_sum(made.file)
    holdout.write_manifest(made.file.parent, holdout.Manifest("", {made.file.name: digest}))
    with pytest.raises(BrokenHoldoutError, match="is no held-out set"):
        load_holdout(made.file.parent)


@pytest.fixture
def renderer(monkeypatch):
    """Stands for the renderer: draws two squares a class and ends with the code it is given."""
    seen = types.SimpleNamespace(command=[], code=0)

    def run(command, check):
        seen.command = command
        folder = command[command.index("--holdout") + 1]
        for label in ("Car", "Truck"):
            place = rendering.Path(folder, label)
            place.mkdir(parents=True, exist_ok=True)
            for n in range(2):
                Image.new("RGB", (32, 32), (100 * n, 0, 0)).save(place / f"{n}.png")
        return subprocess.CompletedProcess(command, seen.code)

    monkeypatch.setattr(rendering.subprocess, "run", run)
    return seen


def test_rendered_pictures_end_up_in_one_file(renderer, tmp_path, root):
    result = render_holdout(out=tmp_path / "kept", seed=987_654, pictures=2)
    assert result.counts == {"Car": 2, "Truck": 2}
    assert renderer.command[1:] == [
        str(root / "data" / "render" / "run.py"),
        *("--holdout", str(tmp_path / "kept-rendering")),
        *("--seed", "987654"),
        *("--pictures", "2"),
        *("--size", "32"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_renderer_that_fails_leaves_what_it_has_done(renderer, tmp_path):
    renderer.code = 1
    with pytest.raises(RenderingError, match=r"ended with the code `1`.*goes on from there"):
        render_holdout(out=tmp_path / "kept", seed=987_654, pictures=2)
    assert [path.name for path in tmp_path.iterdir()] == ["kept-rendering"]


def test_a_renderer_that_refuses_has_nothing_to_go_on_from(monkeypatch, tmp_path):
    monkeypatch.setattr(
        rendering.subprocess, "run", lambda command, check: subprocess.CompletedProcess(command, 2)
    )
    with pytest.raises(RenderingError, match=r"`2`; what it said is above\.$"):
        render_holdout(out=tmp_path / "kept", seed=5, pictures=2)


def test_the_renderer_understands_what_it_is_told(root):
    """The words of the command line are those that the renderer's own parser knows."""
    source = (root / "data" / "render" / "render.py").read_text()
    for word in ("--holdout", "--seed", "--pictures", "--size"):
        assert f'"{word}"' in source


def test_without_a_checkout_there_is_no_renderer(monkeypatch, tmp_path):
    for module in (holdout, rendering):
        monkeypatch.setattr(module, "checkout_folder", lambda: None)
    with pytest.raises(RenderingError, match="Only a checkout of the course has the renderer"):
        render_holdout(out=tmp_path / "kept", seed=987_654, pictures=2)
