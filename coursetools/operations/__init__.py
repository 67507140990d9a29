"""What layers compute, in NumPy alone, and pictures to compute it on."""

from coursetools.operations.augmentation import (
    Augmentation,
    AugmentationError,
    turned_hue,
    versions,
)
from coursetools.operations.convnets import Convnet, ConvnetError, PlanLayer
from coursetools.operations.coverage import answering_share
from coursetools.operations.covering import CoverError, cover_places, covered
from coursetools.operations.fields import (
    FieldError,
    FieldRow,
    effective_width,
    field_extent,
    field_table,
    receptive_field,
)
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
from coursetools.operations.series import SERIES_KERNELS, weekly_series
from coursetools.operations.shifts import (
    ShiftError,
    active_cells,
    active_share,
    distinct_after_pools,
    pool_again,
    shifted,
)
from coursetools.operations.stacks import STACKS, Stage, StageRow, stage_rows
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
    "SERIES_KERNELS",
    "STACKS",
    "Augmentation",
    "AugmentationError",
    "Convnet",
    "ConvnetError",
    "CoverError",
    "FieldError",
    "FieldRow",
    "FilterError",
    "MapError",
    "NoStopError",
    "PatternError",
    "PlanLayer",
    "ShiftError",
    "SpreadError",
    "Stage",
    "StageRow",
    "TransformError",
    "WindowError",
    "active_cells",
    "active_share",
    "answering_share",
    "apply_affine_transform",
    "average_pool",
    "blur",
    "bottom_sobel",
    "circle",
    "convolve",
    "cover_places",
    "covered",
    "distinct_after_pools",
    "edge",
    "effective_width",
    "emboss",
    "field_extent",
    "field_table",
    "gaussian",
    "global_average",
    "identity",
    "left_sobel",
    "max_pool",
    "output_size",
    "padding_of",
    "pool_again",
    "random_map",
    "random_transform",
    "receptive_field",
    "relu",
    "right_sobel",
    "sharpen",
    "shifted",
    "stage_rows",
    "starts",
    "top_sobel",
    "turned_hue",
    "two_dots",
    "versions",
    "visit_counts",
    "weekly_series",
]
