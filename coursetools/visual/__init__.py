"""The course's figures: from arrays, a history or a model to a picture with a description."""

from coursetools.operations import (
    KERNELS,
    apply_affine_transform,
    blur,
    bottom_sobel,
    circle,
    edge,
    emboss,
    gaussian,
    identity,
    left_sobel,
    random_map,
    random_transform,
    right_sobel,
    sharpen,
    top_sobel,
    two_dots,
)
from coursetools.visual.alt import alt_text, describe
from coursetools.visual.averages import averages_figure
from coursetools.visual.axes_boxes import AxesError, shape_boxes
from coursetools.visual.block_chain import block_chain
from coursetools.visual.block_inside import block_inside
from coursetools.visual.channel_sum import channel_sum
from coursetools.visual.channels import channel_figure, separating_channels
from coursetools.visual.class_changes import Change, class_changes, lesson_changes
from coursetools.visual.confusion import confusion, confusion_table
from coursetools.visual.data_size import draw_data_size
from coursetools.visual.dead_space import show_dead_space
from coursetools.visual.embed import figure_html, figure_png
from coursetools.visual.equivariance import equivariance_figure
from coursetools.visual.extraction import StepError, show_extraction
from coursetools.visual.feature_maps import feature_maps, show_feature_maps
from coursetools.visual.field_cone import field_cone
from coursetools.visual.field_gradient import field_by_gradient
from coursetools.visual.field_heat import field_heat
from coursetools.visual.filter_bank import many_filters
from coursetools.visual.flatten_or_average import flatten_or_average
from coursetools.visual.gap import draw_gaps, last_gap
from coursetools.visual.gradcam import grad_cam
from coursetools.visual.guesses import guess_bars, top_guesses
from coursetools.visual.head import head_diagram
from coursetools.visual.heat import gradcam_figure
from coursetools.visual.history import best_epoch, draw_history
from coursetools.visual.images import image_grid, show_image
from coursetools.visual.inputs import (
    CurvesError,
    LabelError,
    NetworkError,
    PictureError,
    ProbabilityError,
)
from coursetools.visual.kernel import show_kernel
from coursetools.visual.kernel_grid import kernels_and_maps
from coursetools.visual.known_networks import UnknownNetworkError, network_fields, network_table
from coursetools.visual.layers import WeightCount, count_weights
from coursetools.visual.learning import kernel_frames
from coursetools.visual.lens import kernel_lenses
from coursetools.visual.loss import binary_cross_entropy, loss_curves
from coursetools.visual.maps import KernelError
from coursetools.visual.mistakes import mistakes_grid
from coursetools.visual.model_kernels import kernel_tiles, layer_kernels, random_kernel
from coursetools.visual.neighbour_rows import neighbour_rows
from coursetools.visual.neighbours import nearest, same_class_share
from coursetools.visual.network import base_and_head
from coursetools.visual.network_to_scale import network_to_scale
from coursetools.visual.numbers import number_table, picture_and_outputs
from coursetools.visual.one_window import one_window
from coursetools.visual.parameter_bars import parameter_bars
from coursetools.visual.picture_files import PictureFileError, read_image
from coursetools.visual.pixels import pixel_figure
from coursetools.visual.pool_arithmetic import pool_arithmetic
from coursetools.visual.pool_kinds import max_against_average, pooling_pictures
from coursetools.visual.pooling_steps import pooling_steps
from coursetools.visual.relu import relu_applied, relu_graph
from coursetools.visual.runs import draw_runs
from coursetools.visual.series import SeriesError, draw_series, step_spread
from coursetools.visual.shift_accuracy import draw_shift_accuracy, standard_errors
from coursetools.visual.shift_figure import distinct_table, shift_figure
from coursetools.visual.sliding import SlidingWindow, sliding_window
from coursetools.visual.spread import draw_spread, spread_words
from coursetools.visual.steps import ActivationError, extract_feature, three_steps
from coursetools.visual.strided_maps import strided_maps
from coursetools.visual.strip import extraction_strip
from coursetools.visual.style import course_style, set_style
from coursetools.visual.versions import augmented_batch, many_versions
from coursetools.visual.visits import visit_figure
from coursetools.visual.weights import trainable_bar
from coursetools.visual.window_rows import same_padding_figure, window_rows

__all__ = [
    "KERNELS",
    "ActivationError",
    "AxesError",
    "Change",
    "CurvesError",
    "KernelError",
    "LabelError",
    "NetworkError",
    "PictureError",
    "PictureFileError",
    "ProbabilityError",
    "SeriesError",
    "SlidingWindow",
    "StepError",
    "UnknownNetworkError",
    "WeightCount",
    "alt_text",
    "apply_affine_transform",
    "augmented_batch",
    "averages_figure",
    "base_and_head",
    "best_epoch",
    "binary_cross_entropy",
    "block_chain",
    "block_inside",
    "blur",
    "bottom_sobel",
    "channel_figure",
    "channel_sum",
    "circle",
    "class_changes",
    "confusion",
    "confusion_table",
    "count_weights",
    "course_style",
    "describe",
    "distinct_table",
    "draw_data_size",
    "draw_gaps",
    "draw_history",
    "draw_runs",
    "draw_series",
    "draw_shift_accuracy",
    "draw_spread",
    "edge",
    "emboss",
    "equivariance_figure",
    "extract_feature",
    "extraction_strip",
    "feature_maps",
    "field_by_gradient",
    "field_cone",
    "field_heat",
    "figure_html",
    "figure_png",
    "flatten_or_average",
    "gaussian",
    "grad_cam",
    "gradcam_figure",
    "guess_bars",
    "head_diagram",
    "identity",
    "image_grid",
    "kernel_frames",
    "kernel_lenses",
    "kernel_tiles",
    "kernels_and_maps",
    "last_gap",
    "layer_kernels",
    "left_sobel",
    "lesson_changes",
    "loss_curves",
    "many_filters",
    "many_versions",
    "max_against_average",
    "mistakes_grid",
    "nearest",
    "neighbour_rows",
    "network_fields",
    "network_table",
    "network_to_scale",
    "number_table",
    "one_window",
    "parameter_bars",
    "picture_and_outputs",
    "pixel_figure",
    "pool_arithmetic",
    "pooling_pictures",
    "pooling_steps",
    "random_kernel",
    "random_map",
    "random_transform",
    "read_image",
    "relu_applied",
    "relu_graph",
    "right_sobel",
    "same_class_share",
    "same_padding_figure",
    "separating_channels",
    "set_style",
    "shape_boxes",
    "sharpen",
    "shift_figure",
    "show_dead_space",
    "show_extraction",
    "show_feature_maps",
    "show_image",
    "show_kernel",
    "sliding_window",
    "spread_words",
    "standard_errors",
    "step_spread",
    "strided_maps",
    "three_steps",
    "top_guesses",
    "top_sobel",
    "trainable_bar",
    "two_dots",
    "visit_figure",
    "window_rows",
]
