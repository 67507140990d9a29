"""The augmentation wall: sixteen versions, and warnings that follow the picture's subject."""

from typing import Any

import numpy as np
import pytest

from coursetools import explorers
from coursetools.explorers.label_risks import SUBJECTS, risks
from coursetools.operations import Augmentation
from coursetools.visual import LabelError, PictureError, alt_text
from explorers.html_parts import choose, code, levels, picture, status


def model(answers: np.ndarray) -> Any:
    class Asked:
        input_shape = (None, 16, 16, 3)
        calls: tuple[Any, ...] = ()

        def __call__(self, batch: np.ndarray, training: bool) -> np.ndarray:
            assert training is False
            self.calls = (*self.calls, batch.shape)
            return answers[: len(batch), None]

    return Asked()


def test_shows_the_picture_and_sixteen_versions(images: np.ndarray) -> None:
    explorer = explorers.augmentation(images[:2])
    shown = picture(explorer)
    assert shown.alts[0] == "Picture 0, as it is"
    assert shown.alts[-1] == "Version 16 of 16"
    assert len({str(levels(one)) for one in shown.sources[1:]}) > 8
    before = shown.sources
    explorer.controls["again"].click()
    assert picture(explorer).sources != before
    choose(explorer, draw=1)
    assert picture(explorer).sources == before


def test_the_warning_is_about_what_the_picture_shows(images: np.ndarray) -> None:
    explorer = explorers.augmentation(images[:1], ["truck"])
    assert status(explorer).startswith("Nothing here should change the class. truck: mirrored")
    choose(explorer, upside_down=True)
    assert status(explorer).startswith("Careful: Top to bottom puts a truck on its roof")
    choose(explorer, picture="digit 6", upside_down=False, mirror=False, rotation=180)
    assert explorer.value("subject") == "digits"
    assert "Half a turn makes a 9 of a 6" in status(explorer)
    choose(explorer, picture="tile 1")
    assert explorer.value("subject") == "seen from above"
    assert status(explorer).startswith("Nothing here should change the class.")


@pytest.mark.parametrize(
    ("subject", "asked", "word"),
    [
        ("vehicles", Augmentation(mirror=True, rotation=15, hue=0.3), ""),
        ("vehicles", Augmentation(rotation=90), "on its side"),
        ("digits", Augmentation(mirror=True), "mirrored digit"),
        ("digits", Augmentation(rotation=15), ""),
        ("seen from above", Augmentation(mirror=True, upside_down=True, rotation=180), ""),
        ("seen from above", Augmentation(hue=0.3), "Water"),
        ("flowers", Augmentation(mirror=True, rotation=15, zoom=0.1), ""),
        ("flowers", Augmentation(hue=0.3), "species"),
    ],
)
def test_rules(subject: str, asked: Augmentation, word: str) -> None:
    said = " ".join(risks(subject, asked))
    assert word in said
    assert bool(said) == bool(word)
    assert subject in SUBJECTS


def test_the_network_is_asked_once_a_setting(images: np.ndarray) -> None:
    asked = model(np.linspace(0.2, 0.9, 16, dtype=np.float32))
    explorer = explorers.augmentation(images[:2], model=asked)
    assert asked.calls == ()
    choose(explorer, ask=True)
    assert asked.calls == ((16, 16, 16, 3),)
    assert "Truck 0.20 to 0.90: and changes its mind" in status(explorer)
    assert "Truck 0.90" in picture(explorer).words
    choose(explorer, picture="digit 6")
    assert "pictures of another shape" in status(explorer)
    assert len(asked.calls) == 1


def test_the_code_has_the_strengths(images: np.ndarray) -> None:
    explorer = explorers.augmentation(images[:1])
    choose(explorer, rotation=35, contrast=0.3)
    assert "layers.RandomRotation(0.0972)" in code(explorer)
    assert "layers.RandomContrast((0.3, 0.3), value_range=(0, 1))" in code(explorer)


def test_the_still_marks_what_is_risky(images: np.ndarray) -> None:
    text = alt_text(explorers.augmentation(still=True))
    assert "rotation up to 90 degrees" in text
    assert "hue" not in text.partition("What may")[2]
    flowers = explorers.augmentation(images[:1], subject="flowers", still=True)
    assert "hue up to 10%" in alt_text(flowers)


def test_refuses_other_words_and_shapes(images: np.ndarray) -> None:
    with pytest.raises(ValueError, match="'cats'"):
        explorers.augmentation(images, subject="cats")
    with pytest.raises(LabelError):
        explorers.augmentation(images, ["one"])
    with pytest.raises(PictureError):
        explorers.augmentation({"far": np.full((4, 4, 3), 7.0)})
