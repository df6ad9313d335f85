"""The scorers of an office: one is champion and serves, and the way back is one call.

Champions stand in a line: who is promoted comes behind the one that served, and rolling back goes
one step back in it, at last to the expert's weights. Whoever promotes or rolls back says which
champion they saw; if it is another one by now, they decided about something else.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import ScorerVersion
from matchmaker.training.artifacts import SavedScorer

BY_HAND, REPLACED = "promoted_by_hand", "replaced"
ROLLED_BACK, RESTORED = "rolled_back", "restored"
Window = tuple[date, date]


def add_version(
    session: Session,
    office_id: UUID,
    saved: SavedScorer,
    *,
    state: str,
    reason: str,
    details: Mapping[str, Any],
    labels: Mapping[str, int],
    window: Window | None,
    metrics: Mapping[str, Any],
    trained_at: datetime,
    actor: str,
) -> ScorerVersion:
    """Make a trained scorer known to its office, as a `challenger` or a `shadow`.

    `labels` counts what it was trained on, by side; `window` has the first and the last day of
    it, None where there was nothing. `reason` is a code, `details` the figures behind it.

    Raises
    ------
    ConflictError
        The office knows a scorer with these very numbers.
    """
    ledger.hold(session, office_id)
    if session.scalar(_versions(office_id).where(ScorerVersion.version == saved.version)):
        raise ConflictError(f"The scorer {saved.version} is known already.")
    first_on, last_on = window or (None, None)
    version = ScorerVersion(
        owner_office_id=office_id,
        version=saved.version,
        digest=saved.digest,
        state=state,
        reason=reason,
        details=_plain(details),
        labels=_plain(labels),
        first_label_on=first_on,
        last_label_on=last_on,
        metrics=_plain(metrics),
        trained_at=trained_at,
    )
    session.add(version)
    session.flush()
    _record(session, version, "train_scorer", actor, {"state": state, "reason": reason})
    return version


def list_versions(session: Session, office_id: UUID) -> list[ScorerVersion]:
    """Every scorer of the office, the newest first."""
    newest_first = (ScorerVersion.trained_at.desc(), ScorerVersion.version)
    return list(session.scalars(_versions(office_id).order_by(*newest_first)))


def find_version(session: Session, office_id: UUID, version: str) -> ScorerVersion | None:
    """One scorer of the office; None if it has no such."""
    return session.scalar(_versions(office_id).where(ScorerVersion.version == version))


def get_version(session: Session, office_id: UUID, version: str) -> ScorerVersion:
    """One scorer of the office.

    Raises
    ------
    NotFoundError
        The office has no such scorer.
    """
    found = find_version(session, office_id, version)
    if found is None:
        raise NotFoundError(f"There is no scorer {version}.")
    return found


def find_champion(session: Session, office_id: UUID) -> ScorerVersion | None:
    """The scorer that serves; None while the expert's weights do."""
    return session.scalar(_versions(office_id).where(ScorerVersion.state == "champion"))


def find_before(session: Session, champion: ScorerVersion) -> ScorerVersion | None:
    """What served before a champion, and will if it is rolled back; None: the expert's weights."""
    return session.scalar(
        _versions(champion.owner_office_id)
        .where(ScorerVersion.place < champion.place)
        .order_by(ScorerVersion.place.desc())
        .limit(1)
    )


def promote(
    session: Session,
    office_id: UUID,
    version: str,
    *,
    seen: str | None,
    actor: str,
    reason: str = BY_HAND,
    details: Mapping[str, Any] | None = None,
) -> ScorerVersion:
    """Let a version serve in place of the champion `seen` (None: the expert's weights).

    `reason` and `details` say why; without `details` those of its training stay. One that stood
    in the line of champions leaves its older place there.

    Raises
    ------
    NotFoundError
        The office has no such version.
    ConflictError
        It serves already, or the champion is not the one that was seen.
    """
    champion = _hold(session, office_id, seen)
    promoted = get_version(session, office_id, version)
    if promoted is champion:
        raise ConflictError(f"The scorer {version} serves already.")
    if champion is not None:
        _retire(session, champion, REPLACED)
    promoted.state, promoted.reason = "champion", reason
    if details is not None:
        promoted.details = _plain(details)
    promoted.place = 1 + ((champion.place or 0) if champion else 0)
    promoted.promoted_at = now()
    session.flush()
    _record(session, promoted, "promote_scorer", actor, {"before": seen, "reason": reason})
    return promoted


def rollback(
    session: Session, office_id: UUID, *, seen: str | None, actor: str
) -> ScorerVersion | None:
    """Let the champion before `seen` serve again; None: the expert's weights do now.

    Raises
    ------
    ConflictError
        The expert's weights serve already, or the champion is not the one that was seen.
    """
    champion = _hold(session, office_id, seen)
    if champion is None:
        raise ConflictError("The expert's weights serve already; nothing is before them.")
    before = find_before(session, champion)
    champion.place = None
    _retire(session, champion, ROLLED_BACK)
    if before is not None:
        before.state, before.reason = "champion", RESTORED
        before.promoted_at = now()
        session.flush()
    serving = before.version if before else None
    _record(session, champion, "roll_back_scorer", actor, {"to": serving})
    return before


def _hold(session: Session, office_id: UUID, seen: str | None) -> ScorerVersion | None:
    """The champion, which stays so until the transaction ends."""
    ledger.hold(session, office_id)
    champion = find_champion(session, office_id)
    if (champion.version if champion else None) != seen:
        raise ConflictError("Somebody else has just changed which scorer serves; look again.")
    return champion


def _retire(session: Session, champion: ScorerVersion, reason: str) -> None:
    """Free its place before another one takes it."""
    champion.state, champion.reason = "retired", reason
    session.flush()


def _versions(office_id: UUID) -> Select[ScorerVersion]:
    """The office's scorers as the database has them, whatever was read of them before."""
    return (
        select(ScorerVersion)
        .where(ScorerVersion.owner_office_id == office_id)
        .execution_options(populate_existing=True)
    )


def _plain(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Figures as JSON holds them: what is not finite is null."""
    plain: dict[str, Any] = orjson.loads(
        orjson.dumps(dict(figures), option=orjson.OPT_SERIALIZE_NUMPY)
    )
    return plain


def _record(
    session: Session, about: ScorerVersion, action: str, actor: str, details: Mapping[str, Any]
) -> None:
    ledger.record(
        session,
        about.owner_office_id,
        action,
        actor=actor,
        subject_id=about.id,
        details={"version": about.version, **details},
        changes_profiles=False,
    )
