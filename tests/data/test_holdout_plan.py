"""What an instructor's own rendered set is made of; nothing is rendered here."""

from pathlib import Path

import pytest

import holdout
import plan
from plan import REDUCED, SEED, SMALL

SEED_OF_ONE = 987_654_321


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[plan.SceneTask]:
    """Scenes that were asked for; each leaves empty files in place of pictures."""
    asked: list[plan.SceneTask] = []

    def render(tasks: list[plan.SceneTask], folder: Path, jobs: int) -> int:
        asked.extend(tasks)
        for name in (name for task in tasks for name in task.files):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()
        return 0

    monkeypatch.setattr(holdout, "render_scenes", render)
    return asked


@pytest.mark.parametrize("size", [32, 128])
def test_no_scene_is_one_of_ours_or_of_another_seed(size: int) -> None:
    keys = [
        {task.key for task in holdout.plan_holdout(seed, 40, size).scenes()}
        | {task.place_key for task in holdout.plan_holdout(seed, 40, size).scenes()}
        for seed in (SEED_OF_ONE, SEED_OF_ONE + 1)
    ]
    ours = {task.key for wanted in (REDUCED, SMALL) for task in wanted.scenes()}
    assert not keys[0] & keys[1]
    assert not (keys[0] | keys[1]) & ours


@pytest.mark.parametrize(("size", "asked", "made"), [(128, 5, 6), (32, 5, 8), (32, 8, 8)])
def test_whole_scenes_of_both_classes_in_class_folders(size: int, asked: int, made: int) -> None:
    wanted = holdout.plan_holdout(SEED_OF_ONE, asked, size)
    names = [name for task in wanted.scenes() for name in task.files]
    assert sorted({name.split("/")[0] for name in names}) == ["Car", "Truck"]
    assert sum(name.startswith("Car/") for name in names) == made
    assert len(names) == len(set(names)) == 2 * made


@pytest.mark.parametrize("seed", [SEED, 0, -5, 7, 2**63])
def test_our_seed_and_seeds_easy_to_guess_are_refused(seed: int) -> None:
    with pytest.raises(holdout.HoldoutError, match=rf"`{seed}`.*Choose a"):
        holdout.plan_holdout(seed, 10, 32)


def test_no_pictures_are_refused() -> None:
    with pytest.raises(holdout.HoldoutError, match="`0` pictures"):
        holdout.plan_holdout(SEED_OF_ONE, 0, 32)


def test_a_second_try_renders_what_is_missing(
    tmp_path: Path, rendered: list[plan.SceneTask]
) -> None:
    wanted = holdout.plan_holdout(SEED_OF_ONE, 8, 32)
    assert holdout.render_holdout(tmp_path, wanted, 1) == 0
    assert len(rendered) == 4
    (tmp_path / "Truck" / "0001-c.png").unlink()
    rendered.clear()
    assert holdout.render_holdout(tmp_path, holdout.plan_holdout(SEED_OF_ONE, 12, 32), 1) == 0
    assert {task.files[0] for task in rendered} == {
        "Truck/0001-a.png",
        "Car/0002-a.png",
        "Truck/0002-a.png",
    }


@pytest.mark.parametrize(("seed", "size"), [(SEED_OF_ONE + 1, 32), (SEED_OF_ONE, 128)])
def test_sets_are_not_mixed(
    tmp_path: Path, rendered: list[plan.SceneTask], seed: int, size: int
) -> None:
    holdout.render_holdout(tmp_path, holdout.plan_holdout(SEED_OF_ONE, 4, 32), 1)
    with pytest.raises(holdout.HoldoutError, match="another seed"):
        holdout.render_holdout(tmp_path, holdout.plan_holdout(seed, 4, size), 1)


def test_a_folder_with_something_else_stays_as_it_is(
    tmp_path: Path, rendered: list[plan.SceneTask]
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(holdout.HoldoutError, match="something else"):
        holdout.render_holdout(tmp_path, holdout.plan_holdout(SEED_OF_ONE, 4, 32), 1)
    with pytest.raises(holdout.HoldoutError, match="is a file"):
        holdout.render_holdout(tmp_path / "notes.txt", holdout.plan_holdout(SEED_OF_ONE, 4, 32), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert rendered == []


def test_the_seed_is_not_written_down(tmp_path: Path, rendered: list[plan.SceneTask]) -> None:
    holdout.render_holdout(tmp_path, holdout.plan_holdout(SEED_OF_ONE, 4, 32), 1)
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or str(SEED_OF_ONE) not in path.read_text()
