"""An office at work on files: what it imports, what it then has, what it exports."""

import csv
import io
import json
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import SessionFactory, transaction
from matchmaker.feedback import import_outcomes
from matchmaker.profiles.intake.exporting import export_file
from matchmaker.profiles.intake.importing import import_file
from matchmaker.profiles.intake.report import ImportReport
from matchmaker.profiles.intake.undo import UndoReport, undo_batch
from matchmaker.tables import Need, Party, Solution, TextVersion
from tests.factories import add_office

Table = list[list[str]]


def as_csv(rows: Table, separator: str = ";") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def as_json_lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@dataclass
class OfficeAtWork:
    factory: SessionFactory
    folder: Path
    id: UUID = field(init=False)

    def __post_init__(self) -> None:
        with transaction(self.factory) as session:
            self.id = add_office(session).id

    def take(
        self, kind: str, content: str | bytes | Table, name: str = "list.csv", **options: Any
    ) -> ImportReport:
        """Import a file with this content; a list of rows becomes CSV."""
        if isinstance(content, list):
            content = as_csv(content)
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        bring_in = partial(import_file, self.factory, kind)
        if kind == "outcomes":
            bring_in = partial(import_outcomes, self.factory)
        report = bring_in(path, office_id=self.id, actor="test", **options)
        sum_of_outcomes = report.created + report.updated + report.unchanged
        assert report.read == sum_of_outcomes + len(report.rejected)
        return report

    def undo(self, batch: UUID | None) -> UndoReport:
        assert batch is not None
        with transaction(self.factory) as session:
            return undo_batch(session, self.id, batch, "test")

    def export(self, kind: str, name: str) -> bytes:
        path = self.folder / name
        with self.factory() as session:
            export_file(session, self.id, kind, path)
        return path.read_bytes()

    def party(self, session: Session, external_id: str) -> Party:
        return session.scalars(
            select(Party).where(Party.owner_office_id == self.id, Party.external_id == external_id)
        ).one()

    def count(self, table: type[Any]) -> int:
        with self.factory() as session:
            owned = table.owner_office_id == self.id
            return session.scalar(select(func.count()).select_from(table).where(owned)) or 0

    def texts(self, table: type[Solution] | type[Need]) -> list[str]:
        with self.factory() as session:
            joined = select(TextVersion.text).join(table, table.text_id == TextVersion.id)
            return sorted(session.scalars(joined.where(table.owner_office_id == self.id)))


STARTUPS: Table = [
    ["id", "name", "website", "solution_title", "text", "tags", "maturity_trl", "capacity"],
    [
        "S1",
        "Nahtblick",
        "nahtblick.example",
        "Prüfung",
        "Wir prüfen Schweißnähte.",
        "a|b",
        "8",
        "3",
    ],
    ["S1", "Nahtblick", "nahtblick.example", "Kleber", "Wir prüfen Klebenähte.", "a", "6", "3"],
    ["S2", "", "", "", "We sell sensors for silos.", "", "ready", ""],
]
COMPANIES: Table = [
    ["Nr", "Firma", "PLZ", "Ort", "Branche", "Mitarbeitende", "Gründung", "Profil", "Cluster"],
    ["F1", "Lößtal GmbH", "76703", "Kraichtal", "25", "48", "1987", "Wir schweißen.", "metall"],
    ["F2", "Hohlweg KG", "74889", "Sinsheim", "Maschinenbau", "1.200", "12.04.1974", "", ""],
]
NEEDS: Table = [
    ["Nr", "Firma-Nr", "Titel", "Bedarf", "Reifegrad", "Kooperationsform", "Bis wann", "Nicht mit"],
    ["N1", "F1", "Nähte", "Prüfung der Nähte dauert.", "Pilot", "Kauf|Pilot", "30.06.2027", "S2"],
    ["N2", "Hohlweg", "", "Wir suchen Einrichter.", "fertig", "Kauf", "", "Niemand"],
    ["N3", "", "", "Wer nimmt unsere Späne ab?", "", "", "", ""],
]
OUTCOMES: Table = [
    ["Bedarf-Nr", "Startup-Nr", "Ergebnis", "Datum", "Quelle", "Grund", "Seite"],
    ["N1", "S1/1", "Erstgespräch", "12.03.2024", "Förderakte", "", ""],
    ["N1", "S1/1", "Vertrag", "09.2024", "Förderakte", "", ""],
    ["N2", "S2", "Absage", "2024-05-02", "", "keine Kapazität", "Start-up"],
    ["N9", "S2", "Pilot", "2024-05-02", "", "", ""],
]
