"""As if time had passed."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.tables import Event


def age_events(session: Session, by: timedelta) -> None:
    """Let every event have happened, and have been recorded, that much earlier."""
    for event in session.scalars(select(Event)).all():
        session.execute(
            update(Event)
            .where(Event.id == event.id)
            .values(recorded_at=event.recorded_at - by, happened_at=event.happened_at - by)
        )
    session.commit()
    session.expire_all()
