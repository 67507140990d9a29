"""Importing a folder of one's own: what is taken, what is left out, and that nothing is lost."""

import io
import os
import shutil
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from coursetools.datasets import (
    BusyError,
    ClassMissingError,
    LayoutError,
    NoPicturesError,
    decode,
    files_in,
    import_folder,
    replacement,
)
from coursetools.paths import DataNotFoundError
from datasets.conftest import content


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


@pytest.mark.parametrize(("each", "for_validation"), [(2, 1), (3, 1), (40, 14)])
def test_a_set_without_parts_keeps_a_third_for_validation(
    write_set, tmp_path, each, for_validation
):
    folder = write_set(parts=(), each=each)
    first = import_folder(folder, target=tmp_path / "one")
    assert first.counts["valid"] == {"Car": for_validation, "Truck": for_validation}
    assert first.counts["train"] == {"Car": each - for_validation, "Truck": each - for_validation}
    import_folder(folder, target=tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_copies_of_a_picture_come_into_one_part(write_set, tmp_path):
    folder = write_set(parts=(), each=6)
    for path in list((folder / "Car").iterdir()):
        (folder / "Car" / f"copy of {path.name}").write_bytes(path.read_bytes())
    import_folder(folder, target=tmp_path / "out")
    train, valid = (
        {path.read_bytes() for path in (tmp_path / "out" / part / "Car").iterdir()}
        for part in ("train", "valid")
    )
    assert (len(train), len(valid)) == (4, 2)
    assert not train & valid


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
    assert reasons["away.png"] == "it is a link"
    assert reasons["text.jpg"] == "it is not a JPEG or PNG picture"
    assert reasons["half.png"].startswith("it cannot be read as a picture")
    assert result.counts["train"]["Car"] == 3
    listed = (tmp_path / "out" / "left-out.txt").read_text()
    assert f"{cars / 'empty.png'}: it is empty\n" in listed
    assert listed.count("\n") == 5


def test_a_picture_too_large_to_be_one_is_left_out(write_set, tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "MOST_PIXELS", 2_000)
    folder = write_set()
    Image.new("RGB", (100, 100)).save(folder / "train" / "Car" / "huge.png")
    (path, reason), *rest = import_folder(folder, target=tmp_path / "out").rejected
    assert path.name == "huge.png"
    assert reason == "it has 100 x 100 pixels, too many"
    assert not rest


def announced(width, height):
    """A PNG file of a few bytes whose header announces a picture of any size."""
    file = io.BytesIO()
    Image.new("L", (1, 1)).save(file, "PNG")
    raw = bytearray(file.getvalue())
    raw[16:24] = struct.pack(">II", width, height)
    raw[29:33] = struct.pack(">I", zlib.crc32(raw[12:29]))
    return bytes(raw)


def sparse(path):
    with path.open("wb") as file:
        file.truncate(2**40)


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (lambda path: path.write_bytes(announced(9000, 9000)), "9000 x 9000 pixels, too many"),
        (lambda path: path.write_bytes(announced(60_000, 60_000)), "it has far too many pixels"),
        (lambda path: path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n" * 9), "not a JPEG or PNG"),
        (lambda path: Image.new("RGB", (64, 64)).save(path, "GIF"), "not a JPEG or PNG picture"),
        (lambda path: Image.new("RGB", (64, 7)).save(path), "only 64 x 7 pixels"),
        (lambda path: Image.new("I;16", (64, 64)).save(path), "stored as `I;16`"),
        (lambda path: os.mkfifo(path), "not an ordinary file"),
        (sparse, "larger than 50 MB"),
        (lambda path: path.symlink_to("0.png"), "it is a link"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a link"),
    ],
)
@pytest.mark.parametrize("parts", [("train", "valid"), ()])
def test_hostile_files_are_left_out(write_set, tmp_path, write, reason, parts):
    folder = write_set(parts=parts)
    cars = next(folder.rglob("Car"))
    write(cars / "odd.png")
    (path, why), *rest = import_folder(folder, target=tmp_path / "out").rejected
    assert path == cars / "odd.png"
    assert reason in why
    assert not rest


def test_transparent_pictures_are_laid_on_white(tmp_path):
    Image.new("RGBA", (64, 64), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    assert decode.decode(tmp_path / "clear.png", (8, 8)).getpixel((4, 4)) == (255, 255, 255)


def test_pictures_are_turned_as_the_camera_noted(tmp_path):
    lying = Image.new("RGB", (64, 32), "white")
    lying.paste("black", (0, 0, 32, 32))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera stood on its side
    lying.save(tmp_path / "lying.jpg", exif=exif)
    upright = decode.decode(tmp_path / "lying.jpg", (32, 64))
    assert max(upright.getpixel((16, 10))) < 20
    assert min(upright.getpixel((16, 54))) > 235


def test_hidden_folders_are_passed_over(write_set, tmp_path):
    folder = write_set()
    hidden = folder / "train" / "Car" / ".thumbnails"
    hidden.mkdir()
    Image.new("RGB", (64, 64)).save(hidden / "small.png")
    result = import_folder(folder, target=tmp_path / "out")
    assert (result.counts["train"]["Car"], result.rejected) == (3, [])


@pytest.mark.parametrize("name", ["val", "Validation"])
def test_other_names_for_the_validation_part(write_set, tmp_path, name):
    result = import_folder(write_set(parts=("Train", name)), target=tmp_path / "out")
    assert result.counts["valid"] == {"Car": 3, "Truck": 3}


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


def link_out(folder):
    (folder / "valid" / "Truck").rename(folder.parent / "elsewhere")
    (folder / "valid" / "Truck").symlink_to(folder.parent / "elsewhere")


def empty(folder):
    for path in (folder / "valid" / "Truck").iterdir():
        path.unlink()


LAYOUTS = {
    "no folder": (shutil.rmtree, DataNotFoundError, "There is no folder `"),
    "one part only": (
        lambda folder: shutil.rmtree(folder / "valid"),
        LayoutError,
        "has a folder `train` but none called `valid`",
    ),
    "two validation parts": (
        lambda folder: (folder / "val").mkdir(),
        LayoutError,
        "there are `val` and `valid`; which is meant?",
    ),
    "two folders of one name": (
        lambda folder: (folder / "train" / "CAR").mkdir(),
        LayoutError,
        "there are `CAR` and `Car`; which is meant?",
    ),
    "a class that leads out": (link_out, LayoutError, "is a link that leads out of"),
    "an empty class": (empty, ClassMissingError, "Truck` for the class Truck is empty"),
}


@pytest.mark.parametrize(("change", "error", "words"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_layout_that_is_not_understood_is_explained(write_set, tmp_path, change, error, words):
    folder = write_set()
    change(folder)
    with pytest.raises(error) as caught:
        import_folder(folder, target=tmp_path / "out")
    assert words in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_one_folder_cannot_be_both_classes(write_set, tmp_path):
    with pytest.raises(LayoutError, match="both are to be in `truck`"):
        import_folder(write_set(), car="truck", target=tmp_path / "out")


def test_what_a_killed_import_left_is_cleared_and_its_old_set_put_back(write_set, tmp_path):
    target = tmp_path / "data" / "out"
    import_folder(write_set(), target=target)
    before = content(target)
    left = target.parent / ".out-killed"
    (left / "new" / "train").mkdir(parents=True)
    target.rename(left / "old")
    broken = write_set(where="other")
    for path in (broken / "valid" / "Truck").iterdir():
        path.write_bytes(b"broken")
    with pytest.raises(NoPicturesError):
        import_folder(broken, target=target)
    assert content(target) == before
    assert list(target.parent.iterdir()) == [target]


def test_a_set_can_be_imported_from_where_it_will_go(write_set, tmp_path):
    target = tmp_path / "out"
    import_folder(write_set(), target=target)
    again = import_folder(target, target=target)
    assert again.counts == {part: {"Car": 3, "Truck": 3} for part in ("train", "valid")}


def test_two_imports_at_once_do_not_meet(write_set, tmp_path):
    target, other = tmp_path / "out", write_set(where="other")
    met = []

    def import_another(done, of):
        with pytest.raises(BusyError, match="is at work in") as caught:
            import_folder(other, target=target)
        met.append(caught.value)

    result = import_folder(write_set(), target=target, progress=import_another)
    assert len(met) == 12
    assert result.counts["valid"] == {"Car": 3, "Truck": 3}
    assert import_folder(other, target=target).source == f"`{other}`"


def test_somebody_s_own_pictures_are_never_replaced(write_set):
    own = write_set()
    before = content(own)
    with pytest.raises(LayoutError, match="that no import has put there"):
        import_folder(write_set(where="other"), target=own)
    assert content(own) == before


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
    rename = replacement.Path.rename

    def fail_for_new(self, other):
        if self.name == "new":
            raise OSError("the disk is full")
        return rename(self, other)

    monkeypatch.setattr(replacement.Path, "rename", fail_for_new)
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
