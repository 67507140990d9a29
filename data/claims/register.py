"""The register of claims: what lessons 1 to 5 say about data, and what measures each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import stored_claims as stored
import trained_claims as trained
from evidence import Evidence
from sums import LARGE, SMALL
from verdict import Finding


@dataclass(frozen=True)
class Claim:
    """A claim about data.

    lesson: the number of the lesson that makes it. words: the claim. measure: gives the
    finding on evidence. trains: whether measuring it takes training; the others read the evidence's
    runs and are tested on the stored ones. pictures: the sets it is about.
    """

    lesson: int
    words: str
    measure: Callable[[Evidence], Finding]
    trains: bool = False
    pictures: tuple[str, ...] = (LARGE,)


CLAIMS: dict[str, Claim] = {
    "transfer-beats-plain": Claim(
        1,
        "A head on the pretrained base beats the three-block network trained from scratch.",
        stored.transfer_beats_the_plain_convnet,
    ),
    "more-pictures-help": Claim(
        1,
        "A head trained on all training pictures beats one trained on 32.",
        stored.more_pictures_help_transfer,
    ),
    "head-overfits": Claim(
        1,
        "The lesson's head does better on its training pictures than on others.",
        stored.the_lessons_head_overfits,
    ),
    "features-once": Claim(
        1,
        "Features computed once give the losses of the plain training.",
        trained.features_once_equal_the_naive_run,
        trains=True,
    ),
    "dead-at-birth": Claim(
        1,
        "A narrow ReLU head can be dead from the start.",
        trained.a_narrow_head_can_be_dead,
        trains=True,
    ),
    "small-shifts": Claim(
        3,
        "Accuracy falls when pictures are moved by 4 pixels.",
        partial(trained.accuracy_falls_under_shifts, pixels=4),
        trains=True,
    ),
    "large-shifts": Claim(
        3,
        "Accuracy falls when pictures are moved by 32 pixels.",
        partial(trained.accuracy_falls_under_shifts, pixels=32),
        trains=True,
    ),
    "averages": Claim(
        3,
        "One unit on the 1,280 averages of the base's maps tells cars from trucks.",
        trained.a_linear_head_on_the_averages_tells_cars_from_trucks,
        trains=True,
    ),
    "plain-overfits": Claim(
        5,
        "The three-block network does better on its training pictures than on others.",
        stored.the_plain_convnet_overfits,
    ),
    "small-overfits": Claim(
        5,
        "So does the small network on the small pictures.",
        stored.the_small_convnet_overfits,
        pictures=(SMALL,),
    ),
    "moving-averages-lag": Claim(
        5,
        "After few steps batch normalization of momentum .99 is behind one of momentum .9.",
        trained.moving_averages_lag,
        trains=True,
        pictures=(SMALL,),
    ),
    "augmentation-narrows": Claim(
        5,
        "Augmentation narrows the gap between training and validation.",
        stored.augmentation_narrows_the_gap,
        pictures=(SMALL,),
    ),
    "augmentation-raises": Claim(
        5,
        "Augmentation raises validation accuracy.",
        stored.augmentation_raises_validation_accuracy,
        pictures=(SMALL,),
    ),
    "augmented-transfer-narrows": Claim(
        5,
        "Augmentation narrows the gap of the head on the pretrained base.",
        stored.augmentation_narrows_the_gap_of_transfer,
    ),
    "four-views": Claim(
        5,
        "Features of four random views end where new views in each epoch do.",
        stored.four_views_do_as_well_as_new_ones,
    ),
}
"""Every claim by its name."""
