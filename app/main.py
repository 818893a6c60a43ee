"""The composition root: the only module that knows the whole house."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi_swagger import patch_fastapi

from app.accounts import rules as account_rules
from app.api import v1
from app.audit.service import LISTENERS, Listeners
from app.cases.jobs.violations import REFERENCE as VIOLATION_KINDS
from app.cases.rules.labels import LABELS as CASE_LABELS
from app.cases.service.access import settle_access
from app.cases.service.answers import note_file, note_supplement, note_withdrawal
from app.cases.service.following import follow_clocks
from app.cases.service.opening import open_case, open_finding
from app.certificates.router.pages import router as verification_pages
from app.certificates.rules.states import LABELS as PAPER_LABELS
from app.clocks.jobs.loading import REFERENCE as CLOCKS
from app.clocks.rules import labels as clock_labels
from app.complaints.jobs.indexing import MARKS
from app.complaints.router.importing import PATH as IMPORTS
from app.complaints.rules import desk as desk_rules
from app.complaints.rules import identity as identity_rules
from app.complaints.rules import labels as complaint_labels
from app.complaints.rules import likeness, links
from app.complaints.rules.importing import MOST_BYTES
from app.complaints.service.indexing import note_new_facts
from app.complaints.service.unread import count_message, count_reading
from app.core import queue
from app.core.collector import collect_seldom
from app.core.database import Json, Sessions, open_engine, open_sessions
from app.core.keys import kept_keyring
from app.core.logs import configure_logs
from app.core.reference import ReferenceSet
from app.core.rotation import Blinded
from app.core.settings import Settings, read_settings
from app.correspondence.files.smtp import MailServer
from app.correspondence.rules import messages as message_rules
from app.correspondence.service.notices import BY_EMAIL
from app.credentials.jobs import end_sign_ins
from app.credentials.service import authenticate
from app.declarations.jobs import PERSONS
from app.declarations.jobs import REFERENCE as PLEDGE_TEXTS
from app.declarations.router import lane, signing
from app.declarations.router.certificates import pages as signing_pages
from app.declarations.router.rosters import IMPORTS as ROSTERS
from app.declarations.rules.labels import LABELS as DECLARATION_LABELS
from app.declarations.rules.rosters import LIMITS
from app.declarations.service.admitting import admit_papers
from app.declarations.service.counting import count_leaves
from app.declarations.service.verifying import VERIFIERS
from app.elections import rules as election_rules
from app.elections.jobs import REFERENCE as ELECTIONS
from app.evidence.jobs.indexes import FILES
from app.evidence.jobs.retention import REFERENCE as RETENTION
from app.evidence.router.tus import PATH as UPLOADS
from app.evidence.rules import copies as copy_rules
from app.evidence.rules import documents as document_rules
from app.evidence.rules import retention as retention_rules
from app.evidence.rules import uploads as upload_rules
from app.evidence.service.depot import Depot
from app.ledger.jobs import Measuring
from app.ledger.rules import logs as log_rules
from app.ledger.rules.logs import LogName
from app.ledger.service.keys import ORIGIN
from app.ledger.service.publishing import FOLLOWERS, Following
from app.offices import rules as office_rules
from app.offices.jobs import REFERENCE as OFFICES
from app.rakor.rules import labels as rakor_labels
from app.referrals.jobs.law import REFERENCE as AUTHORITIES
from app.referrals.rules.labels import LABELS as REFERRAL_LABELS
from app.referrals.service.steps import recount_referrals
from app.regions import rules as region_rules
from app.regions.jobs import REFERENCE as REGIONS
from app.rounds import jobs_of, steady_of
from app.stats.jobs import freeze_public_tables
from app.stats.rules import units as statistics_units
from app.web import health, openapi, problems
from app.web.body import BodyLimit
from app.web.clock import present
from app.web.front import Front
from app.web.index import Lanes, RouteIndex
from app.web.intake import Intake
from app.web.lane import Lane
from app.web.limits import Limits
from app.web.reference import Labels

LISTENING: Final[Listeners] = {
    "officer.changed": (end_sign_ins,),
    "message.sent_by_reporter": (count_message,),
    "message.read_by_office": (count_reading,),
    "complaint.entered": (note_new_facts, open_finding),
    "complaint.initial_review": (open_case,),
    "complaint.tracing": (open_case,),
    "clocks.recounted": (follow_clocks, recount_referrals),
    "case.join_report": (settle_access,),
    "case.separate_report": (settle_access,),
    "complaint.imported": (note_new_facts,),
    "complaint.supplemented": (note_new_facts, note_supplement),
    "complaint.withdrawn": (note_withdrawal,),
    "evidence.sealed": (note_new_facts, note_file),
    "declaration.planned": (admit_papers,),
}
"""Who hears of which action, in the transaction of the act: the one way effects go upwards."""

FOLLOWING: Final[Following] = {LogName.DECLARATIONS: (count_leaves,)}
"""Who keeps count of what a log publishes, in the transaction that signs it."""

REFERENCE: Final[tuple[ReferenceSet, ...]] = (
    REGIONS,
    OFFICES,
    ELECTIONS,
    CLOCKS,
    PLEDGE_TEXTS,
    RETENTION,
    VIOLATION_KINDS,
    AUTHORITIES,
)
"""What the domains ship, in the order in which it is loaded."""

BLINDED: Final[tuple[Blinded, ...]] = (FILES, MARKS, PERSONS)
"""What is found by a blind index, and how a rotation brings it under a new key."""

LABELS: Final[Labels] = {
    "role": account_rules.LABELS,
    "office_kind": office_rules.LABELS,
    "identity_request_state": identity_rules.STATES,
    **CASE_LABELS,
    **PAPER_LABELS,
    **clock_labels.LABELS,
    **complaint_labels.LABELS,
    **desk_rules.LABELS,
    "likeness_reason": likeness.LABELS,
    "link_state": links.LABELS,
    **DECLARATION_LABELS,
    **election_rules.LABELS,
    **copy_rules.LABELS,
    **document_rules.LABELS,
    **retention_rules.LABELS,
    **upload_rules.LABELS,
    "log_name": log_rules.LABELS,
    **message_rules.LABELS,
    **rakor_labels.LABELS,
    **REFERRAL_LABELS,
    **region_rules.LABELS,
    **statistics_units.LABELS,
}
"""What the codes of every enumeration mean, served at /reference."""


LARGER: Final[Mapping[str, int | None]] = {
    f"{v1.router.prefix}{IMPORTS}": MOST_BYTES,
    f"{v1.router.prefix}{ROSTERS}": LIMITS.bytes,
    UPLOADS: None,
}
"""The paths that take larger bodies than the others, in bytes; uploads are limited on their own."""

LANES: Final[Lanes] = {
    f"{v1.router.prefix}{signing.PATH}": lambda route: Lane(route, lane.read, lane.carry_out)
}
"""The short way to the operation of a national hour."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the service; it connects when it starts."""
    settings = settings or read_settings()
    configure_logs(settings.log_level)
    app = FastAPI(
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
        app.router.middleware_stack,
        iter_route_contexts(app.routes),
        LANES if settings.signing_lane else {},
    )
    app.add_middleware(BodyLimit, limit=settings.body_limit, others=LARGER)
    app.add_middleware(Front)
    return app


def _furnish(app: FastAPI) -> None:
    """Give it its operations, its contract, and the words of its refusals."""
    problems.install(app)
    openapi.install(app)
    app.include_router(v1.router)
    app.include_router(health.router)
    app.include_router(verification_pages)
    app.include_router(signing_pages)
    # Brings its files along: the pages of the framework fetch theirs from a host far away.
    patch_fastapi(app)


def _equip(app: FastAPI, settings: Settings) -> None:
    """Hand the kit what it needs of the floors above it."""
    app.state.settings = settings
    app.state.authenticate = authenticate
    app.state.labels = LABELS
    app.state.verifiers = VERIFIERS
    app.state.figures = (Measuring(present),)
    app.state.replica = None
    app.state.head = schema_head()
    app.state.limits = Limits(
        anonymous=settings.anonymous_rate, credential=settings.credential_rate
    )
    app.state.intake = Intake(settings.intake_rate)
    app.state.signing = signing.gather(app.state)


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
        await app.state.signing.close()
    for opened in filter(None, (sessions, app.state.replica)):
        await opened.kw["bind"].dispose()
