"""Small folders of pictures, made where a test wants them."""

import numpy as np
import pytest
from PIL import Image


def picture(seed, size=(40, 30)):
    pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(pixels)


@pytest.fixture
def write_set(tmp_path):
    """Give a function that writes a set of pictures and returns its folder."""

    def write(names=("Car", "Truck"), parts=("train", "valid"), each=3, where="mine"):
        folder = tmp_path / where
        for place, part in enumerate(parts or ("",)):
            for number, name in enumerate(names):
                inside = folder / part / name
                inside.mkdir(parents=True)
                for count in range(each):
                    seed = 100 * place + 10 * number + count
                    picture(seed).save(inside / f"{count}.png")
        return folder

    return write
