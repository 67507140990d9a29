"""Tools behind the convolutional-network lessons: pictures, training, exercises and their checks.

A notebook says `import coursetools as ct` and `from coursetools import ____`. The names below
are looked up when they are first used, so that importing this package loads nothing heavy.
"""

from __future__ import annotations

from coursetools._lazy import lazy_names

__version__ = "0.1.0"

_HOMES = {
    # exercises in a notebook
    "____": ".answers",
    "LiveCurves": ".notebook.live",
    "connect": ".notebook",
    "explore": ".explorers:",
    "folded_summary": ".notebook.summary",
    "progress": ".notebook",
    "use": ".notebook",
    # pictures, bases, training
    "car_or_truck_folder": ".datasets",
    "lesson_picture": ".datasets",
    "load_arrays": ".datasets",
    "load_car_or_truck": ".datasets",
    "picture_path": ".datasets",
    "imagenet_names": ".pretrained",
    "load_pretrained_base": ".pretrained",
    "load_pretrained_classifier": ".pretrained",
    "fit": ".training",
    "history_frame": ".training",
    "load_history": ".training",
    "load_runs": ".training",
    "load_trained": ".training",
    "set_seed": ".training",
    "start_tensorflow": ".training.start",
    # figures
    "base_and_head": ".visual",
    "confusion_table": ".visual",
    "count_weights": ".visual",
    "course_style": ".visual",
    "draw_data_size": ".visual",
    "draw_history": ".visual",
    "draw_runs": ".visual",
    "grad_cam": ".visual",
    "gradcam_figure": ".visual",
    "guess_bars": ".visual",
    "head_diagram": ".visual",
    "image_grid": ".visual",
    "loss_curves": ".visual",
    "mistakes_grid": ".visual",
    "neighbour_rows": ".visual",
    "pixel_figure": ".visual",
    "show_image": ".visual",
    "trainable_bar": ".visual",
}

__all__ = [*sorted(_HOMES), "__version__"]

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
