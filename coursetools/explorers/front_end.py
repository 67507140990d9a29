"""ipywidgets where it is installed. Without it every explorer gives its still figure."""

from __future__ import annotations

from typing import Any

try:
    import ipywidgets
except ImportError:
    ipywidgets = None

widgets: Any = ipywidgets
"""The module, or None."""


def has_widgets() -> bool:
    """Return whether ipywidgets can be used."""
    return widgets is not None
