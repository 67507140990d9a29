"""What of the generator runs without Blender: the plan, the draws, the camera chain, the tests
of a finished picture and the making of the environment."""

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pytest

import chain
import manifest as manifest_module
import plan
import readable
import run
from draws import Draws
from weather import draw_weather

PLAIN = chain.Conditions(night=False, dark=False, rain=False)


def made_up_light() -> tuple[np.ndarray, np.ndarray]:
    """A bright striped block on a dark ground, with its mask."""
    mask = np.zeros((128, 128), bool)
    mask[40:90, 30:100] = True
    stripes = np.where(np.arange(128) // 6 % 2, 0.9, 0.25)[None, :, None]
    light = np.where(mask[..., None], stripes, 0.08) * np.ones(3)
    return light, mask


def every_scene() -> list[plan.SceneTask]:
    return [task for wanted in (plan.REDUCED, plan.SMALL) for task in wanted.scenes()]


def test_no_scene_is_in_two_parts_of_any_set_and_each_has_its_own_key() -> None:
    tasks = every_scene()
    assert len({task.key for task in tasks}) == len(tasks)
    names = [name for task in tasks for name in task.files]
    assert len(set(names)) == len(names)


def test_classes_share_places_and_parts_do_not() -> None:
    places: dict[tuple[str, str], dict[str, set[tuple[int, ...]]]] = {}
    for task in every_scene():
        of = places.setdefault((task.set.folder, task.part), {})
        of.setdefault(task.label, set()).add(task.place_key)
    seen: set[tuple[int, ...]] = {task.key for task in every_scene()}
    for by_class in places.values():
        assert by_class["Car"] == by_class["Truck"]
        assert not by_class["Car"] & seen
        seen |= by_class["Car"]


@pytest.mark.parametrize("wanted", [plan.REDUCED, plan.SMALL])
def test_a_larger_set_keeps_the_scenes_of_a_smaller_one(wanted: plan.PictureSet) -> None:
    def known(of: plan.PictureSet) -> set[tuple[object, ...]]:
        return {(task.files, task.kind, task.key) for task in of.scenes()}

    more = {part: 2 * count for part, count in wanted.pictures.items()}
    assert known(wanted) < known(dataclasses.replace(wanted, pictures=more))


@pytest.mark.parametrize("wanted", [plan.REDUCED, plan.SMALL])
def test_a_part_finished_set_is_balanced(wanted: plan.PictureSet) -> None:
    tasks = wanted.scenes()
    for share in (3, 5):
        first = tasks[: len(tasks) // share]
        for part, count in wanted.pictures.items():
            each = [
                sum((t.part, t.label) == (part, label) for t in first) for label in plan.CLASSES
            ]
            assert abs(each[0] - each[1]) <= 1
            assert abs(each[0] - count / wanted.cameras / share) <= 1


@pytest.mark.parametrize("wanted", [plan.REDUCED, plan.SMALL])
def test_each_part_has_as_many_pictures_as_planned(wanted: plan.PictureSet) -> None:
    for part, count in wanted.pictures.items():
        files = [name for task in wanted.scenes() if task.part == part for name in task.files]
        assert len(files) == 2 * count
        assert sum(wanted.kind_counts()[part].values()) == 2 * count


def test_draws_depend_on_their_key_alone() -> None:
    one, two = Draws(1, 2, 3), Draws(1, 2, 3)
    two.branch(7).between(0, 1)
    assert [one.between(0, 1) for _ in range(5)] == [two.between(0, 1) for _ in range(5)]
    assert Draws(1, 2, 3).branch(4).between(0, 1) == Draws(1, 2, 3, 4).between(0, 1)
    assert Draws(1, 2, 3).between(0, 1) != Draws(1, 2, 4).between(0, 1)


def test_weather_keeps_night_dark_and_rain_wet() -> None:
    drawn = [draw_weather(Draws(5, number)) for number in range(400)]
    assert {weather.time for weather in drawn} == {"sun", "overcast", "low", "dusk", "night"}
    assert all(weather.wet for weather in drawn if weather.rain)
    assert all(weather.sun_energy == 0 for weather in drawn if weather.dark)


def test_chain_is_the_same_for_the_same_draws() -> None:
    light, _ = made_up_light()
    pictures = [np.asarray(chain.finish(light, PLAIN, Draws(9, n), 1.0)) for n in (1, 1, 2)]
    assert np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])
    assert pictures[0].shape == light.shape


def test_chain_meets_dark_and_bright_scenes_with_its_exposure() -> None:
    light, _ = made_up_light()
    for factor in (0.02, 1.0, 30.0):
        picture = np.asarray(chain.finish(light * factor, PLAIN, Draws(3), 0.3))
        assert 45 < picture.mean() < 200


def test_blur_keeps_the_sum_and_spreads_a_point() -> None:
    point = np.zeros((21, 21))
    point[10, 10] = 1
    spread = chain.blur(point, 1.5)
    assert spread.sum() == pytest.approx(1)
    assert np.unravel_index(spread.argmax(), spread.shape) == (10, 10)
    assert spread.max() < 0.1


def test_a_clear_picture_is_readable() -> None:
    light, mask = made_up_light()
    picture = np.asarray(chain.finish(light, PLAIN, Draws(4), 1.0))
    assert readable.measure(picture, mask).reaches(readable.USUAL)


@pytest.mark.parametrize("fault", ["fog", "blur", "small", "night", "nothing"])
def test_an_unreadable_picture_is_not(fault: str) -> None:
    light, mask = made_up_light()
    picture = (np.clip(light, 0, 1) ** 0.45 * 255).astype(np.uint8)
    assert readable.measure(picture, mask).reaches(readable.USUAL)
    if fault == "fog":
        picture = (200 + 0.1 * (picture.astype(float) - 128)).astype(np.uint8)
    elif fault == "blur":
        picture = chain.blur(picture.astype(float), 6).astype(np.uint8)
    elif fault == "small":
        mask = np.zeros_like(mask)
        mask[60:80, 60:90] = True
    elif fault == "night":
        picture = picture // 12
    else:
        mask = np.zeros_like(mask)
    assert not readable.measure(picture, mask).reaches(readable.USUAL)


def test_a_tiny_picture_is_reduced_and_judged_by_floors_of_its_own() -> None:
    mask = np.zeros((48, 48), bool)
    mask[15:33, 12:36] = True
    stripes = np.where(np.arange(48) // 4 % 2, 0.9, 0.2)[None, :, None]
    light = np.where(mask[..., None], stripes, 0.08) * np.ones(3)
    picture = np.asarray(chain.finish_tiny(light, PLAIN, Draws(4), 1.0, 32))
    assert picture.shape == (32, 32, 3)
    small = mask.reshape(16, 3, 16, 3).mean((1, 3)).repeat(2, 0).repeat(2, 1) > 0.5
    floors = readable.floors_for(32)
    assert floors == readable.TINY
    found = readable.measure(picture, small, floors)
    assert found.reaches(floors)
    assert not dataclasses.replace(found, area=0.12).reaches(floors)
    assert dataclasses.replace(found, area=0.12).reaches(readable.USUAL)


def test_missing_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(run.PythonNotFoundError, match=r"needs Python 3\.11"):
        run._python_311()


def test_failed_install_is_not_taken_for_complete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "ENVIRONMENT", tmp_path / "venv")
    monkeypatch.setattr(run, "COMPLETE", tmp_path / "venv" / "complete")
    monkeypatch.setattr(run.venv, "create", lambda folder, **more: folder.mkdir())
    monkeypatch.setattr(run, "_python_311", lambda: sys.executable)

    class Failed:
        returncode = 1

    monkeypatch.setattr(run.subprocess, "run", lambda *args, **more: Failed())
    with pytest.raises(run.InstallError, match="network"):
        run.ensure_environment()
    assert not (tmp_path / "venv" / "complete").exists()


def test_writing_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "deep" / "picture.jpg"
    manifest_module.write_whole(target, b"first")

    def interrupted(source: object, goal: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(manifest_module.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        manifest_module.write_whole(target, b"second")
    assert target.read_bytes() == b"first"
