"""Which numbers score an office's lists right now."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.errors import ConflictError
from matchmaker.scoring import ScorerParameters, expert_parameters
from matchmaker.training.artifacts import load_scorer
from matchmaker.training.versions import find_champion

UNREADABLE = "The trained scorer cannot be read; the weights set by experts serve."


class Champions:
    """What engines ask before each answer: one look into the database, one read of each version.

    A champion that cannot be read never stops the work: the expert's weights serve, with a
    notice, and the next answer tries again.
    """

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data_folder
        self._expert = expert_parameters(settings.scoring)
        self._in_place = replace(self._expert, notice=UNREADABLE)
        self._read: dict[UUID, ScorerParameters] = {}

    def __call__(self, session: Session, office_id: UUID) -> ScorerParameters:
        """The numbers that serve the office; the same object while they are the same."""
        champion = find_champion(session, office_id)
        if champion is None:
            return self._expert
        known = self._read.get(office_id)
        if known is None or known.version != champion.version:
            try:
                known = load_scorer(self._folder, champion.version, champion.digest)
            except (ConflictError, OSError):
                return self._in_place
            self._read[office_id] = known
        return known
