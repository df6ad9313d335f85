"""The loop that teaches one stage: rates, checkpoints, and the mean of the last weights."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from matchmaker.embedding.distillation.lessons import Lesson
from matchmaker.embedding.distillation.recipe import Stage
from matchmaker.embedding.distillation.student import Student

SAVE_EVERY = 500
AVERAGE_FROM = 0.6  # of a stage's steps; the last ones are averaged, if the stage asks for it
AVERAGE_EVERY = 20

Optimizers = list[tuple[torch.optim.Optimizer, float]]


def train(
    student: Student,
    lesson: Lesson,
    stage: Stage,
    seed: int,
    checkpoint: Path,
    report: Callable[[int, int, float], None],
) -> None:
    """Teach one stage, in place; an interrupted run goes on at its last checkpoint.

    `report` is called after each step with the number of steps done, of all steps, and the loss.
    """
    random = np.random.default_rng(seed)
    batches = [batch for _ in range(stage.epochs) for batch in lesson.batches(stage, random)]
    optimizers = _optimizers(student, stage)
    average: dict[str, Tensor] = {}
    for step in range(_resume(student, optimizers, average, checkpoint), len(batches)):
        for optimizer, rate in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate * _schedule(step, len(batches))
            optimizer.zero_grad()
        loss = lesson.loss(student, batches[step], stage)
        loss.backward()
        if stage.body_rate:
            nn.utils.clip_grad_norm_(student.body_parameters(), 1.0)
        for optimizer, _ in optimizers:
            optimizer.step()
        if stage.average and step >= AVERAGE_FROM * len(batches) and step % AVERAGE_EVERY == 0:
            _add(average, student)
        if (step + 1) % SAVE_EVERY == 0:
            _keep(student, optimizers, average, step + 1, checkpoint)
        report(step + 1, len(batches), float(loss.detach()))
    if average:
        count = average.pop("count")
        student.body.load_state_dict({name: value / count for name, value in average.items()})


def _schedule(step: int, steps: int) -> float:
    """A short rise, then a straight line down to a twentieth."""
    rise = max(1, steps // 50)
    return min((step + 1) / rise, 0.05 + 0.95 * (steps - step) / steps)


def _optimizers(student: Student, stage: Stage) -> Optimizers:
    # A batch touches few of the vectors; a dense optimizer would rewrite all of them.
    vectors = torch.optim.SparseAdam([student.vectors], lr=stage.vector_rate)
    optimizers: Optimizers = [(vectors, stage.vector_rate)]
    for parameter in student.body_parameters():
        parameter.requires_grad_(stage.body_rate > 0)
    if stage.body_rate:
        body = torch.optim.AdamW(student.body_parameters(), lr=stage.body_rate, weight_decay=0.0)
        optimizers.append((body, stage.body_rate))
    return optimizers


def _add(average: dict[str, Tensor], student: Student) -> None:
    for name, value in student.body.state_dict().items():
        average[name] = average[name] + value.cpu() if name in average else value.cpu().clone()
    average["count"] = average.get("count", torch.zeros(())) + 1


def _keep(
    student: Student,
    optimizers: Optimizers,
    average: dict[str, Tensor],
    step: int,
    checkpoint: Path,
) -> None:
    content = {
        "step": step,
        "student": student.body.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer, _ in optimizers],
        "average": average,
    }
    part = checkpoint.with_suffix(".part")
    torch.save(content, part)
    part.rename(checkpoint)


def _resume(
    student: Student, optimizers: Optimizers, average: dict[str, Tensor], checkpoint: Path
) -> int:
    """Take up a checkpoint, if there is one, and return its number of steps."""
    if not checkpoint.exists():
        return 0
    device = student.vectors.device
    content = torch.load(checkpoint, map_location=device, weights_only=True)
    student.body.load_state_dict(content["student"])
    for (optimizer, _), state in zip(optimizers, content["optimizers"], strict=True):
        optimizer.load_state_dict(state)
    average.update({name: value.cpu() for name, value in content["average"].items()})
    return int(content["step"])
