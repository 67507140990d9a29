"""What layers compute, in NumPy alone, and pictures to compute it on."""

from coursetools.operations.fields import FieldError, FieldRow, field_table, receptive_field
from coursetools.operations.filters import FilterError, convolve, relu
from coursetools.operations.kernels import (
    KERNELS,
    SpreadError,
    blur,
    bottom_sobel,
    edge,
    emboss,
    gaussian,
    identity,
    left_sobel,
    right_sobel,
    sharpen,
    top_sobel,
)
from coursetools.operations.patterns import PatternError, circle, random_map, two_dots
from coursetools.operations.pooling import MapError, average_pool, global_average, max_pool
from coursetools.operations.transforms import (
    TransformError,
    apply_affine_transform,
    random_transform,
)
from coursetools.operations.windows import (
    NoStopError,
    WindowError,
    output_size,
    padding_of,
    starts,
    visit_counts,
)

__all__ = [
    "KERNELS",
    "FieldError",
    "FieldRow",
    "FilterError",
    "MapError",
    "NoStopError",
    "PatternError",
    "SpreadError",
    "TransformError",
    "WindowError",
    "apply_affine_transform",
    "average_pool",
    "blur",
    "bottom_sobel",
    "circle",
    "convolve",
    "edge",
    "emboss",
    "field_table",
    "gaussian",
    "global_average",
    "identity",
    "left_sobel",
    "max_pool",
    "output_size",
    "padding_of",
    "random_map",
    "random_transform",
    "receptive_field",
    "relu",
    "right_sobel",
    "sharpen",
    "starts",
    "top_sobel",
    "two_dots",
    "visit_counts",
]
