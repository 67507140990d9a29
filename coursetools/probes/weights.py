"""The probe of a network that was handed in: is it the one in the file beside the notebook?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.describe import describe
from coursetools.capstone.weights_file import FILE, read_capstone
from coursetools.probes.untouched import untouched


def probe_weights(model: Any) -> dict[str, Any]:
    """Give the sum, the tag and the size of the file that holds this network.

    Raises:
        UnreadableAnswer: It is outside the published list, or the file holds another one.
    """
    import numpy as np

    with untouched():
        recipe, arrays = describe(model)
    file = Path.cwd() / FILE
    if not file.is_file():
        raise UnreadableAnswer("It is not handed in yet: run `ct.submit(capstone)` first.")
    kept = read_capstone(file)
    same = kept.recipe.nodes == recipe.nodes and all(
        np.array_equal(one, other)
        for node, weights in arrays.items()
        for one, other in zip(weights, kept.arrays[node], strict=True)
    )
    if not same:
        raise UnreadableAnswer(
            f"`{FILE}` holds another network, or this one before it was trained further. Run "
            "`ct.submit(capstone)` again."
        )
    return {"digest": kept.digest, "tag": kept.recipe.tag, "parameters": kept.parameters}
