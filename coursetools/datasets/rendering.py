"""Held-out pictures from the renderer that made the course's own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from coursetools.datasets.errors import RenderingError
from coursetools.datasets.holdout import SIDE, Holdout, make_holdout, usable_target
from coursetools.paths import checkout_folder


def render_holdout(*, out: str | Path, seed: int, pictures: int) -> Holdout:
    """Render a held-out set from a seed, and put it into a file as `make_holdout` does.

    The renderer speaks on the screen, and needs an environment of its own, which it makes. What it
    has rendered stays in a folder beside `out` until the set is whole, so that a second try goes
    on there.

    Args:
        out: The new set's folder, outside the checkout.
        seed: What the pictures are drawn from. Whoever knows it can make them too.
        pictures: How many of each class; a scene has several cameras, so it may be a few more.

    Raises:
        RenderingError: This is no checkout, or the renderer failed; its own words are on the
            screen.
        InsideCheckoutError, LayoutError, BusyError, OSError: As in `make_holdout`.
    """
    target = usable_target(out)
    checkout = checkout_folder()
    if checkout is None:
        raise RenderingError(
            "Only a checkout of the course has the renderer. Get one, or use pictures of your own "
            "with `coursetools data holdout FOLDER`."
        )
    loose = target.with_name(f"{target.name}-rendering")
    command = [
        sys.executable,
        str(checkout / "data" / "render" / "run.py"),
        *("--holdout", str(loose)),
        *("--seed", str(seed)),
        *("--pictures", str(pictures)),
        *("--size", str(SIDE)),
    ]
    code = subprocess.run(command, check=False).returncode
    if code:
        kept = f" What it finished is in `{loose}`; the same command goes on from there."
        raise RenderingError(
            f"The renderer ended with the code `{code}`; what it said is above."
            f"{kept if loose.is_dir() else ''}"
        )
    result = make_holdout(loose, out=target)
    shutil.rmtree(loose, ignore_errors=True)
    return result
