"""Trained scorers for tests: what a training would save."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.scoring import Calibration, ScorerParameters, SideParameters, expert_parameters
from matchmaker.tables import ScorerVersion
from matchmaker.training import add_version, save_scorer
from tests.regions import shipped_settings


def learned(factor: float = 2.0, calibration: Calibration | None = None) -> ScorerParameters:
    """The expert's weights times a factor, half as unsure."""
    expert = expert_parameters(shipped_settings().scoring)
    sme, startup = (
        SideParameters(
            side.intercept,
            {feature: factor * weight for feature, weight in side.weights.items()},
            side.covariance / 4,
        )
        for side in (expert.sme, expert.startup)
    )
    return ScorerParameters("unsaved", sme, startup, calibration)


def add_scorer(
    session: Session,
    office_id: UUID,
    folder: Path,
    factor: float = 2.0,
    calibration: Calibration | None = None,
    **facts: Any,
) -> ScorerVersion:
    """A scorer in the data folder and in the office's list."""
    saved = save_scorer(
        folder, learned(factor, calibration), {"log_loss": np.float64(0.4)}, "# Card"
    )
    usual: dict[str, Any] = {
        "state": "challenger",
        "reason": "too_few_needs",
        "details": {"needs": 11, "needs_wanted": 12, "certainty_wanted": 0.9},
        "labels": {"sme": 30, "startup": 21},
        "window": (date(2026, 1, 5), date(2026, 11, 2)),
        "metrics": {"log_loss": 0.4, "spoiled": float("nan")},
        "trained_at": now(),
        "actor": "test",
    }
    return add_version(session, office_id, saved, **usual | facts)
