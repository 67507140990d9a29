"""Handing in a trained network: `ct.submit(capstone)` writes it beside the notebook.

What is written is read back and built anew at once, as the judge will do it, so that a network
which cannot be handed in is known while its author is still at work on it.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from coursetools.answers import plain
from coursetools.answers.blank import is_blank
from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.describe import describe, takes_pictures
from coursetools.capstone.rebuild import rebuild
from coursetools.capstone.recipe import INPUT
from coursetools.capstone.weights_file import FILE, read_capstone, write_capstone
from coursetools.notebook import look
from coursetools.notebook.card import show
from coursetools.notebook.render import note_card
from coursetools.probes.untouched import untouched

_PICTURES = 5
_NEAR = 1e-4
_REASON = 200
_NOT = "Nothing was handed in"


def submit(model: Any) -> None:
    """Write a trained network as `capstone.npz` beside the notebook, and say what was written.

    Args:
        model: A Keras model of the published list of layers, from pictures of 32x32x3 in 0 to 1
            to one probability of *truck*. The blank says only that nothing is handed in yet.

    Example:
        ct.submit(capstone)
    """
    if is_blank(model):
        show(note_card("No submission yet: put your trained network in place of the blank."))
        return
    file = Path.cwd() / FILE
    try:
        with untouched():
            told = _written(model, file)
    except UnreadableAnswer as error:
        show(note_card(str(error), look.UNREADABLE, word=_NOT))
        return
    except plain.HOSTILE as error:  # a model of one's own may raise anything, a disk may be full
        problem = f"{plain.type_name(error)}: {plain.clean(str(error), _REASON)}"
        show(note_card(f"Writing `{FILE}` met `{problem}`.", look.UNREADABLE, word=_NOT))
        return
    show(note_card(told, word="Handed in"))


def _written(model: Any, file: Path) -> str:
    """Write the file, hold it against the model, and say what is in it."""
    recipe, arrays = describe(model, secrets.token_hex(8))
    if not takes_pictures(model):
        raise UnreadableAnswer(
            f"Your network takes `{getattr(model, 'input_shape', None)}`; a capstone takes "
            f"pictures of `{INPUT}`."
        )
    trial = file.with_suffix(".trial.npz")
    try:
        write_capstone(trial, recipe, arrays)
        capstone = read_capstone(trial)
        _fail_unless_alike(model, rebuild(capstone))
        trial.replace(file)
    finally:
        trial.unlink(missing_ok=True)
    size = file.stat().st_size / 1024
    return (
        f"`{FILE}` has {len(recipe.nodes)} layers, {capstone.parameters:,} parameters, "
        f"{size:.0f} kB. The check below has it judged, which takes about as long as TensorFlow "
        "needs to start."
    )


def _fail_unless_alike(model: Any, rebuilt: Any) -> None:
    import numpy as np

    pictures = np.random.default_rng(0).random((_PICTURES, *INPUT), np.float32)
    ours, own = (np.asarray(m(pictures, training=False)) for m in (rebuilt, model))
    if ours.shape != own.shape or not np.allclose(ours, own, atol=_NEAR):
        raise UnreadableAnswer(
            "Built anew from the published list of layers, your network does not answer as it "
            "does here. Does it use a layer or an activation of your own?"
        )
