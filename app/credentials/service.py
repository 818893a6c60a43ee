import asyncio
import hmac
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Client, Officer
from app.accounts.repository import ClientRepository, OfficerRepository
from app.audit.service import Journal
from app.core.actors import SYSTEM, Actor, ActorKind
from app.core.database import Sessions
from app.core.errors import Invalid, NotAllowed, Unauthenticated
from app.core.ids import new_id
from app.core.passwords import hash_password, hash_token, is_password, new_token
from app.credentials import rules
from app.credentials.models import Token
from app.credentials.repository import TokenRepository
from app.credentials.rules import InvalidClient, InvalidGrant, TokenKind
from app.credentials.schemas import ClientGrant, Grant, PasswordGrant, PasswordIn, RefreshGrant
from app.receipts.service import receipt_holder


async def authenticate(session: AsyncSession, written: str) -> Actor:
    """Say who sends this `Authorization` field: an officer, a machine client or a receipt."""
    scheme, _, credential = written.partition(" ")
    match scheme.lower():
        case "bearer":
            return await _bearer(session, credential.strip())
        case "receipt":
            return await receipt_holder(session, credential)
    raise Unauthenticated


async def _bearer(session: AsyncSession, token: str) -> Actor:
    found = await TokenRepository(session).bearer(hash_token(token))
    if found is None:  # 256 random bits cannot be guessed: no wait is needed
        raise Unauthenticated
    return rules.actor_behind(found)


class Tokens(NamedTuple):
    """What a sign-in gives; the tokens themselves are kept by their holder alone."""

    access_token: str
    refresh_token: str | None = None
    scope: str | None = None
    expires_in: int = int(rules.ACCESS_LIVES.total_seconds())


class TokenIssuer:
    """Issues and ends tokens, within the unit of work it is opened on."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.tokens = TokenRepository(session)
        self.officers = OfficerRepository(session, SYSTEM)
        self.clients = ClientRepository(session, SYSTEM)
        self.now = now

    async def sign_in(self, officer: Officer) -> Tokens:
        """Begin a family of tokens; what was counted against a guesser ends with it."""
        failures = max(0, officer.failed_logins - 1)
        officer.failed_logins, officer.locked_until = 0, None
        await self.record("token.granted", officer, failures_before=failures)
        return self._to_officer(officer, new_id(), self.now + rules.SIGN_IN_LIVES)

    async def renew(self, refresh_token: str) -> Tokens | None:
        """Exchange a refresh token; when one comes again, one of its two holders is a thief."""
        hash = hash_token(refresh_token)
        officer = await self._locked_holder(hash)
        old = await self.tokens.renewable(hash, self.now)
        if old is None or not isinstance(officer, Officer):
            return None
        if old.used_at is not None:
            await self.tokens.revoke_family(old.family_id, self.now)
            await self.record("token.reused", officer)
        if old.used_at is not None or not officer.active:
            return None
        old.used_at = self.now
        await self.record("token.renewed", officer)
        return self._to_officer(officer, old.family_id, old.expires_at)

    async def let_in(self, client: Client, scopes: list[str]) -> Tokens:
        access = new_token()
        self.tokens.add(
            Token(
                hash=hash_token(access),
                kind=TokenKind.ACCESS,
                family_id=new_id(),
                issued_at=self.now,
                expires_at=self.now + rules.ACCESS_LIVES,
                client_id=client.id,
                scopes=scopes,
            )
        )
        await self.record("token.granted", client, scopes=" ".join(scopes))
        return Tokens(access, scope=" ".join(scopes))

    async def end(self, token: str) -> None:
        """End the sign-in that a token comes from; an unknown one has ended already."""
        hash = hash_token(token)
        holder = await self._locked_holder(hash)
        found = await self.tokens.unrevoked(hash)
        if holder is not None and found is not None:
            await self.tokens.revoke_family(found.family_id, self.now)
            await self.record("token.revoked", holder)

    async def record(self, action: str, who: Officer | Client, **payload: str | int) -> None:
        kind = ActorKind.OFFICER if isinstance(who, Officer) else ActorKind.CLIENT
        actor = Actor(kind=kind, id=who.id, office_id=who.office_id)
        await Journal(self.session, actor, self.now).record(action, who, **payload)

    async def _locked_holder(self, hash: bytes) -> Officer | Client | None:
        """Whose token this is, locked before any token is: an UPDATE that waited for a renewal
        would not see, and not revoke, what the renewal gave meanwhile."""
        holder = await self.tokens.holder(hash)
        if holder is not None and holder.officer_id is not None:
            return await self.officers.get(holder.officer_id, lock=True)
        if holder is not None and holder.client_id is not None:
            return await self.clients.get(holder.client_id, lock=True)
        return None

    def _to_officer(self, officer: Officer, family_id: UUID, until: datetime) -> Tokens:
        access, refresh = new_token(), new_token()
        lives = {
            access: (TokenKind.ACCESS, self.now + rules.ACCESS_LIVES),
            refresh: (TokenKind.REFRESH, until),
        }
        for token, (kind, expires_at) in lives.items():
            self.tokens.add(
                Token(
                    hash=hash_token(token),
                    kind=kind,
                    family_id=family_id,
                    issued_at=self.now,
                    expires_at=expires_at,
                    officer_id=officer.id,
                )
            )
        return Tokens(access, refresh)


class SignInService:
    """How officers and machine clients come in and go; it keeps its own units of work, because
    what it counts against a guesser has to outlive the refusal."""

    def __init__(self, sessions: Sessions, now: datetime) -> None:
        self.sessions = sessions
        self.now = now

    async def grant(self, form: Grant) -> Tokens:
        match form:
            case PasswordGrant():
                return await self._sign_in(form.username.lower(), form.password)
            case RefreshGrant():
                return await self._renew(form.refresh_token)
            case ClientGrant():
                return await self._let_in(form)

    async def change_password(self, actor: Actor, form: PasswordIn) -> Tokens:
        """Change the own password and end every other sign-in with the old one."""
        login = await self._login_of(actor)
        rules.check_new_password(login, form.current_password, form.new_password)
        proved = await self._prove(login, form.current_password)
        if proved is None:
            raise Invalid(rules.WRONG_PASSWORD)
        password_hash = await hash_password(form.new_password)
        async with self.sessions.begin() as session:
            issuer = TokenIssuer(session, self.now)
            officer = await issuer.officers.get(proved.id, lock=True)
            if not _still_holds(proved, officer):
                raise Invalid(rules.WRONG_PASSWORD)
            officer.password_hash, officer.must_change_password = password_hash, False
            await issuer.tokens.revoke_all(officer.id, self.now)
            await issuer.record("officer.password_changed", officer)
            return await issuer.sign_in(officer)

    async def revoke(self, token: str) -> None:
        async with self.sessions.begin() as session:
            await TokenIssuer(session, self.now).end(token)

    async def _sign_in(self, login: str, password: str) -> Tokens:
        proved = await self._prove(login, password)
        if proved is None:
            raise InvalidGrant
        async with self.sessions.begin() as session:
            issuer = TokenIssuer(session, self.now)
            officer = await issuer.officers.get(proved.id, lock=True)
            if not _still_holds(proved, officer):
                raise InvalidGrant
            return await issuer.sign_in(officer)

    async def _prove(self, login: str, password: str) -> Officer | None:
        """Whose login and password this is. Unknown, locked, ended and wrong take equally long."""
        async with self.sessions.begin() as session:
            officer = await self._count(session, login)
            hashed = officer.password_hash if officer else None
            # The count is written while the hash is computed, so that it does not show either.
            check = asyncio.create_task(is_password(password, hashed))
        return officer if await check else None

    async def _count(self, session: AsyncSession, login: str) -> Officer | None:
        """Count an attempt before it is checked, so that a hundred at once count as a hundred."""
        await TokenRepository(session).commit_lazily()
        officer = await OfficerRepository(session, SYSTEM).named(login, lock=True)
        if officer is None or not rules.may_try(officer.active, officer.locked_until, self.now):
            return None
        officer.failed_logins += 1
        officer.locked_until = self.now + rules.lock_after(officer.failed_logins)
        return officer

    async def _login_of(self, actor: Actor) -> str:
        if actor.kind is not ActorKind.OFFICER or actor.id is None:
            raise NotAllowed
        async with self.sessions.begin() as session:
            return (await OfficerRepository(session, SYSTEM).get(actor.id)).login

    async def _renew(self, refresh_token: str) -> Tokens:
        async with self.sessions.begin() as session:
            tokens = await TokenIssuer(session, self.now).renew(refresh_token)
        if tokens is None:
            raise InvalidGrant
        return tokens

    async def _let_in(self, form: ClientGrant) -> Tokens:
        async with self.sessions.begin() as session:
            client = await ClientRepository(session, SYSTEM).named(form.client_id)
            if client is None or not _opens(client, form.client_secret, self.now):
                raise InvalidClient
            scopes = rules.granted(form.scope, client.scopes)
            return await TokenIssuer(session, self.now).let_in(client, scopes)


def _still_holds(proved: Officer, officer: Officer) -> bool:
    """Whether the password that was proved without a lock is, under it, still the officer's."""
    return officer.active and officer.password_hash == proved.password_hash


def _opens(client: Client, secret: str, now: datetime) -> bool:
    """Whether a secret is the client's, or the one before on its last day."""
    hashes = [client.secret_hash]
    until = client.previous_secret_until
    if client.previous_secret_hash is not None and until is not None and now < until:
        hashes.append(client.previous_secret_hash)
    fits = any([hmac.compare_digest(hash_token(secret), each) for each in hashes])
    return fits and client.active and now < client.expires_at
