import csv

import numpy as np
import pytest
from PIL import Image

from coursetools.datasets import SMALL_PARTS, BrokenPictureError, UnknownPartError, load_small
from coursetools.paths import DataNotFoundError

COLUMNS = 4


@pytest.fixture
def write_part(tmp_path):
    """Give a function that writes a part and returns its tiles, bytes (n, 32, 32, 3)."""

    def write(part="train", count=10):
        tiles = np.random.default_rng(count).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)
        rows = -(-count // COLUMNS)
        sheet = np.full((rows * 32, COLUMNS * 32, 3), 255, np.uint8)
        for place, tile in enumerate(tiles):
            row, column = divmod(place, COLUMNS)
            sheet[row * 32 : (row + 1) * 32, column * 32 : (column + 1) * 32] = tile
        Image.fromarray(sheet).save(tmp_path / f"{part}.png")
        with (tmp_path / f"{part}.csv").open("w", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(("class", "scene", "camera", "kind"))
            lines.writerows((("Car", "Truck")[i % 3 == 0], i, "a", "box") for i in range(count))
        return tiles

    return write


@pytest.mark.parametrize("part", SMALL_PARTS)
@pytest.mark.parametrize("count", [1, 4, 10])
def test_tiles_come_in_the_order_of_the_list(write_part, tmp_path, part, count):
    tiles = write_part(part, count)
    images, labels = load_small(part, folder=tmp_path)
    assert (images.dtype, images.shape) == (np.float32, (count, 32, 32, 3))
    np.testing.assert_array_equal(images, tiles.astype(np.float32) / np.float32(255))
    assert labels.dtype == np.int64
    assert labels.tolist() == [int(i % 3 == 0) for i in range(count)]


def test_an_unknown_part_is_named(write_part, tmp_path):
    write_part()
    with pytest.raises(UnknownPartError, match=r"`test`.*`practice`"):
        load_small("test", folder=tmp_path)


@pytest.mark.parametrize("name", ["train.png", "train.csv"])
def test_a_missing_file_is_named(write_part, tmp_path, name):
    write_part()
    (tmp_path / name).unlink()
    with pytest.raises(DataNotFoundError, match=rf"{name}.*not there.*Install"):
        load_small(folder=tmp_path)


def test_a_sheet_cut_short_is_broken(write_part, tmp_path):
    write_part()
    sheet = tmp_path / "train.png"
    sheet.write_bytes(sheet.read_bytes()[:2000])
    with pytest.raises(BrokenPictureError, match=r"train\.png.*cannot be read"):
        load_small(folder=tmp_path)


def test_something_else_is_no_sheet(write_part, tmp_path):
    write_part()
    (tmp_path / "train.png").write_text("version https://example.org/pointer")
    with pytest.raises(BrokenPictureError, match=r"train\.png.*cannot be read"):
        load_small(folder=tmp_path)


def test_a_sheet_of_other_tiles_is_refused(write_part, tmp_path):
    write_part()
    Image.new("RGB", (128, 100)).save(tmp_path / "train.png")
    with pytest.raises(BrokenPictureError, match=r"`128` x `100`"):
        load_small(folder=tmp_path)


@pytest.mark.parametrize("count", [4, 13])
def test_a_list_that_does_not_fit_the_sheet_is_refused(write_part, tmp_path, count):
    write_part(count=10)
    sheet = (tmp_path / "train.png").read_bytes()
    write_part(count=count)
    (tmp_path / "train.png").write_bytes(sheet)
    with pytest.raises(BrokenPictureError, match=rf"`{count}` pictures.*`3` rows of `4`"):
        load_small(folder=tmp_path)


@pytest.mark.parametrize(
    "content", ["class,scene\nBus,1\n", "label\nCar\n", 'class\n"Car\n', "class,scene\n,1\n"]
)
def test_a_list_without_the_classes_is_refused(write_part, tmp_path, content):
    write_part(count=1)
    (tmp_path / "train.csv").write_text(content)
    with pytest.raises(BrokenPictureError, match=r"train\.csv.*`class`"):
        load_small(folder=tmp_path)
