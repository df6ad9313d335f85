"""What a route may ask for: who calls, a session, the office's engine, page and language."""

from collections.abc import Iterator
from threading import Lock
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends, Query, Request, Response
from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.database import SessionFactory, reading, transaction
from matchmaker.embedding import Encoder
from matchmaker.messages import LANGUAGES
from matchmaker.profiles import OneOf
from matchmaker.tandems import Champion, Matching
from matchmaker.web.authentication import Caller, authenticate

# What a record that was made through the API is said to come from.
SOURCE = "api"


class Engines:
    """One warm engine per office, made when it is first asked for."""

    def __init__(
        self, factory: SessionFactory, encoder: Encoder, settings: Settings, champion: Champion
    ) -> None:
        self._factory = factory
        self._encoder = encoder
        self._settings = settings
        self._champion = champion
        self._engines: dict[UUID, Matching] = {}
        self._making = Lock()

    def of(self, office_id: UUID) -> Matching:
        """The engine of an office."""
        with self._making:
            if office_id not in self._engines:
                self._engines[office_id] = Matching(
                    self._factory, office_id, self._encoder, self._settings, self._champion
                )
            return self._engines[office_id]


CurrentCaller = Annotated[Caller, Depends(authenticate)]


def _open_reading(request: Request) -> Iterator[Session]:
    with reading(request.app.state.factory) as session:
        yield session


def _open_transaction(request: Request) -> Iterator[Session]:
    with transaction(request.app.state.factory) as session:
        yield session


def _engine_of_caller(request: Request, caller: CurrentCaller) -> Matching:
    engines: Engines = request.app.state.engines
    return engines.of(caller.office_id)


# The scope ends them before the answer leaves: a commit that fails is an error the user sees.
ReadingSession = Annotated[Session, Depends(_open_reading, scope="function")]
WritingSession = Annotated[Session, Depends(_open_transaction, scope="function")]
OfficeEngine = Annotated[Matching, Depends(_engine_of_caller)]

Top = Annotated[int, Query(ge=1, le=200, description="Rows of the answer.")]
SentenceLanguage = Annotated[str, OneOf(LANGUAGES), Query(description="Language of the sentences.")]
Limit = Annotated[int, Query(ge=1, le=200, description="Records of the answer.")]
After = Annotated[
    UUID | None, Query(description="`next` of the answer before; the first records if absent.")
]


def direct_json(document: Any, status_code: int = 200, location: str | None = None) -> Response:
    """A document that is JSON already, written as it is.

    Answers with many explained rows take ten times longer through a response model.
    """
    headers = {"Location": location} if location else None
    return Response(
        orjson.dumps(document),
        status_code=status_code,
        media_type="application/json",
        headers=headers,
    )
