"""What the sentences say is true, in both languages."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matchmaker.config import FeatureWeight, Settings
from matchmaker.messages import LANGUAGES
from matchmaker.profiles import branch_title
from matchmaker.scoring import FEATURES, Pair
from matchmaker.scoring.reasons import reason_text
from matchmaker.values import NeedProfile, SolutionProfile
from tests.regions import (
    a_need,
    a_party,
    a_proposer,
    a_region,
    a_solution,
    a_text,
    propose,
    shipped_settings,
)

FIRM = a_party(
    kind="sme",
    town="Sinsheim",
    latitude=49.2529,
    longitude=8.8787,
    employees=80,
    branches=frozenset({"25"}),
    languages=frozenset({"de"}),
    description=a_text("Wir schweißen Rahmen für Landmaschinen."),
)
NEED = a_need(
    "Wir suchen eine Prüfung von Schweißnähten an Rahmen.",
    party=FIRM,
    maturity_wanted_trl=7,
    cooperation_forms=frozenset({"pilot"}),
    needed_by_on=date(2027, 3, 1),
    seat_country="DE",
    it_security=frozenset({"iso27001"}),
)
STARTUP = a_party(
    name="Nahtblick",
    town="Mannheim",
    country="DE",
    latitude=49.4875,
    longitude=8.4660,
    languages=frozenset({"de", "en"}),
    looks_for=a_text("Betriebe, die Rahmen schweißen."),
)
SOLUTION = a_solution(
    "Unsere Kamera prüft jede Schweißnaht.",
    party=STARTUP,
    tags=frozenset({"kamera"}),
    target_branches=frozenset({"25"}),
    maturity_trl=8,
    cooperation_forms=frozenset({"joint_development", "pilot"}),
    available_from_on=date(2027, 1, 1),
    customer_sizes=frozenset({"medium"}),
    it_security=frozenset({"iso27001"}),
)


def say(
    feature: str,
    value: float,
    signal: float,
    language: str = "en",
    need: NeedProfile = NEED,
    solution: SolutionProfile = SOLUTION,
    quotes: tuple[str, str] | None = None,
    shared: list[tuple[str, str]] | None = None,
) -> str:
    pair = Pair(need, solution, quotes, shared or [], branch_title)
    return reason_text(feature, pair, value, signal, language)


def test_every_feature_has_its_sentence_in_both_languages() -> None:
    for feature in FEATURES:
        for signal in (-1.0, 0.0, 1.0):
            texts = {say(feature, 1.0, signal, language) for language in LANGUAGES}
            assert len(texts) == len(LANGUAGES), feature
            assert not any("{" in text or "?" in text for text in texts)


@pytest.mark.parametrize("signal", [-1.0, 0.0, 1.0])
def test_facts_are_told_by_what_was_measured_whatever_their_signal(signal: float) -> None:
    assert say("maturity_gap", 0, signal).startswith("Mature enough: wanted is TRL 7")
    assert say("maturity_gap", 3, signal).startswith("Not mature enough")
    assert say("days_late", 0, signal).startswith("In time")
    assert say("days_late", 30, signal).startswith("Too late")
    assert "but" not in say("branch_fit", 1, signal)
    assert "but" in say("branch_fit", 0.3, signal)


def test_a_text_within_the_scatter_of_unrelated_ones_takes_no_side() -> None:
    for feature in ("need_solution_similarity", "sentence_similarity", "looks_for_similarity"):
        neutral = say(feature, 0.4, 0.3)
        assert neutral == say(feature, 0.4, -0.3)
        assert neutral not in (say(feature, 0.4, 0.6), say(feature, 0.4, -0.6))


def test_a_text_reason_quotes_both_texts() -> None:
    quotes = ("Prüfung von Schweißnähten", "prüft jede Schweißnaht")

    english = say("sentence_similarity", 0.8, 0.3, quotes=quotes)
    german = say("sentence_similarity", 0.8, 0.3, "de", quotes=quotes)

    assert all(f"“{quote}”" in english for quote in quotes)
    assert all(f"„{quote}“" in german for quote in quotes)


def test_sentences_that_count_against_a_pair_do_not_deny_the_quote_beside_them() -> None:
    text = say("sentence_similarity", 0.1, -0.8, quotes=("Prüfung", "prüft"))

    assert text == ("Its sentences answer the need no better than unrelated ones do (cosine 0.1).")


def test_shared_words_are_shown_as_each_side_writes_them() -> None:
    shared = [("Schweißnähten", "Schweißnaht"), ("Prüfung", "prüfung")]

    assert say("lexical_overlap", 0.2, 1.4, shared=shared) == (
        "Both texts use: “Schweißnähten”/“Schweißnaht”, “Prüfung”."
    )
    assert say("lexical_overlap", 0.2, 1.4, "de", shared=shared) == (
        "Beide Texte verwenden: „Schweißnähten“/„Schweißnaht“, „Prüfung“."
    )
    assert say("lexical_overlap", 0, -0.2) == "The two texts share no telling word."


def test_field_reasons_name_the_fact_on_either_side() -> None:
    assert say("seat_distance_km", 40.2, 0.1, "de") == "40 km Entfernung: Sinsheim und Mannheim."
    assert say("size_experience", 0, 0.2, "de") == (
        "Das Unternehmen hat 80 Beschäftigte (mittlere Unternehmen); "
        "Referenzkunden sind mittlere Unternehmen."
    )
    assert say("cooperation_fit", 1, 0.3) == (
        "Form of cooperation: wanted pilot, offered joint development, pilot."
    )
    assert say("it_security_share", 1, 0.4) == "IT security: demanded ISO 27001, stated ISO 27001."
    assert say("language_fit", 1, 0.1, "de") == (
        "Sprachen: das Unternehmen Deutsch, das Startup Deutsch, Englisch."
    )
    assert say("days_late", 0, 0.1, "de") == (
        "Rechtzeitig: benötigt bis 01.03.27, verfügbar ab 01.01.27."
    )
    assert "Herstellung von Metallerzeugnissen" in say("branch_fit", 1, 0.4, "de")


def test_braces_in_stored_words_are_only_braces() -> None:
    odd = replace(SOLUTION, it_security=frozenset({"{proof}", "{0}", "{"}))

    assert say("it_security_share", 0, -0.4, solution=odd).endswith("stated {, {0}, {proof}.")


def _documents(settings: Settings | None = None) -> list[Any]:
    others = [a_solution("Wir planen Feste und Hochzeiten auf dem Land", "de")]
    answer = propose(a_region([NEED], [SOLUTION, *others]), settings=settings)
    return [proposal.document for proposal in answer.proposals]


def test_a_well_known_pair_shows_at_least_three_reasons() -> None:
    first = _documents()[0]

    positive = [
        item
        for side in first["sides"].values()
        for item in side["contributions"]
        if item["contribution"] > 0
    ]
    assert first["solution"]["id"] == str(SOLUTION.id)
    assert len({item["text"]["de"] for item in positive}) >= 3


def test_contributions_come_largest_first_and_counter_reasons_worst_first() -> None:
    for document in _documents():
        for side in document["sides"].values():
            sizes = [abs(item["contribution"]) for item in side["contributions"]]
            assert sizes == sorted(sizes, reverse=True)
        against = [item["contribution"] for item in document["against"]]
        assert against == sorted(against)


def test_a_weight_of_zero_is_shown_and_counts_nothing() -> None:
    usual = shipped_settings()
    ignored = usual.scoring.sme.model_copy(
        update={
            "features": usual.scoring.sme.features
            | {"maturity_gap": FeatureWeight(weight=0.0, prior_sd=0.1)}
        }
    )
    scoring = usual.scoring.model_copy(update={"sme": ignored})
    document = _documents(usual.model_copy(update={"scoring": scoring}))[0]

    (item,) = [
        item
        for item in document["sides"]["sme"]["contributions"]
        if item["feature"] == "maturity_gap"
    ]
    assert item["contribution"] == 0
    assert item["value"] == 0
    assert document["coverage"] <= 1


@pytest.mark.parametrize(
    ("strong", "plausible", "band"), [(0.0, 0.0, "strong"), (1.0, 0.0, "plausible"), (1, 1, "weak")]
)
def test_bands_follow_the_thresholds(strong: float, plausible: float, band: str) -> None:
    usual = shipped_settings()
    bands = usual.scoring.bands.model_copy(update={"strong": strong, "plausible": plausible})
    scoring = usual.scoring.model_copy(update={"bands": bands})

    assert _documents(usual.model_copy(update={"scoring": scoring}))[0]["band"] == band


def test_two_startups_that_want_what_they_do_not_get_exchange_their_sub_scores() -> None:
    """One is wanted by the firm and wants somebody else; the other one the reverse."""
    need = replace(NEED, it_security=frozenset(), maturity_wanted_trl=7)
    wanted = a_solution(
        "Unsere Kamera prüft jede Schweißnaht.",
        maturity_trl=9,
        party=a_party(looks_for=a_text("Hotels und Museen an der Küste.")),
        customer_sizes=frozenset({"micro"}),
    )
    wanting = a_solution(
        "Wir gestalten Broschüren und Plakate.",
        maturity_trl=2,
        party=a_party(looks_for=a_text("Betriebe, die Rahmen für Landmaschinen schweißen.")),
        customer_sizes=frozenset({"medium"}),
    )
    answer = propose(a_region([need], [wanted, wanting]))
    sides = {
        proposal.solution_id: (proposal.sme_preference, proposal.startup_preference)
        for proposal in answer.proposals
    }

    assert sides[wanted.id][0] > sides[wanting.id][0]
    by_feature = {
        p.solution_id: {
            item["feature"]: item["contribution"]
            for item in p.document["sides"]["startup"]["contributions"]
        }
        for p in answer.proposals
    }
    own = ("looks_for_similarity", "size_experience")
    assert all(by_feature[wanting.id][name] > by_feature[wanted.id][name] for name in own)


def test_a_wish_is_read_against_texts_in_its_own_language() -> None:
    bilingual = a_solution(
        "We paint murals on silos and barns.",
        "en",
        party=a_party(looks_for=a_text("Betriebe, die Rahmen und Träger schweißen.", "de")),
    )
    offered = [
        bilingual,
        *(a_solution(f"Wir verleihen {word} an Vereine.", "de") for word in ("Zelte", "Bänke")),
        *(a_solution(f"We lend {word} to clubs.", "en") for word in ("tents", "benches")),
    ]
    proposer = a_proposer(a_region([], offered))
    answer = proposer.propose(proposer.read_stored(NEED), 200)
    (document,) = [p.document for p in answer.proposals if p.solution_id == bilingual.id]
    (item,) = [
        item
        for item in document["sides"]["startup"]["contributions"]
        if item["feature"] == "looks_for_similarity"
    ]

    mean, sd = proposer.corpus.background.level("cosine", [("de", "de")])
    weight = shipped_settings().scoring.startup.features["looks_for_similarity"].weight
    deviations = min((item["value"] - mean[0]) / sd[0], 4)
    assert item["contribution"] == pytest.approx(weight * deviations**2 / (1 + deviations))
