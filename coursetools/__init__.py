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
    "load_small": ".datasets",
    "load_trained": ".training",
    "set_seed": ".training",
    "start_tensorflow": ".training.start",
    # operations, kernels, made pictures
    "KERNELS": ".operations",
    "apply_affine_transform": ".operations",
    "blur": ".operations",
    "bottom_sobel": ".operations",
    "circle": ".operations",
    "convolve": ".operations",
    "edge": ".operations",
    "emboss": ".operations",
    "gaussian": ".operations",
    "identity": ".operations",
    "left_sobel": ".operations",
    "random_map": ".operations",
    "random_transform": ".operations",
    "relu": ".operations",
    "right_sobel": ".operations",
    "sharpen": ".operations",
    "top_sobel": ".operations",
    "two_dots": ".operations",
    # figures
    "base_and_head": ".visual",
    "channel_sum": ".visual",
    "confusion_table": ".visual",
    "count_weights": ".visual",
    "course_style": ".visual",
    "draw_data_size": ".visual",
    "draw_history": ".visual",
    "draw_runs": ".visual",
    "extract_feature": ".visual",
    "extraction_strip": ".visual",
    "feature_maps": ".visual",
    "grad_cam": ".visual",
    "gradcam_figure": ".visual",
    "guess_bars": ".visual",
    "head_diagram": ".visual",
    "image_grid": ".visual",
    "kernel_frames": ".visual",
    "kernel_tiles": ".visual",
    "kernels_and_maps": ".visual",
    "layer_kernels": ".visual",
    "loss_curves": ".visual",
    "many_filters": ".visual",
    "mistakes_grid": ".visual",
    "neighbour_rows": ".visual",
    "number_table": ".visual",
    "one_window": ".visual",
    "picture_and_outputs": ".visual",
    "pixel_figure": ".visual",
    "random_kernel": ".visual",
    "read_image": ".visual",
    "relu_applied": ".visual",
    "relu_graph": ".visual",
    "set_style": ".visual",
    "shape_boxes": ".visual",
    "show_extraction": ".visual",
    "show_feature_maps": ".visual",
    "show_image": ".visual",
    "show_kernel": ".visual",
    "three_steps": ".visual",
    "trainable_bar": ".visual",
}

__all__ = [*sorted(_HOMES), "__version__"]

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
