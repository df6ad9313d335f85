"""What every request passes before a route sees it."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from matchmaker.errors import InvalidInputError
from matchmaker.web.problems import field_path
from matchmaker.web.strict_json import read_json, unstorable

_WITH_BODY = ("POST", "PUT", "PATCH")


class GuardedRoute(APIRoute):
    """A route whose body is JSON within limits, and whose parameters can be stored."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler behind its guard."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            _check_parameters(request)
            if request.method in _WITH_BODY:
                limit = request.app.state.settings.web.body_limit_bytes
                content = await read_body(request, limit)
                request = _ReadRequest(request, content, await _read_document(request, content))
            return await handle(request)

        return guarded


class _ReadRequest(Request):
    """A request whose body was read and found sound."""

    def __init__(self, request: Request, content: bytes, document: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._content = content
        self._document = document

    async def body(self) -> bytes:
        """The bytes of the body."""
        return self._content

    async def json(self) -> Any:
        """The document in the body."""
        return self._document


def _check_parameters(request: Request) -> None:
    for name, value in (*request.query_params.multi_items(), *request.path_params.items()):
        if flaw := unstorable(name) or unstorable(str(value)):
            field = field_path([name])
            raise InvalidInputError(f"The parameter {field} holds {flaw}.", field=field)


async def read_body(request: Request, limit: int) -> bytes:
    """The body, unless it is too large; one without a stated length is read up to the limit."""
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated[:20]) > limit:
        raise HTTPException(413)
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise HTTPException(413)
    return bytes(content)


async def _read_document(request: Request, content: bytes) -> Any:
    if not content:
        return None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415)
    return await run_in_threadpool(read_json, content)
