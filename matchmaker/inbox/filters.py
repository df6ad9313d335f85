"""What an officer looks for in the inbox, and the filters that are kept under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.profiles import clean_text
from matchmaker.tables import DECISIONS, NEED_STATUSES, SavedFilter

ALL = "all"
# The first word of each list is what counts where nothing was chosen.
CHOICES = {
    "status": (*NEED_STATUSES, ALL),
    # new: nobody looked at its present wording yet.
    "review": (ALL, "new", *DECISIONS),
    # stale: computed before the need changed last.
    "proposals": (ALL, "some", "none", "stale"),
    "owner": (ALL, "own", "shared"),
}
MOST_FILTERS = 50
_LONGEST_NAME = 100
_LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """Which needs are looked for: words, and a choice of each list of `CHOICES`."""

    search: str = ""
    status: str = "open"
    review: str = ALL
    proposals: str = ALL
    owner: str = ALL
    since: date | None = None

    @classmethod
    def of(cls, stated: Mapping[str, str]) -> "Filter":
        """The filter that an address states; what it does not know counts as not chosen."""
        chosen = {
            name: stated[name] for name, words in CHOICES.items() if stated.get(name) in words
        }
        try:
            since = date.fromisoformat(stated.get("since", ""))
        except ValueError:
            since = None
        search = clean_text(stated.get("q", ""))[:_LONGEST_SEARCH]
        return replace(cls(search=search, since=since), **chosen)  # type: ignore[arg-type]

    @property
    def choices(self) -> dict[str, str]:
        """What differs from the inbox as it opens, as an address states it."""
        return {
            "q" if field.name == "search" else field.name: str(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }


def saved_filters(session: Session, officer_id: UUID) -> list[SavedFilter]:
    """The filters that an officer kept, by name."""
    mine = select(SavedFilter).where(SavedFilter.officer_id == officer_id)
    return list(session.scalars(mine.order_by(SavedFilter.name)))


def save_filter(session: Session, officer_id: UUID, name: str, kept: Filter) -> SavedFilter:
    """Keep a filter; one of the same name is replaced.

    Raises
    ------
    InvalidInputError
        The name is missing or too long.
    ConflictError
        Fifty are kept already.
    """
    words = " ".join(clean_text(name).split())
    if not 1 <= len(words) <= _LONGEST_NAME:
        raise InvalidInputError("Please give the filter a name.", field="name")
    known = {one.name: one for one in saved_filters(session, officer_id)}
    if words not in known and len(known) >= MOST_FILTERS:
        raise ConflictError(f"At most {MOST_FILTERS} filters can be kept.")
    saved = known.get(words) or SavedFilter(officer_id=officer_id, name=words)
    saved.choices = dict(kept.choices)
    session.add(saved)
    session.flush()
    return saved


def delete_filter(session: Session, officer_id: UUID, filter_id: UUID) -> None:
    """Forget a filter.

    Raises
    ------
    NotFoundError
        The officer kept no such filter.
    """
    saved = session.get(SavedFilter, filter_id)
    if saved is None or saved.officer_id != officer_id:
        raise NotFoundError(f"There is no filter {filter_id}.")
    session.delete(saved)
    session.flush()
