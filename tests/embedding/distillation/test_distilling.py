"""The whole way, with a tiny teacher: it learns, it resumes, its folder needs no code of ours."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from matchmaker.config import EmbeddingSettings
from matchmaker.embedding import load_encoder
from matchmaker.embedding.distillation import Recipe, Stage, distil, read_recipe, training

WORDS = Stage(
    sources={"dictionary": 2, "sentences": 1.5, "titles": 1, "corpus": 1, "paragraphs": 1},
    english=0.5,
    epochs=8,
    batch=16,
    pieces_per_batch=2_000,
    vector_rate=0.02,
    body_rate=0.002,
    neighborhood=0.3,
    average=True,
)
ANSWERS = WORDS.model_copy(update={"sources": {}, "answers": 0.5, "epochs": 20})
RECIPE = Recipe(
    seed=1, german_pieces=40, paragraphs=10, stages={"words": WORDS, "answers": ANSWERS}
)


class StoppedError(Exception):
    """The plug is pulled."""


class Report:
    def __init__(self, stop_at: int | None = None) -> None:
        self.losses: dict[str, list[float]] = {}
        self.stop_at = stop_at

    def __call__(self, step: str, done: int, of: int, loss: float) -> None:
        self.losses.setdefault(step, []).append(loss)
        if step == "words" and done == self.stop_at:
            raise StoppedError


@pytest.fixture(scope="module")
def finished(
    data: Path, corpus: Path, teacher: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Report]:
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("distil")
    report = Report()
    distil(data, set(), teacher, RECIPE, folder / "work", folder / "student", report, corpus)
    return folder / "student", report


def test_the_loss_falls(finished: tuple[Path, Report]) -> None:
    _, report = finished

    for stage, share in (("words", 0.8), ("answers", 0.95)):
        losses = report.losses[stage]
        assert np.mean(losses[-10:]) < share * np.mean(losses[:10])


def test_a_german_text_ends_up_near_its_english_one(finished: tuple[Path, Report]) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(finished[0]), device="cpu").float()
    german = model.encode(["Wasserpumpe", "Die Pumpe ist zu laut."])
    english = model.encode(["water pump", "The pump is too loud."])

    assert (german @ english.T).argmax(axis=1).tolist() == [0, 1]


def test_the_folder_is_whole_small_and_used_by_the_product(finished: tuple[Path, Report]) -> None:
    encoder = load_encoder(EmbeddingSettings(model=str(finished[0]), batch_size=8), Path("/"))

    assert encoder.notice is None
    assert encoder.dimension == 32
    assert (finished[0] / "SHA256SUMS").read_text().count("\n") >= 5


def test_a_flipped_byte_in_the_folder_is_found(
    finished: tuple[Path, Report], tmp_path: Path
) -> None:
    damaged = tmp_path / "student"
    shutil.copytree(finished[0], damaged)
    content = bytearray((damaged / "model.safetensors").read_bytes())
    content[-50] ^= 1
    (damaged / "model.safetensors").write_bytes(content)

    assert load_encoder(EmbeddingSettings(model=str(damaged), batch_size=8), Path("/")).is_fallback


def test_an_interrupted_run_goes_on_and_ends_with_the_same_weights(
    finished: tuple[Path, Report],
    data: Path,
    corpus: Path,
    teacher: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from safetensors.numpy import load_file

    monkeypatch.setattr(training, "SAVE_EVERY", 7)
    work, out = tmp_path / "work", tmp_path / "student"
    with pytest.raises(StoppedError):
        distil(data, set(), teacher, RECIPE, work, out, Report(stop_at=17), corpus)
    report = Report()
    distil(data, set(), teacher, RECIPE, work, out, report, corpus)

    steps = len(finished[1].losses["words"])
    assert len(report.losses["words"]) == steps - 14
    resumed, whole = (load_file(folder / "model.safetensors") for folder in (out, finished[0]))
    for name, values in whole.items():
        assert np.allclose(resumed[name], values, atol=2e-3), name


def test_the_shipped_recipe_can_be_read() -> None:
    recipe = read_recipe()

    assert next(iter(recipe.stages)) == "words"
    assert recipe.stages["words"].body_rate == 0
