"""Importing a folder of one's own: what is taken, what is left out, and that nothing is lost."""

import hashlib

import numpy as np
import pytest
from PIL import Image

from coursetools.datasets import NoPicturesError, files_in, import_folder, importing
from coursetools.paths import DataNotFoundError


def content(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_set_with_parts_is_taken_over(write_set, tmp_path):
    target = tmp_path / "data" / "car-or-truck"
    result = import_folder(write_set(), target=target)
    assert result.counts == {part: {"Car": 3, "Truck": 3} for part in ("train", "valid")}
    assert result.rejected == []
    for files in (f for part in files_in(target).values() for f in part.values()):
        for path in files:
            with Image.open(path) as image:
                assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (128, 128))


def test_names_and_case_of_the_folders_are_the_user_s(write_set, tmp_path):
    folder = write_set(names=("Autos", "LORRIES"))
    result = import_folder(folder, car="autos", truck="Lorries", target=tmp_path / "out")
    assert result.counts["train"] == {"Car": 3, "Truck": 3}


def test_a_set_without_parts_is_split_by_the_files_bytes(write_set, tmp_path):
    folder = write_set(parts=(), each=40)
    first = import_folder(folder, target=tmp_path / "one").counts
    assert first == import_folder(folder, target=tmp_path / "two").counts
    total = sum(first["valid"].values())
    assert 12 <= total <= 42
    assert sum(first["train"].values()) == 80 - total


def test_what_cannot_be_used_is_listed_with_its_reason(write_set, tmp_path):
    folder = write_set()
    cars = folder / "train" / "Car"
    (cars / "text.jpg").write_text("not a picture")
    (cars / "empty.png").write_bytes(b"")
    (cars / "notes.txt").write_text("a note")
    (cars / "half.png").write_bytes((cars / "0.png").read_bytes()[:300])
    (cars / "away.png").symlink_to(tmp_path)
    (cars / ".hidden.png").write_bytes(b"x")
    result = import_folder(folder, target=tmp_path / "out")
    reasons = {path.name: reason for path, reason in result.rejected}
    assert set(reasons) == {"text.jpg", "empty.png", "notes.txt", "half.png", "away.png"}
    assert reasons["empty.png"] == "it is empty"
    assert reasons["notes.txt"].startswith("its name does not end in")
    assert reasons["away.png"] == "it is a link to somewhere else"
    assert reasons["text.jpg"].startswith("it cannot be read as a picture")
    assert reasons["half.png"].startswith("it cannot be read as a picture")
    assert result.counts["train"]["Car"] == 3


def test_a_picture_too_large_to_be_one_is_left_out(write_set, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST_PICTURE", 2_000)
    folder = write_set()
    Image.new("RGB", (100, 100)).save(folder / "train" / "Car" / "huge.png")
    (path, reason), *rest = import_folder(folder, target=tmp_path / "out").rejected
    assert path.name == "huge.png"
    assert reason.endswith("it has 100 x 100 pixels")
    assert not rest


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "CMYK"])
def test_other_kinds_of_picture_become_rgb(write_set, tmp_path, mode):
    folder = write_set()
    suffix = "jpg" if mode == "CMYK" else "png"
    Image.new(mode, (64, 64), 200 if mode in "LP" else None).save(
        folder / "train" / "Car" / f"kind.{suffix}"
    )
    result = import_folder(folder, target=tmp_path / "out")
    assert result.counts["train"]["Car"] == 4


def test_a_missing_class_is_named_and_the_old_set_stays(write_set, tmp_path):
    target = tmp_path / "out"
    import_folder(write_set(), target=target)
    before = content(target)
    with pytest.raises(DataNotFoundError, match=r"no folder `Truck` .* there is `Bus`, `Car`"):
        import_folder(write_set(names=("Car", "Bus"), where="other"), target=target)
    assert content(target) == before


def test_an_empty_class_is_named_and_the_old_set_stays(write_set, tmp_path):
    target = tmp_path / "out"
    import_folder(write_set(), target=target)
    before = content(target)
    folder = write_set(where="other")
    for path in (folder / "valid" / "Truck").iterdir():
        path.write_bytes(b"broken")
    with pytest.raises(NoPicturesError, match=r"class Truck .* part `valid`.* Left out: 0\.png"):
        import_folder(folder, target=target)
    assert content(target) == before


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("after", [1, 7, 12])
def test_an_import_that_is_stopped_leaves_what_was_there(write_set, tmp_path, after):
    target = tmp_path / "data" / "out"
    import_folder(write_set(), target=target)
    before = content(target)

    def stop(done, of):
        if done == after:
            raise StoppedError

    with pytest.raises(StoppedError):
        import_folder(write_set(where="other", each=3), target=target, progress=stop)
    assert content(target) == before
    assert list(target.parent.iterdir()) == [target]


def test_the_old_set_comes_back_if_the_new_one_cannot_be_put_there(
    write_set, tmp_path, monkeypatch
):
    target = tmp_path / "data" / "out"
    import_folder(write_set(), target=target)
    before = content(target)
    rename = importing.Path.rename

    def fail_for_new(self, other):
        if self.name == "new":
            raise OSError("the disk is full")
        return rename(self, other)

    monkeypatch.setattr(importing.Path, "rename", fail_for_new)
    with pytest.raises(OSError, match="the disk is full"):
        import_folder(write_set(where="other"), target=target)
    assert content(target) == before


def test_pictures_are_resized_bilinearly(tmp_path):
    folder = tmp_path / "mine"
    half = np.zeros((64, 64, 3), np.uint8)
    half[:, 32:] = 255
    for part in ("train", "valid"):
        for name in ("Car", "Truck"):
            (folder / part / name).mkdir(parents=True)
            Image.fromarray(half).save(folder / part / name / "0.png")
    import_folder(folder, target=tmp_path / "out")
    with Image.open(tmp_path / "out" / "train" / "Car" / "00000.jpg") as image:
        row = np.asarray(image.convert("L"))[64]
    assert row[10] < 5
    assert row[118] > 250
    assert ((row > 40) & (row < 215)).any()
