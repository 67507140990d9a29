"""Pictures from folders to arrays and to `tf.data`: floats between 0 and 1, labels 0 and 1."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from coursetools.datasets.errors import BrokenPictureError, UnknownPartError
from coursetools.datasets.folders import CLASSES, PARTS, car_or_truck_folder, files_in

if TYPE_CHECKING:
    import tensorflow as tf

IMAGE_SIZE = (128, 128)
"""Height and width of the course's pictures."""

SHUFFLE_SEED = 31415


def load_arrays(
    part: str = "train",
    *,
    profile: str | None = None,
    image_size: tuple[int, int] = IMAGE_SIZE,
    folder: str | Path | None = None,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], tuple[str, ...]]:
    """Load one part of *car or truck?* into memory.

    Args:
        part: `"train"` or `"valid"`.
        profile: `"reduced"`, `"full"`, or None for what `COURSETOOLS_PROFILE` says.
        image_size: Height and width; other pictures are resized bilinearly.
        folder: Another folder of the same layout.

    Returns:
        Pictures, float32 in 0 to 1, shape (n, height, width, 3); labels, 0 for a car and 1 for a
        truck, shape (n,); names such as `"Car/0007.jpg"`. Cars first, by name.

    Raises:
        DataNotFoundError: The folder, or a class in it, is not there.
        BrokenPictureError: A file cannot be read as a picture.
        UnknownPartError: The part is neither `train` nor `valid`.
    """
    pictures, labels, names = _load_bytes(part, image_size, folder or car_or_truck_folder(profile))
    return pictures.astype(np.float32) / np.float32(255), labels, names


def load_car_or_truck(
    profile: str | None = None,
    *,
    batch_size: int = 64,
    image_size: tuple[int, int] = IMAGE_SIZE,
    shuffle_seed: int = SHUFFLE_SEED,
    folder: str | Path | None = None,
) -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """Load *car or truck?* as two data sets of Keras, for training and for validation.

    Both give batches of pictures, float32 in 0 to 1, shape (b, height, width, 3), and labels,
    float32, 0 or 1, shape (b, 1). The training set comes in another order in each epoch, and in
    the same orders whenever it is loaded anew after the same `set_seed`. The pictures are decoded
    while loading and kept as bytes. Keras's own loader gives values that differ by a few 255ths,
    because TensorFlow decodes JPEG in a quicker, less exact way. Arguments and errors are those of
    `load_arrays`.

    Example:
        ds_train, ds_valid = ct.load_car_or_truck()
    """
    import tensorflow as tf

    folder = folder or car_or_truck_folder(profile)
    datasets = []
    for part in PARTS:
        # Kept as bytes: ten thousand pictures as floats would take 2 GB.
        pictures, labels, _ = _load_bytes(part, image_size, folder)
        targets = labels[:, None].astype(np.float32)
        dataset = tf.data.Dataset.from_tensor_slices((pictures, targets))
        if part == "train":
            dataset = dataset.shuffle(len(pictures), seed=shuffle_seed)
        dataset = dataset.batch(batch_size).map(_to_float, num_parallel_calls=tf.data.AUTOTUNE)
        datasets.append(dataset.prefetch(tf.data.AUTOTUNE))
    return datasets[0], datasets[1]


def _to_float(pictures: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    import tensorflow as tf

    return tf.cast(pictures, tf.float32) / 255, labels


def _load_bytes(
    part: str, size: tuple[int, int], folder: str | Path
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], tuple[str, ...]]:
    """Decode one part, each file once; pictures as bytes, shape (n, height, width, 3)."""
    if part not in PARTS:
        raise UnknownPartError(f"There is no part `{part}`. Use `train` or `valid`.")
    by_class = files_in(Path(folder), (part,))[part]
    files = [(path, label) for label, name in enumerate(CLASSES) for path in by_class[name]]
    pictures = np.empty((len(files), *size, 3), np.uint8)  # a list first would take twice as much
    for place, (path, _) in enumerate(files):
        pictures[place] = _read(path, size)
    labels = np.array([label for _, label in files], dtype=np.int64)
    return pictures, labels, tuple(f"{path.parent.name}/{path.name}" for path, _ in files)


def _read(path: Path, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    try:
        with Image.open(path) as file:
            picture = file.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BrokenPictureError(
            f"The file `{path}` cannot be read as a picture ({error}). Delete it or replace it; "
            "`coursetools data import` leaves such files out."
        ) from error
    height, width = size
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(picture, dtype=np.uint8)
