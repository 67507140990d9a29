"""The feature-map browser: the model's own maps, one run a picture, one's own picture."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import keras
import numpy as np
import pytest
from PIL import Image

from coursetools import explorers
from coursetools.explorers.contact_sheet import TILE, contact_sheet
from coursetools.explorers.own_picture import UploadError, read_upload
from coursetools.explorers.pixels import shrunk
from coursetools.visual import NetworkError, PictureError
from coursetools.visual.layer_maps import LayerMaps
from explorers.html_parts import choose, code, picture, run_code, status


@pytest.fixture(scope="module")
def base() -> keras.Model:
    keras.utils.set_random_seed(4)
    inputs = keras.Input((16, 16, 3))
    maps = keras.layers.Rescaling(2.0)(inputs)
    maps = keras.layers.Conv2D(40, 3, padding="same", name="filters")(maps)
    maps = keras.layers.BatchNormalization(name="norm")(maps)
    maps = keras.layers.ReLU(name="bend")(maps)
    maps = keras.layers.Conv2D(6, 3, strides=2, activation="relu", name="second")(maps)
    return keras.Model(inputs, keras.layers.MaxPooling2D(name="pooled")(maps), name="base")


@pytest.fixture(scope="module")
def network(base: keras.Model) -> keras.Model:
    head = [keras.layers.Flatten(), keras.layers.Dense(1)]
    return keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Rescaling(0.5), base, *head])


@pytest.fixture
def explorer(base: keras.Model, images: np.ndarray) -> Any:
    return explorers.feature_maps(base, images, [f"{number}.jpg" for number in range(8)])


def png(*size: int) -> bytes:
    stored = BytesIO()
    Image.new("RGB", size, (255, 0, 0)).save(stored, format="png")
    return stored.getvalue()


def upload(explorer: Any, content: bytes, name: str) -> None:
    explorer.controls["upload"].value = (
        {
            "name": name,
            "type": "image/png",
            "size": len(content),
            "content": memoryview(content),
            "last_modified": datetime(2024, 1, 1, tzinfo=UTC),
        },
    )


def test_layers_that_end_a_step(base: keras.Model, network: keras.Model) -> None:
    assert LayerMaps(base).names == ("filters", "bend", "second", "pooled")
    assert LayerMaps(network).names == LayerMaps(base).names


def test_maps_are_the_models(base: keras.Model, network: keras.Model, images: np.ndarray) -> None:
    second = keras.Model(base.input, base.get_layer("second").output)
    found = LayerMaps(base)(images[1])[2]
    np.testing.assert_allclose(found, second(images[1:2])[0], atol=1e-5)
    nested = LayerMaps(network, ["second"])(images[1])[0]
    np.testing.assert_allclose(nested, second(images[1:2] / 2)[0], atol=1e-5)


def test_walking_through_layers(explorer: Any, base: keras.Model, images: np.ndarray) -> None:
    assert "Layer 1 of 4, filters: 40 maps of 16 by 16." in status(explorer)
    choose(explorer, layer=3, map=4)
    values = LayerMaps(base)(images[0])[2][..., 4]
    row, column = np.unravel_index(values.argmax(), values.shape)
    assert "Layer 3 of 4, second: 6 maps of 7 by 7. Map 4: from 0 to" in status(explorer)
    assert status(explorer).endswith(
        f"above 0 in {(values > 0).mean():.0%} of its places, strongest at row {row}, column "
        f"{column}."
    )


def test_pages_follow_the_map(explorer: Any) -> None:
    assert any("maps 0 to 31 of 40" in words for words in picture(explorer).words)
    choose(explorer, map=35)
    assert any("maps 32 to 39 of 40" in words for words in picture(explorer).words)
    assert "offset=32, rows=1, cols=8" in code(explorer)
    choose(explorer, layer=4)
    assert "Map 5:" in status(explorer), "the last of six"


def test_signs_are_said(explorer: Any) -> None:
    assert "orange: below 0" in " ".join(picture(explorer).words)
    choose(explorer, layer=2)
    assert "black: 0" in " ".join(picture(explorer).words)


def test_the_model_runs_once_a_picture(explorer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    real = LayerMaps.__call__

    def counting(self: LayerMaps, image: Any) -> Any:
        ran.append(1)
        return real(self, image)

    monkeypatch.setattr(LayerMaps, "__call__", counting)
    choose(explorer, layer=2, map=3)
    assert ran == []
    choose(explorer, picture=5)
    choose(explorer, layer=4)
    choose(explorer, picture=0)
    assert len(ran) == 1


def test_the_code_draws_this_page(explorer: Any, base: keras.Model, images: np.ndarray) -> None:
    choose(explorer, picture=2, layer=2, map=33)
    figure = run_code(explorer, images=images, model=base)
    assert [ax.get_title() for ax in figure.axes] == [str(number) for number in range(32, 40)]


def test_an_own_picture(explorer: Any) -> None:
    upload(explorer, png(60, 20), "mine.png")
    assert explorer.controls["picture"].value == 8
    assert picture(explorer).alts[0] == "The picture: mine.png"
    assert "show_feature_maps(picture, model" in code(explorer)
    choose(explorer, picture=1)
    assert picture(explorer).alts[0] == "The picture: 1.jpg"


def test_rubbish_is_told_and_nothing_lost(explorer: Any) -> None:
    choose(explorer, layer=2, map=7)
    upload(explorer, b"not a picture", "notes.txt")
    assert status(explorer).startswith("Careful: `notes.txt` could not be read as a picture.")
    assert "Layer 2 of 4" in status(explorer)
    assert explorer.controls["picture"].value == 0
    upload(explorer, png(16, 16), "fine.png")
    assert "Careful" not in status(explorer)


def test_an_upload_is_cut_to_the_models_size() -> None:
    picture = read_upload(png(64, 32), "wide.png", (16, 24))
    assert picture.shape == (16, 24, 3)
    assert picture[0, 0].tolist() == [1, 0, 0]


def test_a_picture_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coursetools.explorers.own_picture.MOST_PIXELS", 100)
    with pytest.raises(UploadError, match="`11` by `10` pixels"):
        read_upload(png(11, 10), "large.png", (4, 4))


def test_half_a_picture_is_refused() -> None:
    with pytest.raises(UploadError, match=r"`cut\.png`"):
        read_upload(png(300, 300)[:200], "cut.png", (4, 4))


def test_a_contact_sheet() -> None:
    maps = np.arange(1, 11, dtype=np.float32) * np.ones((4, 4, 1), np.float32)
    sheet, rim = contact_sheet(maps, 9)
    assert sheet.shape == (2 * 66, 8 * 66)
    assert sheet[10, 10] == 1
    assert sheet[66 + 10, 66 + 10] == 10
    assert rim[66, 66]
    assert not rim[66 + 30, 66 + 30]


def test_large_maps_are_shrunk_by_means() -> None:
    maps = np.random.default_rng(0).random((130, 200, 3), dtype=np.float32)
    small = shrunk(maps, TILE)
    assert small.shape == (32, 50, 3)
    assert small[2, 3, 1] == pytest.approx(maps[8:12, 12:16, 1].mean())
    assert shrunk(maps[:9, :64], TILE).shape == (9, 64, 3)


def test_wrong_input_is_refused(base: keras.Model, images: np.ndarray) -> None:
    with pytest.raises(NetworkError, match=r"`base` .*`\['third'\]`"):
        explorers.feature_maps(base, images, layers=["third"])
    with pytest.raises(PictureError):
        explorers.feature_maps(base, images[0])
    dense = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    with pytest.raises(NetworkError, match="no layer of feature maps"):
        explorers.feature_maps(dense, images)
