"""An archive in the format of CIFAR-10's: as many pictures, nearly all of them black.

The format holds Python pickles, so a test has to write some.
"""

import io
import pickle
import tarfile

import numpy as np

CAR, TRUCK, AEROPLANE = 1, 9, 0
EACH = 3
"""Cars, and trucks, in each of the six files."""

PER_FILE = 10_000


def picture(batch, number, label):
    """A picture as CIFAR-10 stores it: 3072 bytes, all of red before all of green."""
    planes = np.zeros((3, 32, 32), np.uint8)
    planes[0] = np.arange(32) * 8  # brighter to the right
    planes[1] = 40 * batch + 10 * number
    planes[2] = 255 if label == TRUCK else 0
    return planes.reshape(-1)


def _batch(batch):
    pictures = np.zeros((PER_FILE, 3072), np.uint8)
    labels = [AEROPLANE] * PER_FILE
    for place, label in enumerate([CAR, TRUCK] * EACH):
        labels[17 * place], pictures[17 * place] = label, picture(batch, place // 2, label)
    # Protocol 4 keeps bytes as bytes, as the Python 2 that wrote the real files did.
    return pickle.dumps({b"data": pictures, b"labels": labels}, protocol=4)


def write_archive(path):
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for batch, name in enumerate([*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"]):
            content = _batch(batch)
            info = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
