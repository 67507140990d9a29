"""Claims that the stored runs are the measurement of; they take no training."""

from __future__ import annotations

import statistics

from verdict import Finding, above_zero, higher, picture_noise, span, within

from coursetools.datasets import load_small
from coursetools.training import StoredRun, load_runs

VALIDATION = 256
"""Validation pictures of the lessons' set."""

FEW, MANY = 32, 512


def transfer_beats_the_plain_convnet() -> Finding:
    """Lesson 1's heads at their last epoch against the plain networks at their best one."""
    heads = [_last(run, "val_binary_accuracy") for run in load_runs("ten-seeds")]
    plain = [max(run.history["val_binary_accuracy"]) for run in load_runs("plain-convnet")]
    noise = picture_noise(statistics.mean(heads + plain), VALIDATION)
    return Finding(
        higher(heads, plain, noise),
        f"validation accuracy: transfer {span(heads)} after 30 epochs; plain {span(plain)} at its "
        "best epoch",
    )


def more_pictures_help_transfer() -> Finding:
    """The most training pictures against the fewest."""
    by_size = {
        size: [
            _last(run, "val_binary_accuracy")
            for run in load_runs("data-size")
            if run.extra["pictures"] == size
        ]
        for size in (FEW, MANY)
    }
    noise = picture_noise(statistics.mean(by_size[FEW] + by_size[MANY]), VALIDATION)
    return Finding(
        higher(by_size[MANY], by_size[FEW], noise),
        f"validation accuracy: {MANY} pictures {span(by_size[MANY])}; {FEW} pictures "
        f"{span(by_size[FEW])}",
    )


def the_lessons_head_overfits() -> Finding:
    """Training and validation accuracy of lesson 1's living heads."""
    living = [run for run in load_runs("ten-seeds") if _lives(run)]
    return _gap_finding(living, VALIDATION)


def the_plain_convnet_overfits() -> Finding:
    """Training and validation accuracy of the living plain networks at 128x128."""
    runs = load_runs("plain-convnet")
    living = [run for run in runs if _lives(run)]
    found = _gap_finding(living, VALIDATION)
    return Finding(found.verdict, f"{found.numbers}; dead and left out: {len(runs) - len(living)}")


def the_small_convnet_overfits() -> Finding:
    """Training and validation accuracy of the small network without augmentation."""
    return _gap_finding(_small("without"), _small_validation())


def augmentation_narrows_the_gap() -> Finding:
    """The gap of the small network without less that with augmentation, seed by seed."""
    gaps = {kind: [_gap(run) for run in _small(kind)] for kind in ("without", "with")}
    differences = [a - b for a, b in zip(gaps["without"], gaps["with"], strict=True)]
    accuracies = [_last(run, "val_binary_accuracy") for run in load_runs("augmentation-small")]
    noise = picture_noise(statistics.mean(accuracies), _small_validation())
    return Finding(
        above_zero(differences, noise),
        f"gap without {span(gaps['without'])}, with {span(gaps['with'])}",
    )


def augmentation_raises_validation_accuracy() -> Finding:
    """The small network's last validation accuracy with less that without, seed by seed."""
    reached = {
        kind: [_last(run, "val_binary_accuracy") for run in _small(kind)]
        for kind in ("without", "with")
    }
    differences = [a - b for a, b in zip(reached["with"], reached["without"], strict=True)]
    noise = picture_noise(
        statistics.mean(reached["with"] + reached["without"]), _small_validation()
    )
    return Finding(
        above_zero(differences, noise),
        f"validation accuracy without {span(reached['without'])}, with {span(reached['with'])}",
    )


def augmentation_narrows_the_gap_of_transfer() -> Finding:
    """The gap of lesson 1's head, trained plainly and on random views, seed by seed."""
    views = [run for run in load_runs("augmented-transfer") if "views" in run.name]
    plain = {run.seed: run for run in load_runs("ten-seeds")}
    gaps = [_gap(plain[run.seed]) for run in views], [_gap(run) for run in views]
    differences = [a - b for a, b in zip(*gaps, strict=True)]
    accuracies = [_last(run, "val_binary_accuracy") for run in views]
    noise = picture_noise(statistics.mean(accuracies), VALIDATION)
    return Finding(
        above_zero(differences, noise),
        f"gap plain {span(gaps[0])}, on four views {span(gaps[1])}",
    )


def four_views_do_as_well_as_new_ones() -> Finding:
    """Last validation accuracy of the true thing less that of the cheaper way, same seed."""
    runs = load_runs("augmented-transfer")
    true = {run.seed: _last(run, "val_binary_accuracy") for run in runs if "views" not in run.name}
    views = {run.seed: _last(run, "val_binary_accuracy") for run in runs if "views" in run.name}
    differences = [true[seed] - views[seed] for seed in true]
    limit = 2 * picture_noise(statistics.mean(true.values()), VALIDATION)
    return Finding(
        within(differences, limit),
        "new in each epoch "
        + ", ".join(f"{value:.3f}" for value in true.values())
        + f"; four views, same seed, {', '.join(f'{views[seed]:.3f}' for seed in true)}, all "
        f"{span(list(views.values()))}; the same is up to {limit:.3f}, and one seed is not enough",
    )


def _small(kind: str) -> list[StoredRun]:
    runs = [run for run in load_runs("augmentation-small") if run.name.startswith(f"{kind} ")]
    return sorted(runs, key=lambda run: run.seed)


def _small_validation() -> int:
    return len(load_small("valid")[1])


def _gap_finding(runs: list[StoredRun], pictures: int) -> Finding:
    training = [_last(run, "binary_accuracy") for run in runs]
    validation = [_last(run, "val_binary_accuracy") for run in runs]
    noise = picture_noise(statistics.mean(validation), pictures)
    return Finding(
        above_zero([_gap(run) for run in runs], noise),
        f"last accuracy: training {span(training)}, validation {span(validation)}",
    )


def _gap(run: StoredRun) -> float:
    return _last(run, "binary_accuracy") - _last(run, "val_binary_accuracy")


def _last(run: StoredRun, curve: str) -> float:
    return run.history[curve][-1]


def _lives(run: StoredRun) -> bool:
    return run.extra["share_of_zeros"] != 1
