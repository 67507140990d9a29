"""The runner without a jail, in a process of its own; see `unconfined`.

python -m coursetools.sandbox.unconfined_main --socket FD MODULE...
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence

from coursetools.sandbox.frames import Frames


def main(arguments: Sequence[str] | None = None) -> None:
    """Import the modules and run what comes over the socket."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("modules", nargs="*")
    asked = parser.parse_args(arguments)
    os.set_inheritable(asked.socket, False)
    sys.path[0] = ""  # as a notebook has it; `python -m` puts the starting folder there
    sys.argv = sys.argv[:1]

    from coursetools.sandbox.runner import import_modules, leave, serve

    import_modules(asked.modules)
    serve(Frames(socket.socket(fileno=asked.socket)))
    leave()


if __name__ == "__main__":
    main()
