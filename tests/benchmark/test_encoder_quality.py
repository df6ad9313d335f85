"""The measures of an encoder are what they are called."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from matchmaker.benchmark.ablations import measure_ablations
from matchmaker.benchmark.encoder_quality import measure_similarity, read_set, spearman
from matchmaker.benchmark.encoder_speed import WORDS_PER_TEXT, sixty_words
from matchmaker.config import load_settings
from matchmaker.embedding import HashedNgramEncoder
from tests.benchmark.test_evaluating import NEEDS, STARTUPS, write_files


def test_the_rank_correlation_shares_ranks_among_equals() -> None:
    drawn = np.random.default_rng(1).integers(0, 5, size=(2, 200)).astype(float)

    assert spearman(drawn[0], drawn[1]) == pytest.approx(spearmanr(drawn[0], drawn[1])[0])
    assert spearman(drawn[0], -drawn[0]) == pytest.approx(-1)


def test_similarity_is_high_where_the_judgment_follows_the_spelling(tmp_path: Path) -> None:
    sentence = "Die Pumpe im Keller ist laut"
    pairs = [sentence, "Die Pumpe im Hof ist laut", "Die Pumpe steht", "Wir backen Brot"]
    for language in ("de", "en"):
        lines = [f"{sentence},{other},{5 - row}" for row, other in enumerate(pairs)]
        (tmp_path / f"stsb_{language}_dev.csv").write_text("\n".join(lines * 10), "utf-8")
    found = measure_similarity(tmp_path, HashedNgramEncoder(), seed=1)

    assert found["de"]["spearman"] == found["de-en"]["spearman"] == pytest.approx(1)


@pytest.mark.parametrize(("name", "count"), [("clinical.tsv", 50), ("profiles_a.tsv", 250)])
def test_the_invented_sets_are_whole(name: str, count: int) -> None:
    rows = read_set(name)

    assert len({row["id"] for row in rows}) == count
    assert all(text.strip() for row in rows for text in row.values())


def test_a_text_of_sixty_words_has_sixty_words() -> None:
    assert {len(text.split()) for text in sixty_words(20)} == {WORDS_PER_TEXT}


def test_every_way_of_ranking_is_measured_on_the_same_needs(tmp_path: Path) -> None:
    needs, startups = write_files(tmp_path, NEEDS, STARTUPS)
    found = measure_ablations(
        needs, startups, HashedNgramEncoder(), load_settings(), lambda steps: None
    )

    assert found["retrieval"]["dense"]["strict"]["recall@1"] == 0.5
    assert found["scorer"]["all features"]["strict"]["recall@1"] == 0.5
    assert found["meaning"]["whole texts"]["n"] == 2
