"""Asking one side for a sentence: a mail in the officer's own words, or an open question."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.feedback.follow_up import JudgedPair
from matchmaker.feedback.stages import UNDO_WITHIN
from matchmaker.mail import queue_mail
from matchmaker.messages import LANGUAGES, say
from matchmaker.tables import Consent, Contact, Hold, Need, Office


def ask(session: Session, hold: Hold, pair: JudgedPair, reply_to: str | None) -> None:
    """Put the question of a hold into the outbox, where there are words and a contact.

    Nothing of the other side is put into the mail by itself: neither has agreed to be known.
    What the officer wrote goes out as it is. Otherwise the question stays open at the desk.
    """
    contact = find_contact(session, hold.owner_office_id, asked_party(hold, pair))
    if hold.question is None or contact is None or contact.email is None:
        return
    text = pair.need.text if hold.asked_side == "sme" else pair.solution.text
    language = text.language if text.language in LANGUAGES else LANGUAGES[0]
    office = session.get_one(Office, hold.owner_office_id).name
    subject, why = _words(hold, pair, office, language)
    greeting = say("Good day {name},", language, name=contact.name)
    closing = say("One sentence is enough. Please answer this mail.", language)
    mail = queue_mail(
        session,
        hold.owner_office_id,
        recipient=contact.email,
        subject=subject,
        text="\n\n".join((greeting, why, hold.question, closing, office)) + "\n",
        language=language,
        reply_to=reply_to,
    )
    # A verdict can be taken back meanwhile; nothing is sent in vain.
    mail.due_at = now() + UNDO_WITHIN
    hold.mail_id = mail.id
    session.flush()


def may_be_passed_on(session: Session, need: Need) -> bool:
    """Whether the firm agreed that its need is passed on to startups, and did not take it back."""
    consents = select(Consent.confirmed_at, Consent.withdrawn_at).where(
        Consent.party_id == need.party_id, Consent.purpose == "introduction"
    )
    newest = session.execute(consents.order_by(Consent.requested_at.desc()).limit(1)).first()
    return newest is not None and newest[0] is not None and newest[1] is None


def asked_party(hold: Hold, pair: JudgedPair) -> UUID | None:
    """The party that is asked; None where a need has none."""
    return pair.need.party_id if hold.asked_side == "sme" else pair.solution.party_id


def find_contact(session: Session, office_id: UUID, party_id: UUID | None) -> Contact | None:
    """The office's newest contact of a party that has an address; None if there is none."""
    return session.scalar(
        select(Contact)
        .where(
            Contact.owner_office_id == office_id,
            Contact.party_id == party_id,
            Contact.email.is_not(None),
        )
        .order_by(Contact.created_at.desc(), Contact.id)
        .limit(1)
    )


def _words(hold: Hold, pair: JudgedPair, office: str, language: str) -> tuple[str, str]:
    """The subject, and the sentence that says why somebody asks."""
    if hold.asked_side == "sme":
        subject = say("A question about your need", language)
        return subject, say(
            "{office} looks for a partner for your need. One question is open:",
            language,
            office=office,
        )
    subject = say("A question about your solution", language)
    if pair.solution.title:
        subject += f": {pair.solution.title}"
    return subject, say(
        "{office} looks for a partner for a firm, and your solution may fit. One question is open:",
        language,
        office=office,
    )
