"""The claims on pictures that a user imported: all is trained anew, and nothing of ours changes."""

import importlib
import shutil
from pathlib import Path
from types import ModuleType

import pytest

TRAIN, VALID = 20, 6
"""Pictures of each class; more than the 32 that the smallest training set has."""


@pytest.fixture
def imported(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder with a few pictures in it."""
    for part, count in (("train", TRAIN), ("valid", VALID)):
        for name in ("Car", "Truck"):
            place = tmp_path / "car-or-truck" / part / name
            place.mkdir(parents=True)
            files = sorted((root / "data" / "car-or-truck" / part / name).glob("*.jpg"))[:count]
            for file in files:
                shutil.copy(file, place)
    monkeypatch.setenv("COURSETOOLS_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    return importlib.import_module("measure")


@pytest.mark.usefixtures("imported")
def test_claims_are_measured_on_them_into_a_file_of_the_users(
    root: Path, measure: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [root / "data" / "claims" / name for name in ("README.md", "found.json")]
    before = [path.read_bytes() for path in ours]
    out = tmp_path / "table.md"
    monkeypatch.setattr(importlib.import_module("trained_claims"), "LINEAR_EPOCHS", 2)
    measure.main(["averages", "--profile", "full", "--seeds", "3", "5", "--out", str(out)])
    table = out.read_text("utf-8")
    assert f"{2 * TRAIN} training and {2 * VALID} validation pictures" in table
    assert "the seeds 3, 5" in table
    (line,) = (line for line in table.splitlines() if line.startswith("| 3 |"))
    assert "`averages`" in line
    assert "n = 2" in line
    assert [path.read_bytes() for path in ours] == before


@pytest.mark.usefixtures("imported")
def test_the_small_pictures_are_the_same_ones_reduced() -> None:
    evidence = importlib.import_module("fresh").FreshEvidence((1, 2))
    assert evidence.large.images.shape == (2 * TRAIN, 128, 128, 3)
    assert evidence.small.images.shape == (2 * TRAIN, 32, 32, 3)
    assert evidence.small.valid_labels.sum() == VALID


@pytest.mark.usefixtures("imported")
def test_every_claim_about_runs_finds_its_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training is put out of the way: the runs are made up, and asked for by every claim."""
    modules = {name: importlib.import_module(name) for name in ("heads", "lesson_5", "augmented")}
    trained: list[tuple[int, int]] = []

    def run(seed: int, pictures: int) -> dict:
        trained.append((seed, pictures))
        rising = [0.5, 0.6 + 0.1 * seed]
        curves = {"binary_accuracy": rising, "val_binary_accuracy": [0.5, 0.6 + 0.01 * seed]}
        return {"name": f"4 views {seed}", "seed": seed, "history": curves, "share_of_zeros": 0.1}

    class Head:
        share_of_zeros = 0.1

        def __init__(self, recipe, train, valid) -> None:
            self.history = run(recipe.seed, recipe.pictures or len(train.labels))["history"]

    monkeypatch.setattr(modules["heads"], "train", Head)
    monkeypatch.setattr(
        modules["lesson_5"],
        "cook",
        lambda recipe, name, pictures, say: run(recipe.seed, pictures.images.shape[1]),
    )
    monkeypatch.setattr(
        modules["augmented"],
        "augmented_runs",
        lambda seeds, say, pictures: [
            {**run(seeds[0], 0), "name": "new in each epoch"},
            *(run(seed, 0) for seed in seeds),
        ],
    )
    evidence = importlib.import_module("fresh").FreshEvidence((1, 2), say=lambda _: None)
    claims = importlib.import_module("register").CLAIMS
    findings = {name: claim.measure(evidence) for name, claim in claims.items() if not claim.trains}
    assert findings["small-overfits"].numbers.startswith("last accuracy: training .750 (.700 to")
    assert "n = 2" in findings["augmentation-raises"].numbers
    sizes = {pictures for _, pictures in trained}
    assert sizes == {32, 2 * TRAIN, 128, 0}
    assert {seed for seed, _ in trained} == {1, 2}
    assert len(trained) == 2 + 4 + 3 + 4 + 3  # heads, sizes, plain, pairs, views: each once


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--profile", "full"], "The profile full needs --out FILE"),
        (["--seeds", "1"], "--seeds and --out go with --profile full"),
        (["--out", "x.md"], "--seeds and --out go with --profile full"),
        (["--profile", "medium"], "invalid choice: 'medium'"),
    ],
)
def test_options_that_do_not_go_together(
    measure: ModuleType, capsys: pytest.CaptureFixture[str], words: list, said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        measure.main(words)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_without_an_import_it_says_what_to_do(
    measure: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSETOOLS_DATA", str(tmp_path / "nothing"))
    with pytest.raises(SystemExit, match="coursetools data import FOLDER"):
        measure.main(["--profile", "full", "--out", str(tmp_path / "table.md")])
    assert not (tmp_path / "table.md").exists()
