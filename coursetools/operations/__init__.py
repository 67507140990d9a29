"""What layers compute, in NumPy alone: windows, pooling and the field of a stack."""

from coursetools.operations.fields import FieldError, FieldRow, field_table, receptive_field
from coursetools.operations.pooling import MapError, average_pool, global_average, max_pool
from coursetools.operations.windows import (
    NoStopError,
    WindowError,
    output_size,
    padding_of,
    starts,
    visit_counts,
)

__all__ = [
    "FieldError",
    "FieldRow",
    "MapError",
    "NoStopError",
    "WindowError",
    "average_pool",
    "field_table",
    "global_average",
    "max_pool",
    "output_size",
    "padding_of",
    "receptive_field",
    "starts",
    "visit_counts",
]
