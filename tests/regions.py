"""Regions as frozen values, for cases worked by hand, and the engine that answers their needs."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from matchmaker.config import Settings, load_settings
from matchmaker.database import open_engine, open_sessions, transaction
from matchmaker.embedding import HashedNgramEncoder
from matchmaker.installation import migrate
from matchmaker.profiles.texts import clean_text, language_of, text_hash
from matchmaker.scoring import Scorer, expert_parameters
from matchmaker.tables import Embedding, SentenceEmbedding
from matchmaker.tandems import Proposer, Vectors, build_corpus
from matchmaker.values import (
    NeedProfile,
    PartyProfile,
    ProposedList,
    Snapshot,
    SolutionProfile,
    Text,
)

AS_OF = datetime(2026, 11, 22, 8, tzinfo=UTC)

_ids = count(1)


# One value at a time, for cases worked by hand.


def new_id() -> UUID:
    return UUID(int=next(_ids))


def a_text(words: str, language: str | None = None) -> Text:
    """A text as it would be stored; its language is detected when it is not given."""
    cleaned = clean_text(words)
    return Text(new_id(), cleaned, text_hash(cleaned), language or language_of(cleaned))


def a_party(**facts: Any) -> PartyProfile:
    return PartyProfile(**{"id": new_id(), "kind": "startup"} | facts)


def a_need(
    words: str = "Wir suchen eine automatische Prüfung unserer Schweißnähte.",
    language: str | None = None,
    **facts: Any,
) -> NeedProfile:
    return NeedProfile(**{"id": new_id(), "text": a_text(words, language)} | facts)


def a_solution(
    words: str = "Unsere Kamera erkennt Fehler in Schweißnähten während der Fertigung.",
    language: str | None = None,
    **facts: Any,
) -> SolutionProfile:
    defaults = {"id": new_id(), "party": a_party(), "text": a_text(words, language)}
    return SolutionProfile(**defaults | facts)


def a_region(
    needs: Iterable[NeedProfile],
    solutions: Iterable[SolutionProfile],
    blocked: Iterable[frozenset[UUID]] = (),
) -> Snapshot:
    return Snapshot(AS_OF, tuple(needs), tuple(solutions), frozenset(blocked))


# The engine, with the encoder that needs no model.


@cache
def shipped_settings() -> Settings:
    return load_settings()


@cache
def fallback_vectors() -> Vectors:
    """Vectors over a database in memory, migrated like every other one."""
    engine = open_engine("sqlite://")
    migrate(engine)
    return Vectors(open_sessions(engine), HashedNgramEncoder())


def forget_vectors() -> None:
    """Begin without stored vectors, so that memory does not grow with the number of regions."""
    with transaction(fallback_vectors()._factory) as session:
        session.execute(delete(Embedding))
        session.execute(delete(SentenceEmbedding))


def a_proposer(region: Snapshot, settings: Settings | None = None) -> Proposer:
    settings = settings or shipped_settings()
    corpus = build_corpus(region, fallback_vectors(), settings)
    scorer = Scorer(expert_parameters(settings.scoring), settings.scoring)
    return Proposer(corpus, fallback_vectors(), scorer, settings)


def propose(
    region: Snapshot, need: NeedProfile | None = None, settings: Settings | None = None
) -> ProposedList:
    """The list for one need of the region, the first when none is named, long enough for all."""
    proposer = a_proposer(region, settings)
    return proposer.propose(proposer.read_stored(need or region.needs[0]), 200)
