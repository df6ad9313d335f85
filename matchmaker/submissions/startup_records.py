"""The answers of the startup form as records of the office: a startup and its solutions.

What only people read, such as references, financing and links, stays in the answers.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.profiles import (
    PartyChanges,
    PartyFacts,
    SolutionChanges,
    SolutionFacts,
    create_record,
    find_alike,
    update_record,
)
from matchmaker.submissions.drafts import FORM
from matchmaker.tables import Contact, Party, Solution, Submission

Answers = Mapping[str, Any]

# The solution of the form's first page; the others have keys of their own.
FIRST = "1"


def solutions_of(answers: Answers) -> dict[str, Answers]:
    """The answers about each solution, by the key that it keeps."""
    return {FIRST: answers, **answers.get("more", {})}


def take_startup(session: Session, submission: Submission) -> None:
    """Make the startup and its solutions; one that may be known already waits for a person."""
    party = create_record(
        session,
        Party,
        submission.owner_office_id,
        PartyFacts(kind="startup", **_party(submission.answers)),
        source=FORM,
        actor=FORM,
    )
    submission.party_id = party.id
    for key, facts in _solutions(submission.answers).items():
        _add(session, submission, key, facts)
    # Asked after the ledger was written, for which every other registration of the office waits.
    alike = find_alike(session, party)
    if alike is not None:
        submission.suspected_party_id = alike.id
        pause_party(session, submission, True)


def rewrite_startup(session: Session, submission: Submission, before: Answers) -> None:
    """Give the records what is different in the answers, and only that.

    The office may know more than the answers say; a solution that was taken out is paused.
    """
    after = submission.answers
    if changes := _different(_party(before), _party(after)):
        _change_party(session, submission, PartyChanges(**changes))
    session.execute(
        update(Contact)
        .where(Contact.party_id == submission.party_id, Contact.email == after["email"])
        .values(name=after["contact"], phone=after.get("phone"))
    )
    old, new = _solutions(before), _solutions(after)
    for key in old.keys() - new.keys():
        _change(session, submission, key, SolutionChanges(status="paused"))
    for key, facts in new.items():
        if key not in old:
            _add(session, submission, key, facts)
        elif changes := _different(old[key], facts):
            _change(session, submission, key, SolutionChanges(**changes))


def close_startup(session: Session, submission: Submission) -> None:
    """Take the startup out of every later list."""
    pause_party(session, submission, True)


def pause_party(
    session: Session, submission: Submission, is_paused: bool, actor: str = FORM
) -> None:
    """Take the startup out of later lists, or back into them."""
    _change_party(session, submission, PartyChanges(is_paused=is_paused), actor)


def _change_party(
    session: Session, submission: Submission, changes: PartyChanges, actor: str = FORM
) -> None:
    assert submission.party_id is not None  # noqa: S101  # confirming made it
    update_record(
        session, Party, submission.owner_office_id, submission.party_id, changes, actor=actor
    )


def _change(session: Session, submission: Submission, key: str, changes: SolutionChanges) -> None:
    office_id = submission.owner_office_id
    solution_id = session.scalar(
        select(Solution.id).where(
            Solution.owner_office_id == office_id,
            Solution.source == FORM,
            Solution.external_id == _name(submission, key),
        )
    )
    if solution_id is not None:  # the office may have deleted it
        update_record(session, Solution, office_id, solution_id, changes, actor=FORM)


def _add(session: Session, submission: Submission, key: str, facts: dict[str, Any]) -> None:
    assert submission.party_id is not None  # noqa: S101  # made before its solutions
    named = SolutionFacts(
        party_id=submission.party_id, external_id=_name(submission, key), **facts
    )  # fmt: skip
    create_record(session, Solution, submission.owner_office_id, named, source=FORM, actor=FORM)


def _name(submission: Submission, key: str) -> str:
    """The external id under which a solution of the submission is found again."""
    return f"{submission.id}/{key}"


def _different(before: Answers, after: Answers) -> dict[str, Any]:
    return {name: value for name, value in after.items() if before[name] != value}


def _party(answers: Answers) -> dict[str, Any]:
    return {
        "name": answers["company"],
        "website": answers.get("website"),
        "postcode": answers["postcode"],
        "town": answers.get("town"),
        "country": answers.get("country"),
        "founded_on": _day(answers.get("founded_on")),
        "languages": answers.get("languages") or [],
        "looks_for": answers.get("looks_for"),
    }


def _solutions(answers: Answers) -> dict[str, dict[str, Any]]:
    return {key: _solution(one, answers) for key, one in solutions_of(answers).items()}


def _solution(one: Answers, answers: Answers) -> dict[str, Any]:
    """A solution; how the firm works together holds for all of its solutions."""
    maturity = one.get("maturity")
    return {
        "text": one["text"],
        "title": one.get("title"),
        "tags": one.get("tags") or [],
        "target_branches": one.get("branches") or [],
        "customer_sizes": one.get("customer_sizes") or [],
        "maturity_trl": int(maturity) if maturity else None,
        "cooperation_forms": answers.get("cooperation") or [],
        "available_from_on": _day(answers.get("available_from")),
        "it_security": [*(answers.get("data_location") or []), *(answers.get("proofs") or [])],
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
