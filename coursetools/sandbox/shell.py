"""IPython beside the student, without a kernel: what a cell shows goes to a `Teller`.

Magics, `await` at the top of a cell, `display` and figures work as in a notebook. There is no
front end: widgets show their text, and nobody answers `input()`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from coursetools.notebook import figures
from coursetools.sandbox.telling import Stream, Teller

_CONFIG = {
    "HistoryManager": {"enabled": False},
    "InteractiveShell": {"colors": "nocolor", "xmode": "Context", "cache_size": 1000},
}


class _Publisher(DisplayPublisher):
    """Takes what `display` shows."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: bool = False,
        **more: Any,
    ) -> None:
        """Tell it, an update as one more thing."""
        shell: Any = self.shell
        if isinstance(data, dict):
            shell.teller.show("display", data)

    def clear_output(self, wait: bool = False) -> None:
        """Leave what was shown: nothing is taken back from a report."""


class _Hook(DisplayHook):
    """Takes what the last line of a cell gave."""

    def write_output_prompt(self) -> None:
        """Write no `Out[1]:`."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Tell the result."""
        shell: Any = self.shell
        shell.teller.show("result", format_dict)


class GradedShell(InteractiveShell):
    """IPython with a teller in place of a front end."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    teller: Teller

    def enable_gui(self, gui: Any = None) -> None:
        """Start no event loop of a window system."""

    def _tee(self, channel: str) -> Any:
        # IPython would keep all that a cell prints, for a history that nobody asks for here: what
        # is beyond the caps and dropped would fill the memory all the same.
        return nullcontext()

    def ask_exit(self) -> None:
        """Let `exit` in a cell be nothing, as in a notebook under nbclient."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: Sequence[str]) -> None:
        self.teller.error(getattr(etype, "__name__", "Exception"), "\n".join(stb))


def make_shell(teller: Teller) -> GradedShell:
    """Make the shell of this process, with figures that carry their text."""
    shell = GradedShell.instance(config=Config(_CONFIG))
    shell.teller = teller
    figures.install(shell, html=False)
    inline = sys.modules.get("matplotlib_inline.backend_inline")
    if inline is not None:  # imported before there was a shell, so that it could not do it itself
        backend = sys.modules["matplotlib"].get_backend()
        pylabtools: Any = import_module("IPython.core.pylabtools")
        pylabtools.activate_matplotlib(backend)
        inline.configure_inline_support(shell, backend)
        figures.install(shell, html=False)  # its callbacks come before the backend's
    return shell


def take_over_streams(teller: Teller) -> None:
    """Send stdout and stderr to the teller; a cell may have put others in their place."""
    sys.stdout = Stream(teller, "stdout")
    sys.stderr = Stream(teller, "stderr")
