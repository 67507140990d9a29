"""The course's explorers: pictures to play with, and a still of each where widgets do not work.

Each function returns something a notebook shows. `still=True`, or a Python without ipywidgets,
gives the still figure at once. A function, and what it draws with, is imported when it is first
used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursetools._lazy import lazy_names

if TYPE_CHECKING:
    from coursetools.explorers.augmentation_wall import augmentation
    from coursetools.explorers.conv_arithmetic import arithmetic
    from coursetools.explorers.convnet_builder import network_builder
    from coursetools.explorers.extraction_lab import extraction
    from coursetools.explorers.feature_browser import feature_maps
    from coursetools.explorers.feature_space import neighbours
    from coursetools.explorers.field_tracer import receptive_field
    from coursetools.explorers.kernel_lab import kernel_playground
    from coursetools.explorers.mistakes_gallery import mistakes
    from coursetools.explorers.network_inside import inside
    from coursetools.explorers.occlusion_lab import occlusion
    from coursetools.explorers.pool_steps import pool_stepper
    from coursetools.explorers.shift_lab import ring
    from coursetools.explorers.where_it_looks import gradcam
    from coursetools.explorers.window_steps import window_stepper

__all__ = [
    "arithmetic",
    "augmentation",
    "extraction",
    "feature_maps",
    "gradcam",
    "inside",
    "kernel_playground",
    "mistakes",
    "neighbours",
    "network_builder",
    "occlusion",
    "pool_stepper",
    "receptive_field",
    "ring",
    "window_stepper",
]

_HOMES = {
    "arithmetic": ".conv_arithmetic",
    "augmentation": ".augmentation_wall",
    "extraction": ".extraction_lab",
    "feature_maps": ".feature_browser",
    "gradcam": ".where_it_looks",
    "inside": ".network_inside",
    "kernel_playground": ".kernel_lab",
    "mistakes": ".mistakes_gallery",
    "neighbours": ".feature_space",
    "network_builder": ".convnet_builder",
    "occlusion": ".occlusion_lab",
    "pool_stepper": ".pool_steps",
    "receptive_field": ".field_tracer",
    "ring": ".shift_lab",
    "window_stepper": ".window_steps",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
