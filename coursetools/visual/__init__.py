"""The course's figures: from arrays, a history or a model to a picture with a description."""

from coursetools.visual.alt import alt_text, describe
from coursetools.visual.confusion import confusion, confusion_table
from coursetools.visual.data_size import draw_data_size
from coursetools.visual.embed import figure_html, figure_png
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
from coursetools.visual.layers import WeightCount, count_weights
from coursetools.visual.loss import binary_cross_entropy, loss_curves
from coursetools.visual.mistakes import mistakes_grid
from coursetools.visual.neighbour_rows import neighbour_rows
from coursetools.visual.neighbours import nearest, same_class_share
from coursetools.visual.network import base_and_head
from coursetools.visual.pixels import pixel_figure
from coursetools.visual.runs import draw_runs
from coursetools.visual.style import course_style
from coursetools.visual.weights import trainable_bar

__all__ = [
    "CurvesError",
    "LabelError",
    "NetworkError",
    "PictureError",
    "ProbabilityError",
    "WeightCount",
    "alt_text",
    "base_and_head",
    "best_epoch",
    "binary_cross_entropy",
    "confusion",
    "confusion_table",
    "count_weights",
    "course_style",
    "describe",
    "draw_data_size",
    "draw_history",
    "draw_runs",
    "figure_html",
    "figure_png",
    "grad_cam",
    "gradcam_figure",
    "guess_bars",
    "head_diagram",
    "image_grid",
    "loss_curves",
    "mistakes_grid",
    "nearest",
    "neighbour_rows",
    "pixel_figure",
    "same_class_share",
    "show_image",
    "top_guesses",
    "trainable_bar",
]
