"""Lesson 5's stored runs and weights: whole, and of the kinds they are there for."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from coursetools.lessons.lesson_5 import experiment, troubles
from coursetools.training import StoredRun, history_frame, load_runs, load_trained

CURVES = ["binary_accuracy", "loss", "val_binary_accuracy", "val_loss"]
NAMES = [
    "augmentation-small",
    "augmented-transfer",
    "one-change",
    "plain-convnet",
    "three-troubles",
]
COIN_FLIP_LOSS = float(np.log(2))


@pytest.fixture(scope="module")
def rule(root: Path) -> ModuleType:
    """`data/histories/troubles.py`."""
    path = root / "data" / "histories" / "troubles.py"
    spec = importlib.util.spec_from_file_location("histories_troubles", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


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
        assert f"{len(table)} epochs" in run.what
        assert run.what.endswith(".")
        assert np.isfinite(table.to_numpy()).all()
        accuracies = table[["binary_accuracy", "val_binary_accuracy"]].to_numpy()
        assert ((accuracies >= 0) & (accuracies <= 1)).all()


def test_the_pairs_are_three_seeds_without_and_with() -> None:
    runs = load_runs(experiment.HISTORY)
    assert [(run.name, run.seed) for run in runs] == [
        (f"{kind} {seed}", seed) for kind in ("without", "with") for seed in (1, 2, 3)
    ]
    assert len({len(run.epoch) for run in runs}) == 1
    assert all("mirrored" in run.what for run in runs[3:])
    assert not any("mirrored" in run.what for run in runs[:3])
    assert all(run.extra["share_of_zeros"] < 1 for run in runs)


def test_one_change_is_all_that_differs_from_the_runs_without_augmentation() -> None:
    kinds = ("dropout", "batch normalization")
    runs, plain = load_runs("one-change"), load_runs(experiment.HISTORY)[:3]
    assert [run.name for run in runs] == [f"{kind} {seed}" for kind in kinds for seed in (1, 2, 3)]
    for run, beside in zip(runs, [*plain, *plain], strict=True):
        assert (run.seed, len(run.epoch)) == (beside.seed, len(beside.epoch))
        before, _, after = run.what.partition(f", with {'a ' if 'dropout' in run.name else ''}")
        assert after.startswith(run.name.rpartition(" ")[0])
        assert beside.what == before + after[after.index(";") :]


def test_the_three_troubles_are_plain(rule: ModuleType) -> None:
    runs = load_runs(troubles.HISTORY)
    assert [run.name for run in runs] == list(troubles.RUNS)
    for run in runs:
        assert rule.trouble(run.history) == troubles.right_letters()[run.name]
        assert rule.is_plainly(run.history, run.name)
        others = set(troubles.RUNS) - {run.name}
        assert not any(rule.is_plainly(run.history, other) for other in others)


def curves(loss: list, val_loss: list, accuracy: list, val_accuracy: list) -> dict:
    return {
        "loss": loss,
        "val_loss": val_loss,
        "binary_accuracy": accuracy,
        "val_binary_accuracy": val_accuracy,
    }


OVERFITS = curves([0.6, 0.3, 0.1, 0.0], [0.5, 0.4, 0.5, 0.7], [0.7, 0.9, 0.99, 1], [0.7, 0.8] * 2)
RISING = curves([0.68, 0.66, 0.64, 0.6], [0.7, 0.67, 0.65, 0.6], [0.5, 0.6, 0.64, 0.7], [0.5] * 4)
LAGS = curves([0.6, 0.3, 0.1, 0.0], [0.7, 0.7, 2, 3], [0.7, 0.9, 0.99, 1], [0.5, 0.52, 0.5, 0.55])


@pytest.mark.parametrize(
    ("run", "changed", "name", "plain"),
    [
        (OVERFITS, {}, "P", True),
        (OVERFITS, {"val_binary_accuracy": [0.7, 0.8, 0.8, 0.89]}, "P", False),
        (OVERFITS, {"val_loss": [0.5, 0.4, 0.4, 0.5]}, "P", False),
        (OVERFITS, {"val_binary_accuracy": [0.61, 0.8, 0.8, 0.8]}, "P", False),
        (OVERFITS, {}, "Q", False),
        (RISING, {"val_binary_accuracy": [0.5, 0.6, 0.65, 0.69]}, "Q", True),
        (RISING, {"val_binary_accuracy": [0.5, 0.6, 0.69, 0.68]}, "Q", False),
        (RISING, {"val_binary_accuracy": [0.5, 0.6, 0.6, 0.64]}, "Q", False),
        (LAGS, {}, "R", True),
        (LAGS, {"val_binary_accuracy": [0.5, 0.5, 0.62, 0.7]}, "R", False),
        (LAGS, {"binary_accuracy": [0.7, 0.8, 0.9, 0.91]}, "R", False),
    ],
)
def test_the_rule_of_the_troubles(
    rule: ModuleType, run: dict, changed: dict, name: str, plain: bool
) -> None:
    assert rule.is_plainly(run | changed, name) is plain


def test_the_plain_convnet_has_its_long_run_first_and_says_which_seeds_died(root: Path) -> None:
    long, *live = load_runs("plain-convnet")
    assert "epsilon=0.01" in long.name
    assert len({len(run.epoch) for run in live}) == 1
    assert len(long.epoch) > len(live[0].epoch)
    assert [run.seed for run in live] == list(range(1, len(live) + 1))
    dead = [run for run in live if run.extra["share_of_zeros"] == 1]
    content = json.loads((root / "data" / "histories" / "plain-convnet.json").read_text("utf-8"))
    assert f"for {len(dead)} of {len(live)} seeds" in content["what"]
    for run in dead:
        assert run.history["loss"][-1] == pytest.approx(COIN_FLIP_LOSS, abs=0.01)


def test_augmented_transfer_has_the_true_thing_and_the_cheaper_way() -> None:
    runs = load_runs("augmented-transfer")
    true, *views = runs
    assert true.name == "new in each epoch"
    assert "anew in each epoch" in true.what
    assert [run.name for run in views] == [f"4 views, seed {seed}" for seed in (1, 2, 3)]
    assert true.seed == views[0].seed
    assert {len(run.epoch) for run in runs} == {30}
    assert best(true) > 0.7
    # Where the training pictures change from epoch to epoch they cannot be learned by heart.
    plain = load_runs("ten-seeds")[0]
    assert true.history["loss"][-1] > plain.history["loss"][-1]


def best(run: StoredRun) -> float:
    return max(run.history["val_binary_accuracy"])


def test_the_stored_network_has_the_lessons_shape_and_is_small(root: Path) -> None:
    arrays = load_trained("three-blocks")
    assert {name: array.shape for name, array in arrays.items()} == {
        "conv_1_kernel": (5, 5, 3, 32),
        "conv_1_bias": (32,),
        "conv_2_kernel": (3, 3, 32, 64),
        "conv_2_bias": (64,),
        "conv_3_kernel": (3, 3, 64, 128),
        "conv_3_bias": (128,),
        "hidden_kernel": (32768, 6),
        "hidden_bias": (6,),
        "output_kernel": (6, 1),
        "output_bias": (1,),
    }
    assert sum(array.size for array in arrays.values()) == 291_405
    path = root / "data" / "trained" / "three-blocks.npz"
    assert path.stat().st_size < 2**20
    with np.load(path) as stored:
        assert {stored[name].dtype for name in stored.files} == {np.dtype(np.float16)}
