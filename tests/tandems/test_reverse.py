"""The other way round: the needs of a startup, by the scorer of the lists."""

from uuid import UUID, uuid4

import pytest

from matchmaker.errors import NotFoundError
from matchmaker.tables import BlockedPair
from matchmaker.tandems import Decision
from tests.factories import add_need, add_office, add_solution
from tests.tandems.alike import assert_alike
from tests.tandems.conftest import Region
from tests.tandems.officers import officer

TEXTS = {
    "welding": "Wir suchen eine automatische Prüfung unserer Schweißnähte.",
    "touring": "Wer plant die Touren unserer Monteure und kennt den Stau?",
    "cooling": "Der Stromverbrauch unserer Kühlräume soll sinken.",
}


@pytest.fixture
def needs(region: Region) -> dict[str, UUID]:
    """Three open needs, one of them the region's own."""
    found = {"welding": region.need.id}
    for name in ("touring", "cooling"):
        found[name] = add_need(region.session, region.office.id, TEXTS[name]).id
    region.changed()
    return found


def test_a_startup_finds_its_need_first_with_the_reasons_of_the_needs_own_list(
    region: Region, needs: dict[str, UUID]
) -> None:
    matching = region.matching()
    lists = {name: matching.match_need(need_id, "de") for name, need_id in needs.items()}

    for startup, need in (("camera", "welding"), ("planner", "touring"), ("energy", "cooling")):
        answer = matching.match_startup(region.startups[startup].id, "de", 10)
        assert [row["rank"] for row in answer["results"]] == [1, 2, 3]
        assert answer["results"][0]["need"]["id"] == str(needs[need])
        assert answer["considered"] == 3
        scores = [row["reciprocal_score"] for row in answer["results"]]
        assert scores == sorted(scores, reverse=True)
        for row in answer["results"]:
            name = next(name for name, one in needs.items() if str(one) == row["need"]["id"])
            (same,) = (
                other
                for other in lists[name]["results"]
                if other["startup"]["id"] == str(region.startups[startup].id)
            )
            for key in ("sides", "evidence", "against", "reciprocal_score", "band", "coverage"):
                assert_alike(row[key], same[key])
            assert (row["list_entry"], row["list_rank"]) == (same["list_entry"], same["rank"])
            for found in row["evidence"]:
                start, end = found["need_span"]
                assert answer["texts"][found["need_text_version"]][start:end].strip()


def test_the_solution_that_fits_best_speaks_for_its_startup(
    region: Region, needs: dict[str, UUID]
) -> None:
    more = add_solution(
        region.session,
        region.office.id,
        "Wir senken den Stromverbrauch von Kühlräumen.",
        party_id=region.startups["camera"].id,
    )
    region.changed()
    answer = region.matching().match_startup(region.startups["camera"].id, "de", 10)

    best = {row["need"]["id"]: row["solution"]["id"] for row in answer["results"]}
    assert best[str(needs["cooling"])] == str(more.id)
    assert best[str(needs["welding"])] == str(region.solutions["camera"].id)


def test_rules_and_hiding_keep_needs_away_and_are_counted(
    region: Region, needs: dict[str, UUID]
) -> None:
    matching = region.matching()
    region.session.add(
        BlockedPair(
            owner_office_id=region.office.id,
            party_id=region.need.party_id,
            other_party_id=region.startups["camera"].id,
        )
    )
    add_need(region.session, region.office.id, "Kamera")
    region.changed()
    decision = Decision(
        region.solutions["camera"].id, "hidden", officer(region, region.office.id), "Zu weit weg"
    )
    matching.decide(needs["touring"], decision, actor="x")
    answer = matching.match_startup(region.startups["camera"].id, "de", 10)

    assert [row["need"]["id"] for row in answer["results"]] == [str(needs["cooling"])]
    assert answer["excluded"] == {"blocked_pair": 1, "hidden": 1, "missing_text": 1}
    assert answer["considered"] == 4


def test_needs_of_others_appear_when_they_are_shared_and_open(
    region: Region, needs: dict[str, UUID]
) -> None:
    other = add_office(region.session)
    shared = add_need(region.session, other.id, TEXTS["welding"], visibility="network")
    secret = add_need(region.session, other.id, TEXTS["welding"])
    closed = add_need(region.session, region.office.id, TEXTS["welding"], status="closed")
    region.changed()
    answer = region.matching().match_startup(region.startups["camera"].id, "de", 50)

    found = {row["need"]["id"] for row in answer["results"]}
    assert found == {str(one) for one in (*needs.values(), shared.id)}
    assert not found & {str(secret.id), str(closed.id)}


def test_a_startup_that_the_office_does_not_see_has_no_needs(region: Region) -> None:
    foreign = add_solution(region.session, add_office(region.session).id)
    region.changed()

    for startup_id in (foreign.party_id, foreign.id, uuid4()):
        with pytest.raises(NotFoundError):
            region.matching().match_startup(startup_id, "de", 10)
