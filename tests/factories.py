"""Valid rows with invented content; a test states only what it cares about."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from matchmaker.profiles.texts import new_text_version
from matchmaker.tables import Need, Office, Party, Solution


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
