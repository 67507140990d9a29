"""Pictures from files."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from coursetools.visual.picture_files import PictureFileError, read_image

LEVELS = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3) * 4


@pytest.fixture
def colour(tmp_path: Path) -> Path:
    Image.fromarray(LEVELS).save(tmp_path / "colour.png")
    return tmp_path / "colour.png"


def test_keeps_the_channels_of_the_file(colour: Path, tmp_path: Path) -> None:
    picture = read_image(colour)
    assert picture.dtype == np.float32
    np.testing.assert_allclose(picture, LEVELS / 255, atol=1e-6)
    Image.fromarray(LEVELS[..., 0]).save(tmp_path / "grey.png")
    assert read_image(tmp_path / "grey.png").shape == (4, 5, 1)
    Image.fromarray(np.dstack([LEVELS, LEVELS[..., :1]])).save(tmp_path / "clear.png")
    assert read_image(str(tmp_path / "clear.png")).shape == (4, 5, 4)


def test_channels_of_ones_own(colour: Path) -> None:
    grey = read_image(colour, channels=1)
    assert grey.shape == (4, 5, 1)
    np.testing.assert_allclose(grey[..., 0], LEVELS @ [0.299, 0.587, 0.114] / 255, atol=1.01 / 255)
    assert read_image(colour, 4).shape == (4, 5, 4)
    Image.fromarray(LEVELS[..., 0]).save(colour)
    assert read_image(colour, channels=3).shape == (4, 5, 3)


def test_other_kinds_of_files(colour: Path, tmp_path: Path) -> None:
    Image.open(colour).convert("P").save(tmp_path / "palette.gif")
    assert read_image(tmp_path / "palette.gif").shape == (4, 5, 3)
    Image.open(colour).convert("CMYK").save(tmp_path / "print.jpg")
    assert read_image(tmp_path / "print.jpg").shape == (4, 5, 3)
    Image.open(colour).convert("1").save(tmp_path / "black.png")
    assert set(np.unique(read_image(tmp_path / "black.png"))) <= {0.0, 1.0}


def test_refusals(colour: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"`channels` .* `2`"):
        read_image(colour, channels=2)
    with pytest.raises(FileNotFoundError, match=r"no file `.*nowhere\.jpg`"):
        read_image(tmp_path / "nowhere.jpg")
    (tmp_path / "text.jpg").write_text("not a picture")
    with pytest.raises(PictureFileError, match="no picture"):
        read_image(tmp_path / "text.jpg")
    half = colour.read_bytes()
    (tmp_path / "half.png").write_bytes(half[: len(half) // 2])
    with pytest.raises(PictureFileError, match=r"half\.png"):
        read_image(tmp_path / "half.png")
