"""Putting the small set together from loose pictures, and going on with one that has grown."""

import dataclasses
import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import manifest
import packed
import render
from coursetools.datasets import load_small
from plan import SMALL, PictureSet

FEW = dataclasses.replace(SMALL, pictures={"train": 24, "valid": 8, "practice": 4})


def made_up(name: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
    return np.random.default_rng(seed).integers(0, 256, (32, 32, 3), dtype=np.uint8)


def put_loose(folder: Path, names: list[str]) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(made_up(name)).save(folder / name)


def put_manifest(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.*")]
    manifest.write_manifest(folder, [n for n in names if "32/" in n], "test")


def names_of(wanted: PictureSet) -> list[str]:
    return [name for task in wanted.scenes() for name in task.files]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a small set of few pictures, packed."""
    put_loose(tmp_path, names_of(FEW))
    packed.pack(tmp_path, FEW)
    put_manifest(tmp_path)
    return tmp_path


def test_what_was_packed_is_read_again(folder: Path) -> None:
    tiles = packed.read_packed(folder, FEW)
    assert sorted(tiles) == sorted(names_of(FEW))
    assert all(np.array_equal(tile, made_up(name)) for name, tile in tiles.items())


def test_loose_pictures_and_their_folders_are_gone(folder: Path) -> None:
    left = sorted(path.name for path in (folder / FEW.folder).iterdir())
    assert left == sorted(f"{part}.{suffix}" for part in FEW.parts for suffix in ("csv", "png"))


def test_the_course_reads_what_was_packed(folder: Path) -> None:
    images, labels = load_small("train", folder=folder / FEW.folder)
    assert labels.tolist() == ([0] * 4 + [1] * 4) * 6
    first = f"{FEW.folder}/train/Truck/0000-b.png"
    np.testing.assert_array_equal((images[5] * 255).round(), made_up(first))


def test_nothing_packed_is_rendered_again_and_a_grown_set_asks_for_the_rest(folder: Path) -> None:
    more = dataclasses.replace(FEW, pictures={"train": 32, "valid": 8, "practice": 4})
    assert render.missing_scenes(FEW, folder) == []
    missing = render.missing_scenes(more, folder)
    assert {(task.part, task.number) for task in missing} == {("train", 6), ("train", 7)}
    put_loose(folder, [name for task in missing for name in task.files])
    packed.pack(folder, more)
    put_manifest(folder)
    tiles = packed.read_packed(folder, more)
    assert sorted(tiles) == sorted(names_of(more))
    assert all(np.array_equal(tile, made_up(name)) for name, tile in tiles.items())


def test_a_sheet_that_is_not_the_one_listed_counts_as_missing(folder: Path) -> None:
    sheet = folder / packed.sheet_name(FEW, "valid")
    sheet.write_bytes(sheet.read_bytes()[:-10])
    missing = render.missing_scenes(FEW, folder)
    assert {task.part for task in missing} == {"valid"}


def test_packing_again_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / FEW.folder).iterdir()}
    packed.pack(folder, FEW)
    assert before == {path: path.read_bytes() for path in (folder / FEW.folder).iterdir()}
