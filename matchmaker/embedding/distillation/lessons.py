"""What a stage teaches: which texts stand in a batch together, and how far off the student is.

Translations follow Reimers and Gurevych 2020 (student(de) = student(en) = teacher(en)), with a
second aim beside the cosine: among the texts of a batch the student should see the teacher's
neighborhood (the softmax of similarities, which unlike plain InfoNCE allows near duplicates).
Answers follow van den Oord et al. 2018 (InfoNCE): a need should find its own offer among those
of the batch.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

from matchmaker.embedding.distillation.recipe import Stage
from matchmaker.embedding.distillation.student import Student, pad
from matchmaker.values import FloatArray, IntArray

FAMILY = 8  # neighboring tandems that are drawn together
SCALE = 20.0  # of similarities in a softmax, the usual one of sentence-transformers
POOL = 64  # batches that are sorted by length together


class Lesson(Protocol):
    """Batches for one epoch, and the loss of one of them."""

    def batches(self, stage: Stage, random: np.random.Generator) -> list[IntArray]:
        """Return the rows of each batch, every row once, in random order."""

    def loss(self, student: Student, rows: IntArray, stage: Stage) -> Tensor:
        """Return how far the student is off on these rows, a scalar of at least 0."""


class Translations:
    """Texts in both languages, each with the teacher's vector of its English.

    Parameters
    ----------
    pieces : the word pieces of n texts.
    goal_rows : array (n,), which row of `goals` a text should meet.
    goals : array (m, d), unit vectors.
    """

    def __init__(self, pieces: list[list[int]], goal_rows: IntArray, goals: FloatArray) -> None:
        self._pieces = pieces
        self._goal_rows = goal_rows
        self._goals = goals

    def batches(self, stage: Stage, random: np.random.Generator) -> list[IntArray]:
        """Texts of like length stand together, so that little is padded."""
        lengths = np.array([len(one) for one in self._pieces])
        order = random.permutation(len(lengths))
        starts = range(0, len(order), POOL * stage.batch)
        pools = (order[start : start + POOL * stage.batch] for start in starts)
        batches = [batch for pool in pools for batch in _cut(pool, lengths, stage)]
        return [batches[row] for row in random.permutation(len(batches))]

    def loss(self, student: Student, rows: IntArray, stage: Stage) -> Tensor:
        """Return the distance of the student's vectors from the teacher's."""
        given = _read(student, [self._pieces[row] for row in rows])
        goals = _unit(self._goals[self._goal_rows[rows]], given)
        return distance(given, goals, stage.neighborhood)


class Answers:
    """Needs and the offers that answer them, each in both languages.

    Near misses stand next to each other in the corpus, and so in a batch.

    Parameters
    ----------
    needs, offers : per language the word pieces of n texts, row by row one tandem.
    need_goals, offer_goals : arrays (n, d), the teacher's unit vectors of the English texts,
        which hold the student where it is while it learns which offer answers.
    """

    def __init__(
        self,
        needs: Sequence[list[list[int]]],
        offers: Sequence[list[list[int]]],
        need_goals: FloatArray,
        offer_goals: FloatArray,
        seed: int,
    ) -> None:
        self._needs = needs
        self._offers = offers
        self._need_goals = need_goals
        self._offer_goals = offer_goals
        self._random = np.random.default_rng(seed)

    def batches(self, stage: Stage, random: np.random.Generator) -> list[IntArray]:
        """Families of neighbors, mixed with others."""
        count = len(self._need_goals)
        shift = int(random.integers(0, FAMILY))
        families = np.array_split(np.roll(np.arange(count), shift), max(1, count // FAMILY))
        order = random.permutation(len(families))
        rows = np.concatenate([families[row] for row in order])
        return [rows[start : start + stage.batch] for start in range(0, count, stage.batch)]

    def loss(self, student: Student, rows: IntArray, stage: Stage) -> Tensor:
        """Return InfoNCE in both directions, held by the distance from the teacher."""
        need = _read(student, self._spoken(self._needs, rows))
        offer = _read(student, self._spoken(self._offers, rows))
        similarities = SCALE * need @ offer.T
        own = torch.arange(len(rows), device=need.device)
        found = nn.functional.cross_entropy(similarities, own)
        found = found + nn.functional.cross_entropy(similarities.T, own)
        held = distance(need, _unit(self._need_goals[rows], need), stage.neighborhood)
        held = held + distance(offer, _unit(self._offer_goals[rows], offer), stage.neighborhood)
        return stage.answers * found / 2 + held / 2

    def _spoken(self, texts: Sequence[list[list[int]]], rows: IntArray) -> list[list[int]]:
        languages = self._random.integers(0, len(texts), size=len(rows))
        return [texts[language][row] for language, row in zip(languages, rows, strict=True)]


def distance(given: Tensor, goals: Tensor, neighborhood: float) -> Tensor:
    """Return 4 (1 - cosine), averaged, plus the divergence of the neighborhoods times its weight.

    `given` and `goals` are unit vectors (n, d); 0 exactly where they are equal.
    """
    apart = 4.0 * (1.0 - (given * goals).sum(1)).mean()
    wanted = nn.functional.log_softmax(SCALE * goals @ goals.T, dim=1)
    seen = nn.functional.log_softmax(SCALE * given @ goals.T, dim=1)
    divergence = nn.functional.kl_div(seen, wanted, reduction="batchmean", log_target=True)
    return apart + neighborhood * divergence


def _read(student: Student, pieces: list[list[int]]) -> Tensor:
    device = student.vectors.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        return student(*pad(pieces, device))


def _unit(goals: FloatArray, like: Tensor) -> Tensor:
    return nn.functional.normalize(
        torch.as_tensor(goals, dtype=torch.float32, device=like.device), dim=1
    )


def _cut(pool: IntArray, lengths: IntArray, stage: Stage) -> Iterator[IntArray]:
    pool = pool[np.argsort(lengths[pool], kind="stable")]
    start = 0
    while start < len(pool):
        stop = min(start + stage.batch, len(pool))
        # The last text is the longest, and all are padded to it.
        fitting = max(1, stage.pieces_per_batch // int(lengths[pool[stop - 1]]))
        stop = min(stop, start + fitting)
        yield pool[start:stop]
        start = stop
