"""The wording of a need that startups may see: drafted, edited, and approved by a person.

Nobody sees a teaser before it is approved, and an approval ends when the need is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.inbox.leaks import Leak, Secrets, find_leaks
from matchmaker.inbox.reviewing import ChangedMeanwhileError, lock_need
from matchmaker.profiles import clean_text, new_text_version
from matchmaker.tables import Contact, Municipality, Need, Review, Submission, Teaser, TextVersion

LONGEST_TEASER = 5_000
# What a firm that lets its name be told does not mind being told.
_TOLD_WITH_THE_NAME = frozenset({"firm", "place", "web", "product"})


@dataclass(frozen=True, slots=True)
class Worded:
    """A teaser with its words. `is_approved` says that startups may see it now; an approval
    that `has_lapsed` was given before the need was changed."""

    teaser: Teaser
    text: str
    is_approved: bool
    has_lapsed: bool


@dataclass(frozen=True, slots=True)
class Warnings:
    """What speaks against approving a text: what it tells, and a firm that asked to be asked."""

    leaks: Sequence[Leak]
    asks_first: bool

    def __bool__(self) -> bool:
        return bool(self.leaks) or self.asks_first


class OpenWarningsError(ConflictError):
    """A text was to be approved that still tells something."""


def find_wish(session: Session, need: Need) -> str | None:
    """What startups may see, as the sender of the form chose; None for a need without a form."""
    answers = session.scalar(select(Submission.answers).where(Submission.need_id == need.id))
    return answers.get("visibility") if answers else None


def secrets_of(session: Session, need: Need) -> Secrets:
    """What a teaser of the need must not tell; nothing of a firm that is not known."""
    tellable = _TOLD_WITH_THE_NAME if find_wish(session, need) == "named" else frozenset()
    party = need.party
    if party is None:
        return Secrets(tellable=tellable)
    domain = (party.domain_key or "").rpartition(".")[0]
    # The form asks for the postcode alone; its towns are told by it.
    towns = session.scalars(
        select(Municipality.name).where(
            or_(
                Municipality.id == party.municipality_id,
                Municipality.postcode == party.postcode,
            )
        )
    )
    persons = session.scalars(select(Contact.name).where(Contact.party_id == party.id))
    return Secrets(
        firms=[name for name in (party.name, domain) if name],
        places=[name for name in (party.town, party.postcode, *towns) if name],
        persons=list(persons),
        tellable=tellable,
    )


def warnings_about(session: Session, need: Need, text: str) -> Warnings:
    """What speaks against approving the text as the teaser of the need."""
    leaks = find_leaks(text, secrets_of(session, need))
    return Warnings(leaks, find_wish(session, need) == "staff_first")


def find_teaser(session: Session, need: Need) -> Worded | None:
    """The newest wording; None while there is none."""
    found = session.execute(
        select(Teaser, TextVersion.text)
        .join(TextVersion, TextVersion.id == Teaser.text_id)
        .where(Teaser.need_id == need.id)
        .order_by(Teaser.number.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    teaser, text = found
    is_current = teaser.need_text_id == need.text_id
    was_approved = teaser.approved_at is not None
    is_approved = was_approved and is_current and need.status == "open"
    return Worded(teaser, text, is_approved, was_approved and not is_current)


def save_teaser(
    session: Session,
    office_id: UUID,
    need_id: UUID,
    text: str,
    *,
    seen: UUID,
    seen_number: int,
    officer_id: UUID,
    actor: str,
) -> Teaser:
    """Keep a wording; `seen` and `seen_number` are the version of the need's text and the number
    of the teaser that the officer had before their eyes, 0 for none.

    The wording that is there already, for the same text of the need, is kept as it is.

    Raises
    ------
    InvalidInputError
        There is no text, or it is too long.
    NotFoundError, ConflictError
        There is no such need for this office, or it belongs to another one.
    ChangedMeanwhileError
        The need or the teaser has another wording by now.
    """
    words = clean_text(text)
    if not 1 <= len(words) <= LONGEST_TEASER:
        raise InvalidInputError("Please write what startups may see.", field="teaser")
    need = lock_need(session, office_id, need_id, seen)
    known = find_teaser(session, need)
    number = known.teaser.number if known else 0
    if number != seen_number:
        raise ChangedMeanwhileError("Somebody else changed the teaser meanwhile.")
    if known and known.text == words and known.teaser.need_text_id == seen:
        return known.teaser
    version = new_text_version(office_id, words, need.text.language)
    session.add(version)
    session.flush()
    teaser = Teaser(
        owner_office_id=office_id,
        need_id=need.id,
        number=number + 1,
        text_id=version.id,
        need_text_id=seen,
        written_by=officer_id,
    )
    session.add(teaser)
    session.flush()
    _note(session, "write_teaser", teaser, actor, warnings=0)
    return teaser


def approve_teaser(
    session: Session, need: Need, teaser: Teaser, *, despite: bool, officer_id: UUID, actor: str
) -> None:
    """Let startups see a wording that was saved in this transaction.

    Raises
    ------
    OpenWarningsError
        Something speaks against it, and `despite` does not say that this is meant.
    """
    if teaser.approved_at is not None:
        return
    text = session.get_one(TextVersion, teaser.text_id).text
    warnings = warnings_about(session, need, text)
    if warnings and not despite:
        raise OpenWarningsError("The text still tells something that should stay untold.")
    teaser.approved_at, teaser.approved_by = now(), officer_id
    session.flush()
    _note(session, "approve_teaser", teaser, actor, warnings=len(warnings.leaks))


def forget_words(session: Session, need_id: UUID) -> None:
    """Delete what was written about a need: its teasers, and the questions to its owner."""
    texts = session.scalars(select(Teaser.text_id).where(Teaser.need_id == need_id)).all()
    session.execute(delete(Teaser).where(Teaser.need_id == need_id))
    session.execute(delete(TextVersion).where(TextVersion.id.in_(texts)))
    session.execute(update(Review).where(Review.need_id == need_id).values(question=None))


def _note(session: Session, action: str, teaser: Teaser, actor: str, *, warnings: int) -> None:
    ledger.record(
        session,
        teaser.owner_office_id,
        action,
        actor=actor,
        subject_id=teaser.need_id,
        details={"text_version": str(teaser.text_id), "warnings": warnings},
        changes_profiles=False,
    )
