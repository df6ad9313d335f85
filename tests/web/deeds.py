"""What officers said and did, without what they only saw."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import Event


def deeds(session: Session) -> list[Event]:
    """The events in the order in which they were recorded."""
    done = select(Event).where(Event.kind.not_in(("shown", "opened")))
    return list(session.scalars(done.order_by(Event.recorded_at)))
