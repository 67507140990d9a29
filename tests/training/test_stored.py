"""The stored histories and weights: whole, current, and of the kinds they are there for."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from coursetools.training import (
    UnknownHistoryError,
    history_frame,
    load_history,
    load_runs,
    load_trained,
    stored,
    stored_histories,
)

CURVES = ["binary_accuracy", "loss", "val_binary_accuracy", "val_loss"]
NAMES = ["data-size", "dead-and-living", "ten-seeds", "three-runs"]
"""Lesson 1's; lesson 5's are in `test_stored_lesson_5.py`."""


def module(root: Path, name: str) -> ModuleType:
    """A module of `data/histories`, which is no package."""
    path = root / "data" / "histories" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"histories_{name}", path)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded  # where a dataclass looks for its module
    spec.loader.exec_module(loaded)
    return loaded


def test_stored_files_belong_to_these_pictures_and_recipes(root: Path) -> None:
    sums = module(root, "sums")
    assert sums.stale() == [], "run `make histories`"
    assert sums.stored_files() == sorted(sums.SOURCES)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("car-or-truck", ("train/Car/1.jpg", "valid/Truck/1.jpg")),
        ("car-or-truck-32", ("train.png", "valid.csv")),
    ],
)
def test_a_changed_picture_is_noticed(
    root: Path, tmp_path: Path, name: str, files: tuple[str, str]
) -> None:
    sums = module(root, "sums")
    before = [sums.set_sum(name, tmp_path)]
    for file in files:
        path = tmp_path / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"one")
        before.append(sums.set_sum(name, tmp_path))
    path.write_bytes(b"two")
    assert len({*before, sums.set_sum(name, tmp_path)}) == 4


def test_what_is_stale_is_told(root: Path, tmp_path: Path) -> None:
    sums = module(root, "sums")
    for file in sums.SOURCES:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(b"made")
    assert sums.stale(tmp_path) == list(sums.SOURCES)
    sums.record(tuple(sums.SOURCES), tmp_path)
    assert sums.stale(tmp_path) == []
    (tmp_path / "trained" / "three-blocks.npz").unlink()
    (tmp_path / "histories" / "ten-seeds.json").write_bytes(b"changed by hand")
    assert sums.stale(tmp_path) == ["histories/ten-seeds.json", "trained/three-blocks.npz"]
    (tmp_path / "car-or-truck-32").mkdir()
    (tmp_path / "car-or-truck-32" / "train.png").write_bytes(b"more pictures")
    assert {"histories/augmentation-small.json", "histories/three-troubles.json"} <= set(
        sums.stale(tmp_path)
    )
    assert "histories/plain-convnet.json" not in sums.stale(tmp_path)


def test_another_recipe_makes_a_file_stale(root: Path, tmp_path: Path) -> None:
    sums = module(root, "sums")
    for file in sums.SOURCES:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(b"made")
    sums.record(tuple(sums.SOURCES), tmp_path)
    file = "histories/three-runs.json"
    sums.SOURCES = {**sums.SOURCES, file: sums.Source(sums.SOURCES[file].sets, recipe=2)}
    assert sums.stale(tmp_path) == [file]


@pytest.mark.parametrize("name", NAMES)
def test_every_history_is_whole(name: str, root: Path) -> None:
    content = json.loads((root / "data" / "histories" / f"{name}.json").read_text("utf-8"))
    assert list(content) == ["made_by", "what", "runs"]
    assert content["what"].endswith(".")
    runs = load_runs(name)
    assert len({run.name for run in runs}) == len(runs) > 1
    for run in runs:
        assert sorted(run.history) == CURVES
        table = history_frame(run.history)
        assert len(table) == 30
        assert np.isfinite(table.to_numpy()).all()
        accuracies = table[["binary_accuracy", "val_binary_accuracy"]].to_numpy()
        assert (accuracies >= 0).all()
        assert (accuracies <= 1).all()
        assert 0 <= run.extra["share_of_zeros"] <= 1
        assert "epochs of" in run.what


def test_the_names_are_listed_with_what_they_are() -> None:
    found = stored_histories()
    assert set(NAMES) < set(found)
    assert all(what.endswith(".") for what in found.values())


def test_ten_seeds_are_ten_and_the_lessons_own_comes_first() -> None:
    runs = load_runs("ten-seeds")
    assert len(runs) == 10
    assert runs[0].seed == 1
    assert load_history("ten-seeds") == runs[0].history
    assert runs[0].history["val_binary_accuracy"][-1] > 0.7


def test_the_dead_head_is_dead_and_the_living_one_learns() -> None:
    dead, living = load_runs("dead-and-living")
    assert (dead.name, living.name) == ("dead", "living")
    assert dead.extra["share_of_zeros"] == 1
    assert dead.history["loss"][5:] == pytest.approx([np.log(2)] * 25, abs=0.005)
    assert living.extra["share_of_zeros"] < 0.9
    assert living.history["binary_accuracy"][-1] > 0.9


def test_three_runs_have_three_letters_beyond_doubt(root: Path) -> None:
    letters = module(root, "letters")
    runs = load_runs("three-runs")
    assert [run.name for run in runs] == ["run 1", "run 2", "run 3"]
    assert [letters.letter(run.history) for run in runs] == ["B", "D", "A"]
    assert all(letters.is_plain(run.history) for run in runs)


@pytest.mark.parametrize(
    ("loss", "val_loss", "accuracy", "letter", "plain"),
    [
        ([0.6931, 0.6940], [0.7, 0.7], [0.5, 0.5], "D", True),
        ([0.6931, 0.6975], [0.7, 0.7], [0.5, 0.5], "D", False),
        ([1.1, 0.6931], [0.7, 0.7], [0.5, 0.5], "D", True),
        ([0.6931, 0.65], [0.7, 0.7], [0.5, 0.5], "B", True),
        ([0.6, 0.1], [0.4, 0.52], [0.7, 0.98], "A", True),
        ([0.6, 0.1], [0.4, 0.44], [0.7, 0.98], "A", False),
        ([0.6, 0.5], [0.6, 0.55], [0.6, 0.79], "B", False),
        ([0.6, 0.2], [0.6, 0.3], [0.6, 0.9], "C", True),
    ],
)
def test_the_rule_of_the_letters(
    root: Path, loss: list, val_loss: list, accuracy: list, letter: str, plain: bool
) -> None:
    letters = module(root, "letters")
    curves = {"loss": loss, "val_loss": val_loss, "binary_accuracy": accuracy}
    assert (letters.letter(curves), letters.is_plain(curves)) == (letter, plain)


def test_data_size_has_five_living_runs_of_each_size() -> None:
    sizes: dict[int, int] = {}
    for run in load_runs("data-size"):
        assert run.extra["share_of_zeros"] < 1
        sizes[run.extra["pictures"]] = sizes.get(run.extra["pictures"], 0) + 1
    assert list(sizes)[:4] == [32, 64, 128, 256]
    assert list(sizes) == sorted(sizes)
    assert set(sizes.values()) == {5}


def test_the_stored_head_has_the_lessons_shape_and_is_small(root: Path) -> None:
    head = load_trained()
    shapes = {name: array.shape for name, array in head.items()}
    assert shapes == {
        "hidden_kernel": (20480, 6),
        "hidden_bias": (6,),
        "output_kernel": (6, 1),
        "output_bias": (1,),
    }
    assert all(array.dtype == np.float32 for array in head.values())
    assert (root / "data" / "trained" / "lesson-1-head.npz").stat().st_size < 2**20


def test_unknown_names_are_answered_with_the_known() -> None:
    with pytest.raises(UnknownHistoryError, match=r"`four-runs`\. There are: `augmentation-small`"):
        load_runs("four-runs")
    with pytest.raises(UnknownHistoryError, match=r"`run 4`\. There are: `run 1`, `run 2`"):
        load_history("three-runs", "run 4")
    with pytest.raises(UnknownHistoryError, match=r"`sums`"):
        load_history("sums")
    with pytest.raises(UnknownHistoryError, match=r"`\.\./sums`"):
        load_runs("../sums")
    with pytest.raises(UnknownHistoryError, match=r"`head`\. There are: `lesson-1-head`"):
        load_trained("head")


def test_missing_weights_are_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "data_folder", lambda: tmp_path)
    with pytest.raises(FileNotFoundError, match=r"no folder `.*trained`\. Install"):
        load_trained()


def test_stored_histories_are_read_without_tensorflow(root: Path) -> None:
    code = (
        "import sys, coursetools.training as t; t.load_history('three-runs'); t.load_trained();"
        "sys.exit(len({'tensorflow', 'keras', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
