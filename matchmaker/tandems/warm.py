"""What an office's engine keeps in memory: the corpus and the scorer, until they are others."""

from collections.abc import Callable
from threading import Lock
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.config import Settings
from matchmaker.database import SessionFactory, reading
from matchmaker.scoring import Scorer, ScorerParameters, expert_parameters
from matchmaker.tandems.corpus import load_corpus
from matchmaker.tandems.proposing import Proposer
from matchmaker.tandems.vectors import Progress, Vectors

# Which numbers score an office's lists right now; the same object while they are the same.
Champion = Callable[[Session, UUID], ScorerParameters]


class Warm:
    """The newest proposer of an office. Without a `champion` the expert's weights score."""

    def __init__(
        self,
        factory: SessionFactory,
        office_id: UUID,
        vectors: Vectors,
        settings: Settings,
        champion: Champion | None,
    ) -> None:
        expert = expert_parameters(settings.scoring)
        self._factory = factory
        self._office_id = office_id
        self._vectors = vectors
        self._settings = settings
        self._champion = champion or (lambda session, office_id: expert)
        self._scorer = Scorer(expert, settings.scoring)
        self._proposer: Proposer | None = None
        self._loading = Lock()

    def proposer(self, progress: Progress | None) -> Proposer:
        """The proposer over the newest data, with the scorer that serves now.

        The corpus is built anew when the ledger has grown; another scorer leaves it as it is.
        `progress` is told of newly embedded texts.
        """
        with self._loading:
            with reading(self._factory) as session:
                newest = ledger.data_version(session)
                serving = self._champion(session, self._office_id)
            before, scorer = self._proposer, self._scorer
            if serving is not scorer.parameters:
                scorer = self._scorer = Scorer(serving, self._settings.scoring)
            corpus = before.corpus if before else None
            if corpus is None or corpus.data_version != newest:
                corpus = load_corpus(
                    self._vectors, self._factory, self._office_id, self._settings, progress, corpus
                )
            if before is None or before.corpus is not corpus or before.scorer is not scorer:
                before = Proposer(corpus, self._vectors, scorer, self._settings)
            self._proposer = before
            return before
