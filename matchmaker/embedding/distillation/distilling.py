"""From pairs of texts and a teacher to a folder with a student: the whole way, resumable.

Every step leaves a file in the work folder and is skipped when that is there, so that an
interrupted run goes on where it was: vocabulary, first vectors, the teacher's vectors, and in
each stage the last checkpoint. A run on a GPU and one on a CPU read and write the same files.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertModel

from matchmaker.embedding.distillation.first_vectors import first_vectors
from matchmaker.embedding.distillation.lessons import Answers, Lesson, Translations
from matchmaker.embedding.distillation.pairs import CORPUS, Pair, joined, read_pairs, read_tandems
from matchmaker.embedding.distillation.recipe import Recipe, Stage
from matchmaker.embedding.distillation.student import Student, save
from matchmaker.embedding.distillation.teacher import teach
from matchmaker.embedding.distillation.training import train
from matchmaker.embedding.distillation.vocabulary import (
    LONGEST,
    build_tokenizer,
    count_words,
    german_pieces,
    latin_pieces,
    teacher_vocabulary,
)
from matchmaker.values import FloatArray

# A sentence counts as often as this many dictionary entries: it is language in use.
SENTENCE_WEIGHT = 3

Report = Callable[[str, int, int, float], None]


def distil(
    data: Path,
    known: set[int],
    teacher: Path,
    recipe: Recipe,
    work: Path,
    out: Path,
    report: Report,
    corpus: Path = CORPUS,
) -> None:
    """Teach a student and write it to `out`, a folder that `SentenceTransformer(out)` loads.

    Parameters
    ----------
    data : the folder with `parallel` and `ref`.
    known : fingerprints of the texts that must not be taught.
    teacher : folder of the English model whose body the student starts from.
    work : where the steps leave their files; gigabytes.
    report : called with the name of the step, how much of it is done, of how much, and the
        loss (0 where there is none).
    corpus : the folder of the pairs written for this project.
    """
    work.mkdir(parents=True, exist_ok=True)
    report("reading", 0, 1, 0.0)
    sources = read_pairs(data, known, corpus)
    sentences = [*sources["sentences"], *sources["corpus"]]
    sources["paragraphs"] = joined(sentences, recipe.paragraphs, recipe.seed)
    report("vocabulary", 0, 1, 0.0)
    tokenizer, vectors = _start(sources, teacher, recipe, work)
    student = Student.from_teacher(teacher, tokenizer, vectors)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    student.body.to(device)
    school = _School(sources, read_tandems(known, corpus), tokenizer, teacher, work, report)
    for number, (name, stage) in enumerate(recipe.stages.items()):
        finished = work / f"{name}.finished.pt"
        if not finished.exists():
            seed = recipe.seed + number
            lesson, told = school.lesson(stage, seed), partial(report, name)
            train(student, lesson, stage, seed, work / f"{name}.pt", told)
            torch.save(student.body.state_dict(), finished)
        student.body.load_state_dict(torch.load(finished, map_location=device, weights_only=True))
    student.body.to("cpu")
    save(student, out)


def _start(
    sources: Mapping[str, list[Pair]], teacher: Path, recipe: Recipe, work: Path
) -> tuple[Tokenizer, FloatArray]:
    """Build the tokenizer and the first vectors (pieces, d), or take up those that are there."""
    kept_tokenizer, kept_vectors = work / "tokenizer.json", work / "first_vectors.npy"
    if not kept_vectors.exists():
        rows = teacher_vocabulary(teacher)
        kept = latin_pieces(rows)
        plain = build_tokenizer(kept)
        german: Counter[str] = Counter()
        english: Counter[str] = Counter()
        for name, pairs in sources.items():
            if name != "paragraphs":
                weight = 1 if name == "dictionary" else SENTENCE_WEIGHT
                german += count_words(plain, (pair.de for pair in pairs), weight)
                english += count_words(plain, (pair.en for pair in pairs), weight)
        body = BertModel.from_pretrained(str(teacher))
        longest = min(LONGEST, body.config.max_position_embeddings)
        new = german_pieces(kept, german, english, recipe.german_pieces)
        tokenizer = build_tokenizer([*kept, *new], longest)
        tokenizer.save(str(kept_tokenizer))
        table = body.embeddings.word_embeddings.weight.detach().numpy().astype(np.float64)
        taught = [pair for pairs in sources.values() for pair in pairs]
        old = table[[rows[piece] for piece in kept]]
        found = first_vectors(taught, tokenizer, _bare(teacher), table, old)
        np.save(kept_vectors, np.vstack([old, found]).astype(np.float32))
    return Tokenizer.from_file(str(kept_tokenizer)), np.load(kept_vectors)


def _bare(teacher: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@dataclass(frozen=True, slots=True)
class _School:
    """Texts, tokenizer and teacher: all that a lesson is made of."""

    sources: Mapping[str, list[Pair]]
    tandems: list[tuple[Pair, Pair]]
    tokenizer: Tokenizer
    teacher: Path
    work: Path
    report: Report

    def lesson(self, stage: Stage, seed: int) -> Lesson:
        """Draw what a stage teaches, and have the teacher's vectors ready."""
        return self._answers(seed) if stage.answers else self._translations(stage, seed)

    def _translations(self, stage: Stage, seed: int) -> Lesson:
        random = np.random.default_rng(seed)
        texts: list[str] = []
        goal_rows: list[int] = []
        goals: list[FloatArray] = []
        start = 0
        for name, times in stage.sources.items():
            pairs = self.sources[name]
            drawn = [pairs[row] for row in _draw(len(pairs), times, random)]
            # Sorted by length, the teacher's batches waste no padding.
            english = sorted({pair.en for pair in drawn}, key=lambda text: (len(text), text))
            goals.append(self._teach(english, name))
            row_of = {text: start + row for row, text in enumerate(english)}
            start += len(english)
            spoken = random.random(len(drawn)) < stage.english
            also = [pair for pair, is_spoken in zip(drawn, spoken, strict=True) if is_spoken]
            texts += [pair.de for pair in drawn] + [pair.en for pair in also]
            goal_rows += [row_of[pair.en] for pair in [*drawn, *also]]
        return Translations(self._read(texts), np.array(goal_rows), np.concatenate(goals))

    def _answers(self, seed: int) -> Lesson:
        needs = [need for need, _ in self.tandems]
        offers = [offer for _, offer in self.tandems]
        return Answers(
            [self._read([one.de for one in needs]), self._read([one.en for one in needs])],
            [self._read([one.de for one in offers]), self._read([one.en for one in offers])],
            self._teach([one.en for one in needs], "needs"),
            self._teach([one.en for one in offers], "offers"),
            seed,
        )

    def _read(self, texts: list[str]) -> list[list[int]]:
        return [read.ids for read in self.tokenizer.encode_batch(texts)]

    def _teach(self, english: list[str], name: str) -> FloatArray:
        done = 0

        def told(step: int) -> None:
            nonlocal done
            done += step
            self.report(f"teacher, {name}", done, len(english), 0.0)

        return np.asarray(teach(english, self.teacher, self.work / "teacher", told))


def _draw(count: int, times: float, random: np.random.Generator) -> list[int]:
    whole = list(range(count)) * int(times)
    part = random.permutation(count)[: round(count * (times % 1))]
    return [*whole, *part.tolist()]
