"""Importing this reads the weights of EfficientNet-Lite0 and keeps them.

For a process that others are forked from: they then need not read the file, each for itself. No
TensorFlow operation runs. Where the file is missing or damaged, nothing is kept, and whoever asks
for the base is told so.
"""

from __future__ import annotations

import contextlib

from coursetools.pretrained.errors import BrokenWeightsError, WeightsNotFoundError
from coursetools.pretrained.lite0_weights import keep_lite0_weights

with contextlib.suppress(BrokenWeightsError, WeightsNotFoundError):
    keep_lite0_weights()
