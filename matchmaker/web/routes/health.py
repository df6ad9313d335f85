"""Whether the service works."""

from alembic.runtime.migration import MigrationContext
from fastapi import APIRouter, Request

from matchmaker import __version__
from matchmaker.web.dependencies import ReadingSession
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.problems import problems
from matchmaker.web.schemas.health import HealthOut

router = APIRouter(prefix="/health", tags=["service"], route_class=GuardedRoute)


@router.get("", summary="Say whether the service works", responses=problems(503))
def read_health(request: Request, session: ReadingSession) -> HealthOut:
    """Reach the database and name the versions in use. Needs no token and shows no data."""
    encoder = request.app.state.encoder
    return HealthOut(
        status="ok",
        version=__version__,
        revision=MigrationContext.configure(session.connection()).get_current_revision(),
        encoder=encoder.version,
        encoder_notice=encoder.notice,
    )
