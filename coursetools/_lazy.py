"""Names that a package offers but imports only when somebody asks for one (PEP 562).

TensorFlow takes seconds to import; a command that never needs it, or a student who types
`import coursetools`, should not wait for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Make the `__getattr__` and `__dir__` of a package from a table of its names.

    Args:
        package: Full name of the package, its `__name__`.
        homes: For each public name, the module that holds it, relative to the package
            (`".load"`). A home written as `".explorers:"`, with a colon at its end, stands for
            the module itself.
    """

    def find(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module `{package}` has no attribute `{name}`")
        module = import_module(home.rstrip(":"), package)
        value = module if home.endswith(":") else getattr(module, name)
        setattr(sys.modules[package], name, value)  # the next look-up no longer comes here
        return value

    def list_names() -> list[str]:
        return sorted(set(vars(sys.modules[package])) | set(homes))

    return find, list_names
