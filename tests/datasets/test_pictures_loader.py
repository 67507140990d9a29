"""Loading one of the lessons' pictures: its shape, its values, and what is refused."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

import coursetools as ct
from coursetools.datasets import (
    PictureShapeError,
    UnknownPictureError,
    lesson_picture,
    picture_names,
    picture_path,
    pictures,
)
from coursetools.paths import DataNotFoundError


@pytest.fixture
def own_pictures(tmp_path, monkeypatch):
    """Make the loader look into a folder with one small grey and one coloured picture."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    grey = np.arange(64, dtype=np.uint8).reshape(8, 8) * 4
    Image.fromarray(grey).save(folder / "ramp.png")
    colour = np.zeros((4, 6, 3), np.uint8)
    colour[..., 0], colour[:, 3:, 2] = 255, 255
    Image.fromarray(colour).quantize(4).save(folder / "flag.png")
    (folder / "README.md").write_text("not a picture")
    monkeypatch.setattr(pictures, "data_folder", lambda: tmp_path)
    return folder


@pytest.mark.parametrize("name", picture_names())
def test_every_picture_loads_in_colour_and_in_grey(name):
    colour, grey = lesson_picture(name), lesson_picture(name, channels=1)
    assert colour.dtype == grey.dtype == np.float32
    assert colour.shape == (*grey.shape, 3)
    for picture in (colour, grey):
        assert picture.min() >= 0
        assert picture.max() <= 1
        assert picture.std() > 0.05


def test_values_are_the_file_s(own_pictures):
    ramp = lesson_picture("ramp", channels=1)
    np.testing.assert_allclose(ramp.ravel(), np.arange(64) * 4 / 255, rtol=1e-6)
    np.testing.assert_array_equal(lesson_picture("ramp"), np.repeat(ramp[..., None], 3, 2))


def test_grey_is_the_weighted_mean_of_the_colours(own_pictures):
    grey = lesson_picture("flag", channels=1)
    assert grey.shape == (4, 6)
    np.testing.assert_allclose(grey[:, 0], 0.299, atol=0.5 / 255)
    np.testing.assert_allclose(grey[:, 5], 0.299 + 0.114, atol=0.5 / 255)


def test_each_call_gives_an_array_of_its_own(own_pictures):
    lesson_picture("ramp")[:] = 0
    assert lesson_picture("ramp").max() > 0.9


@pytest.mark.parametrize(
    ("size", "shape"),
    [(5, (5, 5)), ((3, 7), (3, 7)), ([7, 3], (7, 3)), (np.int64(8), (8, 8)), (1, (1, 1))],
)
def test_size_is_a_side_or_height_and_width(own_pictures, size, shape):
    assert lesson_picture("ramp", channels=1, size=size).shape == shape
    assert lesson_picture("flag", size=size).shape == (*shape, 3)


def test_shrinking_averages_instead_of_dropping_pixels():
    ring = lesson_picture("circle-64", channels=1)
    small = lesson_picture("circle-64", channels=1, size=16)
    assert small.mean() == pytest.approx(ring.mean(), abs=0.003)
    dropped = ring[::4, ::4]
    assert abs(dropped.mean() - ring.mean()) > 0.003 or (dropped > 0).sum() < (small > 0).sum()


def test_its_own_size_changes_nothing(own_pictures):
    np.testing.assert_array_equal(lesson_picture("ramp"), lesson_picture("ramp", size=8))


@pytest.mark.parametrize("name", ["car", "", "../manifest", "README", "Car-front", None, 3, ["a"]])
def test_an_unknown_name_is_answered_with_the_names_there_are(own_pictures, name):
    for load in (lesson_picture, picture_path):
        with pytest.raises(UnknownPictureError) as caught:
            load(name)
        assert f"`{name}`" in str(caught.value)
        assert "flag, ramp" in str(caught.value)


@pytest.mark.parametrize("channels", [0, 2, 4, True, None, "1", [1], 1.5])
def test_channels_are_one_or_three(own_pictures, channels):
    with pytest.raises(PictureShapeError, match="channels") as caught:
        lesson_picture("ramp", channels=channels)
    assert f"`{channels!r}`" in str(caught.value)


@pytest.mark.parametrize(
    "size", [0, -3, 2.5, "64", True, (8,), (8, 8, 3), (8, 0), (8, None), 10**6, (True, 8), ()]
)
def test_sizes_that_are_none_are_refused(own_pictures, size):
    with pytest.raises(PictureShapeError, match=r"\(height, width\)") as caught:
        lesson_picture("ramp", size=size)
    assert f"`{size!r}`" in str(caught.value)


def test_a_missing_folder_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "data_folder", lambda: tmp_path)
    for call in (picture_names, lambda: lesson_picture("car-front")):
        with pytest.raises(DataNotFoundError, match="there are none"):
            call()


def test_a_notebook_finds_it_and_it_loads_no_tensorflow():
    assert ct.lesson_picture is lesson_picture
    assert ct.picture_path is picture_path
    code = (
        "import sys, coursetools as ct; ct.lesson_picture('letter-k', channels=1);"
        "sys.exit(any(m in sys.modules for m in ('tensorflow', 'keras', 'matplotlib')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
