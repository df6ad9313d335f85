"""The one wiring place of the web: settings, database and encoder in, application out."""

from typing import Any

from fastapi import APIRouter, FastAPI

from matchmaker import __version__
from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.training import Champions
from matchmaker.web import pages
from matchmaker.web.assets import Assets
from matchmaker.web.attempts import Attempts
from matchmaker.web.dependencies import Engines
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.headers import SafeHeaders
from matchmaker.web.problems import answer_errors_with_problems, problem_schemas, problems
from matchmaker.web.rendering import Renderer
from matchmaker.web.routes import (
    events,
    health,
    matching,
    needs,
    parties,
    solutions,
    startups,
    tandems,
)

_DESCRIPTION = """Pairs needs of firms with solutions of startups, and says why.

Every call but `health` carries an API token, which `matchmaker token LABEL` makes. A token
belongs to one office: what another office keeps to itself does not exist for it. Errors are
problem documents (RFC 9457). Times are UTC; numbers are unrounded."""


class Api(FastAPI):
    """FastAPI, with the problem documents in the description."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        if self.openapi_schema is None:
            document = super().openapi()
            document["components"]["schemas"] |= problem_schemas()
        return super().openapi()


def create_app(settings: Settings, factory: SessionFactory, encoder: Encoder) -> FastAPI:
    """Build the application; opening the database and loading the encoder is the caller's."""
    app = Api(
        title="Matchmaker",
        version=__version__,
        description=_DESCRIPTION,
        # The usual documentation pages load scripts from other people's servers.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.factory = factory
    app.state.encoder = encoder
    app.state.attempts = Attempts()
    app.state.engines = Engines(factory, encoder, settings, Champions(settings))
    answer_errors_with_problems(app)
    api = APIRouter(prefix="/api/v1", route_class=GuardedRoute)
    api.include_router(health.router)
    for subject in (matching, startups, needs, parties, solutions, events, tandems):
        api.include_router(subject.router, responses=problems(401, 422, 503))
    app.include_router(api)
    assets = Assets()
    app.state.renderer = Renderer(settings, assets)
    app.add_route("/static/{digest}/{name:path}", assets.serve, include_in_schema=False)
    app.include_router(pages.router)
    app.add_middleware(SafeHeaders)
    return app
