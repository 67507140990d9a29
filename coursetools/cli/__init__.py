"""The command `coursetools`: one module a group of commands."""

from coursetools.cli.main import app

__all__ = ["app"]
