"""Claims that runs are the measurement of; with the stored ones they take no training."""

from __future__ import annotations

import statistics

from evidence import Evidence
from verdict import Finding, above_zero, higher, picture_noise, span, within

from coursetools.training import StoredRun


def transfer_beats_the_plain_convnet(evidence: Evidence) -> Finding:
    """Lesson 1's heads at their last epoch against the plain networks at their best one."""
    heads = [_last(run, "val_binary_accuracy") for run in evidence.runs("ten-seeds")]
    plain = [max(run.history["val_binary_accuracy"]) for run in evidence.runs("plain-convnet")]
    noise = picture_noise(statistics.mean(heads + plain), _validation(evidence))
    return Finding(
        higher(heads, plain, noise),
        f"validation accuracy: transfer {span(heads)} after 30 epochs; plain {span(plain)} at its "
        "best epoch",
    )


def more_pictures_help_transfer(evidence: Evidence) -> Finding:
    """The most training pictures against the fewest."""
    by_size: dict[int, list[float]] = {}
    for run in evidence.runs("data-size"):
        by_size.setdefault(run.extra["pictures"], []).append(_last(run, "val_binary_accuracy"))
    few, many = min(by_size), max(by_size)
    noise = picture_noise(statistics.mean(by_size[few] + by_size[many]), _validation(evidence))
    return Finding(
        higher(by_size[many], by_size[few], noise),
        f"validation accuracy: {many:,} pictures {span(by_size[many])}; {few} pictures "
        f"{span(by_size[few])}",
    )


def the_lessons_head_overfits(evidence: Evidence) -> Finding:
    """Training and validation accuracy of lesson 1's living heads."""
    living = [run for run in evidence.runs("ten-seeds") if _lives(run)]
    return _gap_finding(living, _validation(evidence))


def the_plain_convnet_overfits(evidence: Evidence) -> Finding:
    """Training and validation accuracy of the living plain networks at 128x128."""
    runs = evidence.runs("plain-convnet")
    living = [run for run in runs if _lives(run)]
    found = _gap_finding(living, _validation(evidence))
    return Finding(found.verdict, f"{found.numbers}; dead and left out: {len(runs) - len(living)}")


def the_small_convnet_overfits(evidence: Evidence) -> Finding:
    """Training and validation accuracy of the small network without augmentation."""
    return _gap_finding(_small(evidence, "without"), _small_validation(evidence))


def augmentation_narrows_the_gap(evidence: Evidence) -> Finding:
    """The gap of the small network without less that with augmentation, seed by seed."""
    gaps = {kind: [_gap(run) for run in _small(evidence, kind)] for kind in ("without", "with")}
    differences = [a - b for a, b in zip(gaps["without"], gaps["with"], strict=True)]
    accuracies = [_last(run, "val_binary_accuracy") for run in evidence.runs("augmentation-small")]
    noise = picture_noise(statistics.mean(accuracies), _small_validation(evidence))
    return Finding(
        above_zero(differences, noise),
        f"gap without {span(gaps['without'])}, with {span(gaps['with'])}",
    )


def augmentation_raises_validation_accuracy(evidence: Evidence) -> Finding:
    """The small network's last validation accuracy with less that without, seed by seed."""
    reached = {
        kind: [_last(run, "val_binary_accuracy") for run in _small(evidence, kind)]
        for kind in ("without", "with")
    }
    differences = [a - b for a, b in zip(reached["with"], reached["without"], strict=True)]
    noise = picture_noise(
        statistics.mean(reached["with"] + reached["without"]), _small_validation(evidence)
    )
    return Finding(
        above_zero(differences, noise),
        f"validation accuracy without {span(reached['without'])}, with {span(reached['with'])}",
    )


def augmentation_narrows_the_gap_of_transfer(evidence: Evidence) -> Finding:
    """The gap of lesson 1's head, trained plainly and on random views, seed by seed."""
    views = [run for run in evidence.runs("augmented-transfer") if "views" in run.name]
    plain = {run.seed: run for run in evidence.runs("ten-seeds")}
    gaps = [_gap(plain[run.seed]) for run in views], [_gap(run) for run in views]
    differences = [a - b for a, b in zip(*gaps, strict=True)]
    accuracies = [_last(run, "val_binary_accuracy") for run in views]
    noise = picture_noise(statistics.mean(accuracies), _validation(evidence))
    return Finding(
        above_zero(differences, noise),
        f"gap plain {span(gaps[0])}, on four views {span(gaps[1])}",
    )


def four_views_do_as_well_as_new_ones(evidence: Evidence) -> Finding:
    """Last validation accuracy of the true thing less that of the cheaper way, same seed."""
    runs = evidence.runs("augmented-transfer")
    true = {run.seed: _last(run, "val_binary_accuracy") for run in runs if "views" not in run.name}
    views = {run.seed: _last(run, "val_binary_accuracy") for run in runs if "views" in run.name}
    differences = [true[seed] - views[seed] for seed in true]
    limit = 2 * picture_noise(statistics.mean(true.values()), _validation(evidence))
    return Finding(
        within(differences, limit),
        "new in each epoch "
        + ", ".join(f"{value:.3f}" for value in true.values())
        + f"; four views, same seed, {', '.join(f'{views[seed]:.3f}' for seed in true)}, all "
        f"{span(list(views.values()))}; the same is up to {limit:.3f}, and one seed is not enough",
    )


def _small(evidence: Evidence, kind: str) -> list[StoredRun]:
    runs = [run for run in evidence.runs("augmentation-small") if run.name.startswith(f"{kind} ")]
    return sorted(runs, key=lambda run: run.seed)


def _validation(evidence: Evidence) -> int:
    return len(evidence.large.valid_labels)


def _small_validation(evidence: Evidence) -> int:
    return len(evidence.small.valid_labels)


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
