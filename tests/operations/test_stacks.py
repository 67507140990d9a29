"""Known networks, against the models that Keras and this course build."""

import pytest

from coursetools.operations.fields import receptive_field
from coursetools.operations.stacks import STACKS, Stage, StageRow, stage_rows


def windows(name: str) -> list[tuple[int, int]]:
    return [window for stage in STACKS[name] for window in stage.windows]


def windows_of(model: object, *, without: str = "nothing") -> list[tuple[int, int]]:
    """Read (kernel, stride) from a model's layers, but for those that see nothing new."""
    found = []
    for layer in model.layers:  # type: ignore[attr-defined]
        config = layer.get_config()
        kernel = config.get("kernel_size") or config.get("pool_size")
        if kernel is None or layer.name.endswith(without):
            continue
        strides = config.get("strides") or kernel
        if (kernel[0], strides[0]) != (1, 1):
            found.append((kernel[0], strides[0]))
    return found


def test_vgg16_as_keras_builds_it() -> None:
    keras = pytest.importorskip("keras")
    model = keras.applications.VGG16(weights=None, include_top=False, input_shape=(128, 128, 3))
    assert windows("VGG16") == windows_of(model)
    assert model.output_shape[1] == stage_rows(STACKS["VGG16"], 128)[-1].size


def test_resnet50_as_keras_builds_it() -> None:
    keras = pytest.importorskip("keras")
    model = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(96, 96, 3))
    assert windows("ResNet50") == windows_of(model, without="_0_conv")  # the shortcuts
    assert model.output_shape[1] == stage_rows(STACKS["ResNet50"], 96)[-1].size


def test_the_base_as_this_course_builds_it() -> None:
    from coursetools.pretrained import load_pretrained_base

    base = load_pretrained_base()
    assert windows("EfficientNet-Lite0") == windows_of(base)
    assert base.output_shape[1] == stage_rows(STACKS["EfficientNet-Lite0"], 128)[-1].size


def test_rows() -> None:
    stages = (Stage("one", ((3, 1), (2, 2))), Stage("two", ((3, 1),)))
    assert stage_rows(stages, 9) == (StageRow("one", 5, 2, 4), StageRow("two", 5, 2, 8))
    assert stage_rows((), 9) == ()


def test_every_field_exceeds_the_lesson_s_picture() -> None:
    for name, stages in STACKS.items():
        last = stage_rows(stages, 128)[-1]
        assert last.field == receptive_field(windows(name)) > 128
    assert [receptive_field(windows(name)) for name in STACKS] == [851, 212, 483]
