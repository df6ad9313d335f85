"""A party that may be the same firm as another one, for a person to compare."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import Party


def find_alike(session: Session, party: Party) -> Party | None:
    """The office's oldest other party with the same domain, else with the same name.

    Names are compared without legal form, domains without those that many firms share; see
    `keys`. None where there is no such party, or where neither is known.
    """
    for key in ("domain_key", "name_key"):
        if getattr(party, key) is None:
            continue
        alike = session.scalar(
            select(Party)
            .where(
                Party.owner_office_id == party.owner_office_id,
                Party.id != party.id,
                getattr(Party, key) == getattr(party, key),
            )
            .order_by(Party.created_at, Party.id)
            .limit(1)
        )
        if alike is not None:
            return alike
    return None
