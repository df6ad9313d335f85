import numpy as np
import pytest

from matchmaker.embedding import HashedNgramEncoder


@pytest.fixture(scope="module")
def encoder() -> HashedNgramEncoder:
    return HashedNgramEncoder()


def cosine(encoder: HashedNgramEncoder, one: str, other: str) -> float:
    first, second = encoder.embed([one, other], "query")
    return float(first @ second)


@pytest.mark.parametrize(
    ("need", "near", "far"),
    [
        ("Werkzeugverwaltung", "Verwaltung von Werkzeugen", "Personalplanung im Hotel"),
        ("undichte Pumpen", "Pumpenüberwachung", "Übersetzung von Verträgen"),
        ("Prüfung von Schweißnähten", "Schweißnahtprüfung", "Lieferung von Mahlzeiten"),
        ("welding robot", "robots that weld: welding cells", "restaurant reservations"),
    ],
)
def test_shared_word_parts_bring_texts_closer(
    encoder: HashedNgramEncoder, need: str, near: str, far: str
) -> None:
    assert cosine(encoder, need, near) > cosine(encoder, need, far) + 0.1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Größe prüfen", "GROESSE PRUEFEN"),
        ("Pumpe Ventil", "Ventil, Pumpe!"),
        ("die Pumpe und das Ventil", "Pumpe Ventil"),
    ],
)
def test_case_umlauts_order_and_stop_words_change_nothing(
    encoder: HashedNgramEncoder, one: str, other: str
) -> None:
    assert cosine(encoder, one, other) == pytest.approx(1, abs=1e-6)


def test_stop_words_alone_say_nothing(encoder: HashedNgramEncoder) -> None:
    assert not encoder.embed(["und das ist die"], "query").any()


def test_the_role_changes_nothing(encoder: HashedNgramEncoder) -> None:
    texts = ["Pumpe", "Ventil"]

    np.testing.assert_array_equal(encoder.embed(texts, "query"), encoder.embed(texts, "passage"))


def test_two_encoders_agree_and_stored_vectors_stay_valid(encoder: HashedNgramEncoder) -> None:
    other = HashedNgramEncoder("for another reason")
    vector = encoder.embed(["Pumpe"], "query")[0]

    assert other.version == encoder.version == "hashed-ngrams-1@1024"
    np.testing.assert_array_equal(other.embed(["Pumpe"], "query")[0], vector)
    # As stored under this version: whoever changes these numbers also changes the version.
    first = np.flatnonzero(vector)[:6]
    assert first.tolist() == [66, 150, 224, 309, 311, 342]
    assert np.sign(vector[first]).tolist() == [-1, 1, -1, -1, -1, 1]
    assert np.abs(vector[first]).max() == pytest.approx(0.20412415)


def test_unrelated_words_are_nearly_orthogonal(encoder: HashedNgramEncoder) -> None:
    letters = np.random.default_rng(5).integers(97, 123, (200, 12))
    vectors = encoder.embed(["".join(map(chr, row)) for row in letters], "query")
    cosines = (vectors @ vectors.T)[np.triu_indices(200, 1)]

    assert abs(cosines.mean()) < 0.005
    assert cosines.std() == pytest.approx(1 / np.sqrt(1024), rel=0.15)
