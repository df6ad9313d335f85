"""What every encoder promises, tried on each of them."""

from pathlib import Path

import numpy as np
import pytest

from matchmaker.config import EmbeddingSettings
from matchmaker.embedding import Encoder, HashedNgramEncoder, Role, SentenceTransformerEncoder

TEXTS = [
    "Wir suchen eine Lösung, die unsere Pumpen überwacht.",
    "Pumpe",
    "A gateway monitors pumps and reports wear before it stops a line.",
    "Die Werkzeugverwaltung läuft über Excel-Listen, das kostet jeden Tag Zeit. " * 8,
    "Wärme aus Abwasser",
    "fünf Maschinen, drei Schichten, ein Schichtleiter",
]


@pytest.fixture(
    scope="module",
    params=["fallback", "transformer", "transformer with prefixes", "half precision", "static"],
)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "fallback":
        return HashedNgramEncoder()
    settings = EmbeddingSettings(model=None, batch_size=4)
    if request.param == "half precision":
        return SentenceTransformerEncoder.from_folder(
            half_precision_copy(request.getfixturevalue("transformer_folder")), settings
        )
    if request.param == "transformer with prefixes":
        settings = settings.model_copy(
            update={"query_prefix": "query: ", "passage_prefix": "passage: "}
        )
    fixture = "static_folder" if request.param == "static" else "transformer_folder"
    return SentenceTransformerEncoder.from_folder(request.getfixturevalue(fixture), settings)


def half_precision_copy(folder: Path) -> Path:
    from sentence_transformers import SentenceTransformer

    target = folder.with_name("tiny-bert-half")
    SentenceTransformer(str(folder), device="cpu").half().save(str(target))
    return target


@pytest.fixture(params=["query", "passage"])
def role(request: pytest.FixtureRequest) -> Role:
    answer: Role = request.param
    return answer


def test_rows_are_contiguous_single_precision_and_of_unit_length(
    encoder: Encoder, role: Role
) -> None:
    vectors = encoder.embed(TEXTS, role)

    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_batch_equals_its_single_calls(encoder: Encoder, role: Role) -> None:
    singles = np.vstack([encoder.embed([text], role) for text in TEXTS])

    np.testing.assert_allclose(encoder.embed(TEXTS, role), singles, atol=1e-5)


def test_shuffling_texts_shuffles_rows(encoder: Encoder, role: Role) -> None:
    order = np.random.default_rng(3).permutation(len(TEXTS))
    shuffled = encoder.embed([TEXTS[row] for row in order], role)

    np.testing.assert_allclose(shuffled, encoder.embed(TEXTS, role)[order], atol=1e-5)


def test_the_same_call_gives_the_same_bytes(encoder: Encoder, role: Role) -> None:
    assert encoder.embed(TEXTS, role).tobytes() == encoder.embed(TEXTS, role).tobytes()


def test_many_texts_are_embedded_in_their_order(encoder: Encoder, role: Role) -> None:
    many = TEXTS * 100

    np.testing.assert_allclose(
        encoder.embed(many, role), np.tile(encoder.embed(TEXTS, role), (100, 1)), atol=1e-5
    )


def test_an_empty_list_gives_no_rows(encoder: Encoder, role: Role) -> None:
    vectors = encoder.embed([], role)

    assert vectors.shape == (0, encoder.dimension)
    assert vectors.dtype == np.float32


@pytest.mark.parametrize("empty", ["", " ", "\n\t \u00a0", "\x00"])
def test_a_text_without_anything_to_read_gives_a_zero_row_beside_others(
    encoder: Encoder, role: Role, empty: str
) -> None:
    vectors = encoder.embed([TEXTS[0], empty, TEXTS[1]], role)

    assert not vectors[1].any()
    np.testing.assert_allclose(vectors[[0, 2]], encoder.embed(TEXTS[:2], role), atol=1e-5)


@pytest.mark.parametrize(
    "text", ["Pumpe \ud800 undicht", "\udfff", "Pumpe\x00undicht", "\x00", "🚰", "a" * 100_000]
)
def test_no_string_is_too_strange(encoder: Encoder, role: Role, text: str) -> None:
    vectors = encoder.embed([text], role)

    assert np.isfinite(vectors).all()
    assert min(abs(np.linalg.norm(vectors) - length) for length in (0, 1)) < 1e-5


def test_progress_counts_every_text_once(encoder: Encoder, role: Role) -> None:
    finished: list[int] = []
    encoder.embed(TEXTS * 200, role, finished.append)

    assert sum(finished) == len(TEXTS) * 200
    assert len(finished) > 1


def test_a_fallback_and_only_a_fallback_calls_itself_one(encoder: Encoder) -> None:
    assert encoder.is_fallback is isinstance(encoder, HashedNgramEncoder)
    assert encoder.version
