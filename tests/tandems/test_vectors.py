"""Nothing is embedded twice."""

from uuid import UUID

from sqlalchemy import select

from matchmaker.database import reading
from matchmaker.profiles import passing_need
from matchmaker.tables import Embedding, SentenceEmbedding
from matchmaker.tandems import read_list
from matchmaker.tandems.proposing import UNREAD_LANGUAGE
from tests.factories import add_solution
from tests.tandems.conftest import CountingEncoder, Region


def test_texts_and_sentences_are_embedded_once_for_all_servers(region: Region) -> None:
    first, second = CountingEncoder(), CountingEncoder()
    region.matching(first).match_need(region.need.id, "de")
    region.matching(second).match_need(region.need.id, "de", fresh=True)

    # Three solutions of two sentences and the need of one.
    assert len(first.asked) == 3 + 6 + 1 + 1
    assert second.asked == []


def test_a_new_solution_is_all_that_is_embedded_anew(region: Region) -> None:
    encoder = CountingEncoder()
    matching = region.matching(encoder)
    matching.match_need(region.need.id, "de")
    encoder.asked.clear()
    words = "Ein Roboter schleift Rahmen nach. Er lernt von Hand."
    add_solution(region.session, region.office.id, words)
    region.changed()

    matching.match_need(region.need.id, "de")

    assert sorted(encoder.asked) == sorted(
        [words, "Ein Roboter schleift Rahmen nach.", "Er lernt von Hand."]
    )


def test_the_same_wording_of_two_startups_is_embedded_once(region: Region) -> None:
    encoder = CountingEncoder()
    words = "Ein Roboter schleift Rahmen nach."
    for _ in range(3):
        add_solution(region.session, region.office.id, words)
    region.changed()

    region.matching(encoder).match_need(region.need.id, "de")

    assert encoder.asked.count(words) == 2, "once as a text, once as its only sentence"


def test_another_encoder_makes_exactly_its_own_vectors_and_keeps_the_old_ones(
    region: Region,
) -> None:
    old, new, old_again = CountingEncoder("a-1"), CountingEncoder("a-2"), CountingEncoder("a-1")
    first = region.matching(old).match_need(region.need.id, "de")
    second = region.matching(new).match_need(region.need.id, "de")
    region.matching(old_again).match_need(region.need.id, "de", fresh=True)

    assert sorted(new.asked) == sorted(old.asked)
    assert old_again.asked == []
    assert second["match_list"] != first["match_list"]
    assert (first["encoder"], second["encoder"]) == ("a-1", "a-2")
    with reading(region.factory) as session:
        for table in (Embedding, SentenceEmbedding):
            versions = session.scalars(select(table.encoder_version)).all()
            assert sorted(versions) == ["a-1"] * 4 + ["a-2"] * 4


def test_stored_vectors_are_those_that_were_computed(region: Region) -> None:
    encoder = CountingEncoder()
    fresh = region.matching(encoder).match_need(region.need.id, "en")
    stored = region.matching(encoder).match_need(region.need.id, "en", fresh=True)

    assert [r | {"list_entry": None} for r in stored["results"]] == [
        r | {"list_entry": None} for r in fresh["results"]
    ]


def test_a_text_in_a_language_that_the_encoder_does_not_read_is_not_embedded(
    region: Region,
) -> None:
    french = "Nous cherchons une entreprise qui contrôle les soudures de nos châssis en acier."
    add_solution(region.session, region.office.id, french, language="fr")
    region.changed()
    encoder = CountingEncoder(languages=frozenset({"de", "en"}))

    found = region.matching(encoder).match_need(region.need.id, "de")

    assert french not in encoder.asked
    assert found["encoder_notice"] is None
    assert len(found["results"]) == 4
    reasons = {
        contribution["feature"]
        for result in found["results"]
        if result["solution"]["id"] not in {str(s.id) for s in region.solutions.values()}
        for contribution in result["sides"]["sme"]["contributions"]
    }
    assert reasons
    assert not reasons & {"need_solution_similarity", "sentence_similarity"}


def test_reading_fewer_languages_makes_a_new_list(region: Region) -> None:
    all_languages, english = CountingEncoder(), CountingEncoder(languages=frozenset({"en"}))
    before = region.matching(all_languages).match_need(region.need.id, "de")
    after = region.matching(english).match_need(region.need.id, "de")

    assert before["match_list"] != after["match_list"]


def test_a_list_says_that_the_language_of_its_need_is_not_read(region: Region) -> None:
    encoder = CountingEncoder(languages=frozenset({"en"}))
    matching = region.matching(encoder)

    stored = matching.match_need(region.need.id, "de")
    typed = matching.match_text(
        passing_need("Unsere Schweißnähte werden noch von Hand geprüft."), 3, "de"
    )

    assert stored["encoder_notice"] == typed["encoder_notice"] == UNREAD_LANGUAGE
    assert stored["results"]
    with reading(region.factory) as session:
        again = read_list(session, region.office.id, UUID(stored["match_list"]), "de")
    assert again["encoder_notice"] == UNREAD_LANGUAGE
