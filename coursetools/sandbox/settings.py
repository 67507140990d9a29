"""What a run finds imported and set; the host names it, without importing any of it."""

from __future__ import annotations

from collections.abc import Mapping

WARM = (
    "numpy",
    "tensorflow",
    "keras",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "pandas",
    "skimage.data",
    "ipywidgets",
    "IPython.core.completer",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PpmImagePlugin",
    "pygments.formatters.terminal256",
    "stack_data",
    "coursetools.datasets",
    "coursetools.datasets.folders",
    "coursetools.datasets.load",
    "coursetools.explorers",
    "coursetools.notebook.live",
    "coursetools.notebook.summary",
    "coursetools.operations",
    "coursetools.pretrained",
    "coursetools.pretrained.bases",
    "coursetools.training",
    "coursetools.training.start",
    "coursetools.training.stored",
    "coursetools.visual",
)
"""What is imported before the first cell, all of it free of solutions and checks."""

WARM_IN: Mapping[int, tuple[str, ...]] = {
    1: ("coursetools.pretrained.kept",),
    2: ("scipy.signal",),
}
"""What only one lesson needs, by its number: SciPy's signals take a third of all imports' time."""

ENVIRONMENT = {
    **dict.fromkeys(
        (
            "OPENBLAS_NUM_THREADS",
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "TF_NUM_INTRAOP_THREADS",
            "TF_NUM_INTEROP_THREADS",
        ),
        "1",
    ),
    "COURSETOOLS_PROFILE": "reduced",
    "KERAS_BACKEND": "tensorflow",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
}
"""Has to be set before Python starts: one thread, so that forking is sound and results are the
same on every machine of a kind, and the same order in every set."""
