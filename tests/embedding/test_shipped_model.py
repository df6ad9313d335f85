"""The model that ships: whole, small, and at home in both languages."""

import shutil
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from matchmaker.config import load_settings, shipped_folder
from matchmaker.embedding import Encoder, load_encoder

# Written for this test: a need as it is said, and the offer that answers it in the other language.
TANDEMS = [
    (
        "Beim Schweißen sieht man Fehler erst am Ende.",
        "Camera inspection of weld seams in real time",
    ),
    ("Unser Hefeteig geht jeden Tag anders auf.", "Fermentation control for bakeries"),
    (
        "Niemand merkt, wenn nachts eine Pumpe heißläuft.",
        "Predictive maintenance for rotating machines",
    ),
    (
        "Bürger warten Monate auf ihre Baugenehmigung.",
        "Digital building permits for municipalities",
    ),
    ("Die Frostnacht hat uns die halbe Apfelernte gekostet.", "Frost forecasts for orchards"),
    ("Our nurses spend hours on paperwork.", "Sprachgesteuerte Pflegedokumentation"),
    ("Trucks queue for hours at our loading dock.", "Zeitfenstersteuerung für die Laderampe"),
    ("Nobody knows what our heating wastes.", "Energiemonitoring für Bestandsgebäude"),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(load_settings().embedding, shipped_folder())


def test_it_is_found_and_whole(encoder: Encoder) -> None:
    assert encoder.notice is None
    assert encoder.languages == {"de", "en"}


@pytest.mark.parametrize("tandems", [TANDEMS[:5], TANDEMS[5:]], ids=["de>en", "en>de"])
def test_a_need_finds_its_offer_among_those_of_the_other_language(
    encoder: Encoder, tandems: list[tuple[str, str]]
) -> None:
    # Among offers of both languages those of the need's own are nearer for that alone, which is
    # why candidate generation standardizes within each.
    needs = encoder.embed([need for need, _ in tandems], "query")
    offers = encoder.embed([offer for _, offer in tandems], "passage")

    assert (needs @ offers.T).argmax(axis=1).tolist() == list(range(len(tandems)))


def test_a_word_and_its_translation_are_nearer_than_words_of_one_language(encoder: Encoder) -> None:
    words = ["Spritzgusswerkzeug", "injection mould", "Pflegeheim", "nursing home"]
    cosines = encoder.embed(words, "passage") @ encoder.embed(words, "passage").T

    assert cosines[0, 1] > max(cosines[0, 2], cosines[0, 3], cosines[1, 2], cosines[1, 3])
    assert cosines[2, 3] > max(cosines[0, 2], cosines[0, 3], cosines[1, 2], cosines[1, 3])


def test_a_decomposed_text_is_read_like_a_composed_one(encoder: Encoder) -> None:
    text = "Für die Prüfung großer Bäder"
    composed, decomposed = encoder.embed([text, unicodedata.normalize("NFD", text)], "query")

    assert np.allclose(composed, decomposed, atol=1e-5)


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    words = " ".join(text for tandem in TANDEMS for text in tandem).split()
    texts = [" ".join(words[start : start + 1 + 3 * start]) for start in range(24)]
    singles = np.vstack([encoder.embed([text], "query") for text in texts])

    np.testing.assert_allclose(encoder.embed(texts, "query"), singles, atol=2e-7)
    np.testing.assert_allclose(encoder.embed(texts[::-2], "query"), singles[::-2], atol=2e-7)


def test_one_flipped_byte_is_noticed(tmp_path: Path) -> None:
    settings = load_settings().embedding
    assert settings.model is not None
    copy = tmp_path / settings.model
    shutil.copytree(shipped_folder() / settings.model, copy)
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)

    encoder = load_encoder(settings, tmp_path)

    assert encoder.is_fallback
    assert encoder.notice is not None
    assert "model.safetensors is damaged" in encoder.notice


def test_all_models_together_stay_below_a_hundred_megabytes() -> None:
    models = shipped_folder() / "models"

    assert sum(path.stat().st_size for path in models.rglob("*") if path.is_file()) <= 100_000_000
