"""Valid rows with invented content; a test states only what it cares about."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.profiles.texts import new_text_version
from matchmaker.tables import (
    MatchList,
    MatchListEntry,
    MatchRun,
    Need,
    Office,
    Party,
    Solution,
)


def add_office(session: Session, **fields: Any) -> Office:
    slug = fields.pop("slug", f"office-{uuid4().hex[:8]}")
    office = Office(slug=slug, name=fields.pop("name", "Wirtschaftsförderung Musterkreis"))
    session.add(office)
    session.flush()
    return office


def add_party(session: Session, office_id: UUID, **fields: Any) -> Party:
    for name in ("description", "looks_for"):
        if text := fields.pop(name, None):
            version = new_text_version(office_id, text)
            session.add(version)
            session.flush()
            fields[f"{name}_id"] = version.id
    party = Party(owner_office_id=office_id, **{"kind": "sme", "name": "Muster GmbH"} | fields)
    session.add(party)
    session.flush()
    return party


def add_need(
    session: Session,
    office_id: UUID,
    text: str = "Wir suchen eine automatische Prüfung unserer Schweißnähte.",
    **fields: Any,
) -> Need:
    version = new_text_version(office_id, text, fields.pop("language", None))
    session.add(version)
    session.flush()
    if "party_id" not in fields:
        fields["party_id"] = add_party(session, office_id).id
    need = Need(owner_office_id=office_id, text_id=version.id, **fields)
    session.add(need)
    session.flush()
    return need


def add_solution(
    session: Session,
    office_id: UUID,
    text: str = "Unsere Kamera erkennt Fehler in Schweißnähten während der Fertigung.",
    **fields: Any,
) -> Solution:
    version = new_text_version(office_id, text, fields.pop("language", None))
    session.add(version)
    session.flush()
    if "party_id" not in fields:
        shared = {"visibility": fields.get("visibility", "office")}
        startup = add_party(session, office_id, kind="startup", name="Beispiel UG", **shared)
        fields["party_id"] = startup.id
    solution = Solution(owner_office_id=office_id, text_id=version.id, **fields)
    session.add(solution)
    session.flush()
    return solution


def add_entry(
    session: Session, office_id: UUID, need: Need, solution: Solution, **fields: Any
) -> MatchListEntry:
    """The only row of a published list of its own."""
    made_at = fields.pop("made_at", now())
    run = MatchRun(
        owner_office_id=office_id, as_of=made_at, encoder_version="e", scorer_version="s",
        feature_version="f", seed=1, published_at=made_at,
    )  # fmt: skip
    session.add(run)
    session.flush()
    stored = MatchList(
        match_run_id=run.id, need_id=need.id, need_text_version_id=need.text_id, considered=1,
        excluded={}, abstained=None, length=1, input_digest="0" * 64, created_at=made_at,
    )  # fmt: skip
    session.add(stored)
    session.flush()
    entry = MatchListEntry(
        match_list_id=stored.id, need_id=need.id, solution_id=solution.id,
        solution_text_version_id=solution.text_id, sme_preference=0.5,
        startup_preference=0.5, reciprocal_score=0.5,
        **{"rank": 1, "exposure_propensity": 1.0, "document": b"{}"} | fields,
    )  # fmt: skip
    session.add(entry)
    session.flush()
    return entry
