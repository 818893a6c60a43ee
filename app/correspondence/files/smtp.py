"""The operator's mail server, spoken to by SMTP."""

import asyncio
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import Final, Self, TypedDict
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import aiosmtplib
import structlog
from aiosmtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from app.core.processes import CannotStart
from app.core.settings import Settings
from app.core.texts import Text
from app.correspondence.files.letters import domain_of
from app.correspondence.rules.notices import EMAIL, Outcome, outcome_of

log = structlog.get_logger()

SECONDS: Final = 20.0
"""For each answer of the server."""
_ANSWERS: Final = 3
"""How many times that a whole letter may take, at most one of them to say goodbye."""

WRONG_SERVER: Final = Text(
    "NETRA_SMTP_URL harus berbentuk smtp://pengguna:sandi@host:587 (atau smtps://), dengan"
    " ?starttls=always, offered atau never.",
    "NETRA_SMTP_URL must be written smtp://user:password@host:587 (or smtps://), with"
    " ?starttls=always, offered or never.",
)
WRONG_SENDER: Final = Text(
    "NETRA_MAIL_FROM harus berisi satu alamat surel, tanpa nama.",
    "NETRA_MAIL_FROM must be one e-mail address, without a name.",
)


class StartTls(StrEnum):
    ALWAYS = "always"
    OFFERED = "offered"
    NEVER = "never"


_UPGRADE: Final = {StartTls.ALWAYS: True, StartTls.OFFERED: None, StartTls.NEVER: False}


class Connection(TypedDict):
    """What aiosmtplib has to know to reach the server."""

    hostname: str
    port: int
    username: str | None
    password: str | None
    use_tls: bool
    start_tls: bool | None
    local_hostname: str


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in, and from whom they come."""

    sender: str
    connection: Connection = field(repr=False)
    seconds: float = SECONDS

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """The server that the operator named, or None; refuse what cannot be one."""
        if settings.smtp_url is None:
            return None
        sender = settings.mail_from or ""
        if not re.fullmatch(EMAIL, sender):
            raise CannotStart(WRONG_SENDER)
        try:
            connection = _connection(urlsplit(settings.smtp_url.get_secret_value()), sender)
        except ValueError:
            # Not as its cause: the address holds a password.
            raise CannotStart(WRONG_SERVER) from None
        return cls(sender, connection)

    async def send(self, letter: EmailMessage) -> Outcome:
        """Hand one letter in; what went wrong is logged by its kind, without any address."""
        try:
            async with asyncio.timeout(self.seconds * _ANSWERS):
                await aiosmtplib.send(letter, timeout=self.seconds, **self.connection)
        except SMTPRecipientsRefused as refusal:
            return _told("recipient", refusal.recipients[0].code)
        except SMTPDataError as refusal:
            return _told("content", refusal.code)
        except (SMTPException, OSError) as trouble:
            code = getattr(trouble, "code", None)
            log.warning("mail_server_away", kind=type(trouble).__name__, code=code)
            return Outcome.AWAY
        return Outcome.SENT

    async def lets_in(self) -> bool:
        """Whether it takes our line and our login, as it would for a letter; none is sent."""
        try:
            async with aiosmtplib.SMTP(timeout=self.seconds, **self.connection) as server:
                await server.noop()
        except (SMTPException, OSError):
            return False
        return True


def _told(about: str, code: int) -> Outcome:
    outcome = outcome_of(code)
    log.info("mail_refused", about=about, code=code, outcome=outcome)
    return outcome


def _connection(url: SplitResult, sender: str) -> Connection:
    if url.scheme not in ("smtp", "smtps") or not url.hostname or url.path.strip("/"):
        raise ValueError
    said = parse_qs(url.query, strict_parsing=bool(url.query))
    [upgrade] = said.pop("starttls", [StartTls.ALWAYS])
    if said:
        raise ValueError
    is_tls = url.scheme == "smtps"
    return Connection(
        hostname=url.hostname,
        port=url.port or (465 if is_tls else 587),
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
        use_tls=is_tls,
        start_tls=False if is_tls else _UPGRADE[StartTls(upgrade)],
        # Else the name of this machine would stand in every letter.
        local_hostname=domain_of(sender),
    )
