"""Filters: what an address states, and what officers keep of it for themselves."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.inbox import CHOICES, Filter, delete_filter, save_filter, saved_filters
from matchmaker.tables import Officer
from tests.factories import add_office


@pytest.fixture
def officers(session: Session) -> tuple[UUID, UUID]:
    office = add_office(session)
    two = [Officer(office_id=office.id, email=f"{uuid4()}@amt.example", name="Amt") for _ in "ab"]
    session.add_all(two)
    session.flush()
    return two[0].id, two[1].id


def test_an_address_states_only_what_was_chosen() -> None:
    assert Filter().choices == {}
    wanted = Filter(search="Prüfung -tour", status="all", since=date(2026, 11, 1))
    assert wanted.choices == {"q": "Prüfung -tour", "status": "all", "since": "2026-11-01"}


@given(
    st.dictionaries(
        st.sampled_from(["q", "since", "nonsense", *CHOICES]),
        st.sampled_from(["", "all", "new", "own", "stale", "2026-11-01", "2026-99-01", "%", "x"]),
    )
)
def test_any_address_is_a_filter_that_states_itself_again(stated: dict[str, str]) -> None:
    wanted = Filter.of(stated)

    assert Filter.of(wanted.choices) == wanted
    for name, words in CHOICES.items():
        assert getattr(wanted, name) in words


def test_a_filter_is_kept_replaced_and_forgotten_by_its_officer_alone(
    session: Session, officers: tuple[UUID, UUID]
) -> None:
    mine, others = officers
    kept = save_filter(session, mine, "  Neue  Bedarfe ", Filter(review="new"))
    save_filter(session, others, "Neue Bedarfe", Filter())
    assert [(one.name, one.choices) for one in saved_filters(session, mine)] == [
        ("Neue Bedarfe", {"review": "new"})
    ]
    assert save_filter(session, mine, "Neue Bedarfe", Filter(owner="own")).id == kept.id
    assert [one.choices for one in saved_filters(session, mine)] == [{"owner": "own"}]

    for filter_id in (kept.id, uuid4()):
        with pytest.raises(NotFoundError):
            delete_filter(session, others, filter_id)
    delete_filter(session, mine, kept.id)
    assert saved_filters(session, mine) == []
    assert len(saved_filters(session, others)) == 1


def test_a_filter_has_a_name_and_there_are_not_too_many(
    session: Session, officers: tuple[UUID, UUID]
) -> None:
    for name in ("", " \n", "x" * 101):
        with pytest.raises(InvalidInputError):
            save_filter(session, officers[0], name, Filter())
    for number in range(50):
        save_filter(session, officers[0], str(number), Filter())
    save_filter(session, officers[0], "7", Filter(owner="own"))
    with pytest.raises(ConflictError):
        save_filter(session, officers[0], "51", Filter())
