"""Probes: what a kind of answer that needs Keras asks of the student's object.

They run beside the student and hand plain numbers to `coursetools.answers`: sizes, names,
outputs on fixed pictures, never a judgement. A probe looks and does not touch. Nothing is
trained, weights and random states are put back as they were found, and whatever the student's
own code prints or warns meanwhile is not shown.
"""

from coursetools.answers.kind import Probe
from coursetools.probes.augmentation import probe_augmentation
from coursetools.probes.compile_arguments import probe_compile_arguments
from coursetools.probes.model import probe_model
from coursetools.probes.part import probe_layers
from coursetools.probes.weights import probe_weights

PROBES: dict[str, Probe] = {
    "model": probe_model,
    "layers": probe_layers,
    "augmentation": probe_augmentation,
    "compile_arguments": probe_compile_arguments,
    "weights": probe_weights,
}
"""The probes by the name that a kind of answer gives in its `probe`."""

__all__ = [
    "PROBES",
    "probe_augmentation",
    "probe_compile_arguments",
    "probe_layers",
    "probe_model",
    "probe_weights",
]
