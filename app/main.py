"""The composition root: the only module that knows the whole house."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi_swagger import patch_fastapi

from app.api import v1
from app.audit.service import LISTENERS
from app.certificates.router.pages import router as verification_pages
from app.circulars.router.answer_page import pages as circular_answer_pages
from app.circulars.router.pages import pages as circular_pages
from app.complaints.router.importing import PATH as IMPORTS
from app.complaints.rules.importing import MOST_BYTES
from app.consultations.router.pages import pages as consultation_pages
from app.core import queue
from app.core.collector import collect_seldom
from app.core.database import Json, Sessions, open_engine, open_sessions
from app.core.keys import kept_keyring
from app.core.logs import configure_logs
from app.core.measuring import Measuring
from app.core.release import release_of
from app.core.remembered import Remembered
from app.core.settings import Settings, read_settings
from app.correspondence.files.smtp import MailServer
from app.correspondence.service.notices import BY_EMAIL
from app.credentials.service import authenticate
from app.dashboard.router import pages as dashboard
from app.declarations.router import lane, signing
from app.declarations.router.certificates import pages as signing_pages
from app.declarations.router.open_link import pages as open_link_pages
from app.declarations.router.rosters import IMPORTS as ROSTERS
from app.declarations.rules.rosters import LIMITS
from app.declarations.service.verifying import VERIFIERS as DECLARATIONS
from app.evidence.router.tus import PATH as UPLOADS
from app.evidence.service.depot import Depot
from app.ledger.jobs import LedgerMeasure
from app.ledger.service.keys import ORIGIN
from app.ledger.service.publishing import FOLLOWERS
from app.prevention.router.pages import pages as event_signing_pages
from app.rakor.router.answer_page import pages as invitation_pages
from app.rakor.router.follow_up_page import pages as follow_up_pages
from app.rakor.service.certificate_verifying import VERIFIERS as ATTENDANCE
from app.registry import FOLLOWING, LABELS, LISTENING
from app.rounds import jobs_of, steady_of
from app.stats.jobs import FiguresMeasure, freeze_public_tables
from app.stats.repository.hearing import Heard
from app.stats.repository.reached import Reached
from app.stats.service.watching import REMEMBERED_SECONDS, FigureWatch
from app.web import health, openapi, problems
from app.web.body import BodyLimit
from app.web.clock import present
from app.web.front import Front
from app.web.index import RouteIndex
from app.web.intake import Intake
from app.web.lane import WithLane
from app.web.limits import Limits
from app.web.repeated import Repeated
from app.web.shared import SharedCache

LARGER: Final[Mapping[str, int | None]] = {
    f"{v1.router.prefix}{IMPORTS}": MOST_BYTES,
    f"{v1.router.prefix}{ROSTERS}": LIMITS.bytes,
    UPLOADS: None,
}
"""The paths that take larger bodies than the others, in bytes; uploads are limited on their own."""

SIGNING: Final = f"{v1.router.prefix}{signing.PATH}"
"""The operation of a national hour, which has a short way."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the service; it connects when it starts."""
    settings = settings or read_settings()
    configure_logs(settings.log_level)
    app = WithLane(
        title="Netra",
        version="1.0.0",
        description="Netralitas ASN dalam pemilihan: aduan, ikrar, dan rapat koordinasi.",
        lifespan=_lifespan,
        # A redirect would repeat the Host and the scheme that a proxy left us, perhaps plain HTTP.
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    _equip(app, settings)
    _furnish(app)
    app.router.middleware_stack = RouteIndex(
        app.router.middleware_stack, iter_route_contexts(app.routes)
    )
    _lay(app, settings)
    return app


def _lay(app: WithLane, settings: Settings) -> None:
    """Put the layers around it, the innermost first."""
    app.add_middleware(BodyLimit, limit=settings.body_limit, others=LARGER)
    app.add_middleware(Repeated)
    app.add_middleware(SharedCache, seconds=settings.public_seconds)
    app.add_middleware(Front)
    if settings.signing_lane:
        app.open_lane(SIGNING, lane.read, lane.carry_out)


def _furnish(app: FastAPI) -> None:
    """Give it its operations, its contract, and the words of its refusals."""
    problems.install(app)
    openapi.install(app)
    app.include_router(v1.router)
    app.include_router(health.router)
    app.include_router(dashboard)
    app.include_router(verification_pages)
    app.include_router(signing_pages)
    app.include_router(open_link_pages)
    app.include_router(invitation_pages)
    app.include_router(follow_up_pages)
    app.include_router(event_signing_pages)
    app.include_router(circular_pages)
    app.include_router(circular_answer_pages)
    app.include_router(consultation_pages)
    # Brings its files along: the pages of the framework fetch theirs from a host far away.
    patch_fastapi(app)


def _equip(app: FastAPI, settings: Settings) -> None:
    """Hand the kit what it needs of the floors above it."""
    app.state.settings = settings
    app.state.authenticate = authenticate
    app.state.labels = LABELS
    app.state.verifiers = {**DECLARATIONS, **ATTENDANCE}
    app.state.figures = (Measuring(present, (LedgerMeasure(), FiguresMeasure())),)
    app.state.replica = None
    app.state.head = schema_head()
    app.state.release = release_of()
    app.state.limits = Limits(
        anonymous=settings.anonymous_rate, credential=settings.credential_rate
    )
    app.state.intake = Intake(settings.intake_rate)
    app.state.signing = signing.gather(app.state)
    app.state.watch = FigureWatch(lambda: app.state.replica or app.state.sessions)
    app.state.reached = Remembered[Reached](REMEMBERED_SECONDS)
    app.state.heard = Remembered[Heard](room=10_000)


def schema_head() -> str:
    """The migration that this version of the code needs."""
    folder = Path(__file__).parent.parent / "alembic"
    config = Config()
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config).get_current_head() or ""


def connect(settings: Settings) -> Sessions:
    """Open the pool of one process, with everybody who listens to the journal."""
    if settings.database_url is None:
        raise RuntimeError("DATABASE_URL is not set; `netra serve` sets it for its own server.")
    return _open(settings, settings.database_url)


def _open(settings: Settings, url: str) -> Sessions:
    engine = open_engine(url, pool=settings.database_pool, prepared=settings.prepared_statements)
    by_email = MailServer.of(settings) is not None
    return open_sessions(engine, known(by_email=by_email, origin=settings.ledger_origin))


def known(*, by_email: bool, origin: str) -> Json:
    """What every session brings along for the floors that cannot see those above them."""
    return {
        LISTENERS: LISTENING,
        FOLLOWERS: FOLLOWING,
        ORIGIN: origin,
        BY_EMAIL: by_email,
    }


async def run_worker(settings: Settings) -> None:
    """Do what must not hold up a request, until SIGTERM."""
    configure_logs(settings.log_level)
    sessions = connect(settings)
    # Tables that could not be frozen are tried again every hour; all else must go on.
    with suppress(LookupError):
        await freeze_public_tables(sessions, present())
    async with kept_keyring(sessions, settings) as keys:
        jobs = jobs_of(sessions, keys, settings)
        collect_seldom()
        await queue.work(settings.owner_url or "", jobs, steady_of(sessions, keys))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    sessions = connect(app.state.settings)
    app.state.sessions = sessions
    replica = app.state.settings.database_url_read
    app.state.replica = _open(app.state.settings, replica) if replica else None
    app.state.depot = Depot(app.state.settings)
    # Those who still waited when an earlier life ended were answered then.
    app.state.signing = signing.gather(app.state)
    async with kept_keyring(sessions, app.state.settings) as app.state.keys:
        collect_seldom()
        yield
        app.state.watch.end()
        await app.state.signing.close()
    for opened in filter(None, (sessions, app.state.replica)):
        await opened.kw["bind"].dispose()
