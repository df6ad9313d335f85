"""An office with a past: needs, startups, and what became of their pairs, by one hidden rule."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from matchmaker.config import Settings
from matchmaker.database import now, transaction
from matchmaker.days import day_of
from matchmaker.feedback import import_outcomes
from matchmaker.tables import Need, Solution
from matchmaker.tandems import Matching
from matchmaker.training import Champions, TrainingReport, train
from tests.factories import add_need, add_party, add_solution
from tests.regions import fallback_vectors
from tests.tandems.conftest import Region

FORMS = ("buy", "pilot", "joint_development")
NEEDS, STARTUPS, SOURCES = 40, 12, 6

# Whether the firm wants the pair: the hidden rule, or one that a test breaks.
Wants = Callable[[Need, Solution], bool]


@dataclass
class Office:
    """A region with a past, and the folder its trained scorers lie in."""

    region: Region
    settings: Settings
    needs: list[Need]
    solutions: list[Solution]

    def matching(self) -> Matching:
        encoder = fallback_vectors().encoder
        office_id = self.region.office.id
        champions = Champions(self.settings)
        return Matching(self.region.factory, office_id, encoder, self.settings, champions)

    def train(self) -> TrainingReport:
        return train(
            self.region.factory, self.matching(), self.region.office.id, self.settings, now(),
            actor="test",
        )  # fmt: skip


def wants_its_form(need: Need, solution: Solution) -> bool:
    """What matters here and what experts rate low: the form of cooperation, and nothing else."""
    return bool(set(need.cooperation_forms) & set(solution.cooperation_forms))


def found(region: Region, folder: Path, settings: Settings) -> Office:
    """Needs and startups whose texts are all alike, so that only their facts differ."""
    generator = np.random.default_rng(3)
    with transaction(region.factory) as session:
        office_id = region.office.id
        needs = []
        for number in range(NEEDS):
            firm = add_party(session, office_id, name=f"Firma {number}")
            needs.append(
                add_need(
                    session, office_id, f"Wir suchen eine Prüfung für Schweißnähte, Fall {number}.",
                    party_id=firm.id, status="closed", external_id=f"n{number}",
                    cooperation_forms=[FORMS[number % 3]],
                )
            )  # fmt: skip
        solutions = []
        for number in range(STARTUPS):
            startup = add_party(session, office_id, kind="startup", name=f"Startup {number}")
            solutions.append(
                add_solution(
                    session, office_id, f"Unsere Kamera prüft Schweißnähte, Ausgabe {number}.",
                    party_id=startup.id, external_id=f"s{number}",
                    cooperation_forms=[FORMS[generator.integers(3)]],
                )
            )  # fmt: skip
    region.changed()
    own = settings.model_copy(update={"data_folder": folder})
    return Office(region, own, needs, solutions)


def live_through(office: Office, file: Path, wants: Wants = wants_its_form) -> None:
    """Import what became of six pairs of each need: firms say yes or no by `wants`."""
    today = day_of(now())
    rows = []
    for number, need in enumerate(office.needs):
        began = today - timedelta(days=400 - 5 * number)
        for step in range(6):
            solution = office.solutions[(number + 2 * step) % STARTUPS]
            outcome, reason = (
                ("judged_fit", "") if wants(need, solution) else ("judged_no_fit", "poor_fit")
            )
            day = began + timedelta(days=step)
            rows.append(
                [need.external_id, solution.external_id, outcome, day.isoformat(),
                 f"Betreuung {(number + step) % SOURCES}", reason]
            )  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["need", "startup", "outcome", "happened_on", "source", "reason"])
        writer.writerows(rows)
    report = import_outcomes(
        office.region.factory, file, office_id=office.region.office.id, actor="test"
    )
    assert report.rejected == []
