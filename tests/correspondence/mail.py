"""A real mail server on a real socket, which takes, refuses, or lets wait as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from app.core.settings import Settings
from app.correspondence.files.smtp import MailServer

HOST = "127.0.0.1"
SENDER = "kabar@surat.example"
USER, PASSWORD = "pengirim", "kata@sandi:rekaan"


@dataclass
class Letter:
    """What arrived: as a mail system on the way sees it."""

    raw: bytes
    sender: str
    recipients: list[str]
    greeted_as: str
    is_encrypted: bool
    signed_in_as: str | None


@dataclass
class Post:
    """A post office; `recipient` and `content` are what it answers, `seconds` how long it takes."""

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    recipient: str = "250 OK"
    content: str = "250 OK"
    seconds: float = 0

    async def handle_RCPT(  # noqa: N802  aiosmtpd's own name and arguments
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.seconds)
        if address in self.refused:
            return "550 no such user"
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(  # noqa: N802  aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.content.startswith("250"):
            self.letters.append(_arrived(session, envelope))
        return self.content

    def url(self, options: str = "?starttls=never", user: str = "") -> str:
        return f"smtp://{user}{HOST}:{self.port}{options}"

    def server(self, seconds: float = 30, **said: str) -> MailServer:
        return mail_server(self.url(**said), seconds)


def mail_server(url: str, seconds: float = 30) -> MailServer:
    made = MailServer.of(Settings(smtp_url=SecretStr(url), mail_from=SENDER))
    assert made is not None
    return MailServer(made.sender, made.connection, seconds)


@asynccontextmanager
async def post_office(tls: ssl.SSLContext | None = None) -> AsyncIterator[Post]:
    """Open one on a free port; with `tls` it takes nothing before STARTTLS and a login."""
    post = Post()
    options: dict[str, Any] = {"hostname": "surat.example", "enable_SMTPUTF8": True}
    if tls is not None:
        options |= {"tls_context": tls, "require_starttls": True}
        options |= {"auth_required": True, "authenticator": _lets_in}
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(post, **options), HOST, 0)
    post.port = listening.sockets[0].getsockname()[1]
    yield post
    listening.close()
    await listening.wait_closed()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for this machine, and the file by which it is trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Surat Rekaan")])
    begin = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251  of the certificate
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), False)
        .sign(key, hashes.SHA256())
    )
    secret, trusted = folder / "key.pem", folder / "certificate.pem"
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, secret)
    return context, trusted


def _lets_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and data == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=is_right, auth_data=USER if is_right else None, handled=False)


def _arrived(session: Session, envelope: Envelope) -> Letter:
    return Letter(
        raw=bytes(envelope.original_content or b""),
        sender=str(envelope.mail_from),
        recipients=list(envelope.rcpt_tos),
        greeted_as=str(session.host_name),
        is_encrypted=session.ssl is not None,
        signed_in_as=session.auth_data,
    )
