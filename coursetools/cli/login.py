"""Who is at the keyboard."""

from __future__ import annotations

import getpass


def login() -> str:
    """Give the login; `""` if it cannot be told."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return ""
