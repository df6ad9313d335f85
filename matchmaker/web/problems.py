"""Errors as problem documents (RFC 9457): where they are mapped, and how they are described.

What goes wrong outside the API is said by a page.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from matchmaker.errors import ConflictError, InvalidInputError, MatchmakerError, NotFoundError
from matchmaker.web.headers import API
from matchmaker.web.pages.errors import ErrorPage
from matchmaker.web.pages.showing import ForbiddenError, LogInFirstError, show, to_log_in

MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER_SECONDS = 5


class UnauthorizedError(MatchmakerError):
    """The request carries no token, or one that opens nothing."""


_STATUS = {
    UnauthorizedError: 401,
    LogInFirstError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    InvalidInputError: 422,
}
_HEADERS = {
    401: {"WWW-Authenticate": "Bearer"},
    503: {"Retry-After": str(_RETRY_AFTER_SECONDS)},
}
_DETAILS = {
    401: "An API token is needed: send 'Authorization: Bearer mm_…'.",
    404: "There is nothing at this address.",
    405: "This address does not answer to this method.",
    409: "The request contradicts what is stored. Read the record again and repeat the change.",
    413: "The body is too large.",
    415: "The body must be JSON, with 'Content-Type: application/json'.",
    422: "Some of the input cannot be used; errors names each field.",
    500: "Something went wrong on our side. The request was not carried out.",
    503: f"The database cannot be reached. Try again in {_RETRY_AFTER_SECONDS} seconds.",
}


class FieldErrorOut(BaseModel):
    """One field that cannot be used, and why."""

    field: str
    reason: str


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no need with the id 8e0f….",
                    "instance": "/api/v1/needs/8e0f…",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldErrorOut] | None = None


def problem_schemas() -> dict[str, Any]:
    """The OpenAPI components that `problems` refers to."""
    schema = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "ProblemOut": schema}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI description of these error responses."""
    schema = {"$ref": "#/components/schemas/ProblemOut"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def answer_errors_with_problems(app: FastAPI) -> None:
    """Map every error to its problem document. No other place turns errors into HTTP."""

    @app.exception_handler(MatchmakerError)
    async def domain_error(request: Request, error: MatchmakerError) -> Response:
        status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 500)
        if status == 500:
            return _problem(request, status)
        field = error.field if isinstance(error, InvalidInputError) else None
        errors = [{"field": field, "reason": str(error)}] if field else []
        return _problem(request, status, str(error), errors)

    @app.exception_handler(RequestValidationError)
    async def invalid_request(request: Request, error: RequestValidationError) -> Response:
        errors = [
            {
                "field": field_path(found["loc"][1:]) or str(found["loc"][0]),
                "reason": _reason(found),
            }
            for found in error.errors()
        ]
        return _problem(request, 422, errors=errors)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        return _problem(request, error.status_code, headers=error.headers)

    @app.exception_handler(StaleDataError)
    @app.exception_handler(IntegrityError)
    async def contradiction(request: Request, _error: Exception) -> Response:
        return _problem(request, 409)

    @app.exception_handler(OperationalError)
    @app.exception_handler(PoolTimeoutError)
    async def database_away(request: Request, _error: Exception) -> Response:
        return _problem(request, 503)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, _error: Exception) -> Response:
        # The server logs the error itself: it is raised again after this answer.
        return _problem(request, 500)


def field_path(parts: Sequence[int | str]) -> str:
    """Where a value stands, such as tags.3. A name that is no plain word is not repeated."""
    plain = (
        str(part) if str(part).replace("_", "").isalnum() and str(part).isascii() else "…"
        for part in parts
    )
    return ".".join(part[:64] for part in plain)


def _problem(
    request: Request,
    status: int,
    detail: str | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    path = request.scope["path"]
    if status == 401 and not path.startswith(API):
        return to_log_in(request)
    if not path.startswith(API):
        return show(request, ErrorPage.of(status), status)
    title = HTTPStatus(status).phrase
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or _DETAILS.get(status, title),
        "instance": quote(path, errors="replace")[:500],
    }
    if errors:
        document["errors"] = errors
    return Response(
        orjson.dumps(document),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or _HEADERS.get(status, {})),
    )


def _reason(found: Mapping[str, Any]) -> str:
    """What is wrong with a field, without a word of what was sent."""
    if str(found["type"]).startswith("uuid"):
        return "Input should be a valid UUID"
    return str(found["msg"])
