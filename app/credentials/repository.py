from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Update, bindparam, delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Client, Officer
from app.credentials.models import Token
from app.credentials.rules import Bearer, Holder, TokenKind
from app.offices.models import Office

_HASH: Final = "shown_hash"
_BEARER: Final = (
    select(
        Officer.id,
        Officer.role,
        Officer.must_change_password,
        Client.id,
        Client.region_code,
        Token.scopes,
        Office.id,
        Office.kind,
        Office.region_code,
    )
    .select_from(Token)
    .outerjoin(Officer, Officer.id == Token.officer_id)
    .outerjoin(Client, Client.id == Token.client_id)
    .join(Office, Office.id == func.coalesce(Officer.office_id, Client.office_id))
    .where(
        Token.kind == TokenKind.ACCESS,
        Token.revoked_at.is_(None),
        # By the clock of the database: a credential is looked up before the moment is read.
        Token.expires_at > func.now(),
        or_(Officer.active, Client.active),
        or_(Client.id.is_(None), Client.expires_at > func.now()),
        Token.hash == bindparam(_HASH),
    )
)


class TokenRepository:
    """The tokens, found by their hashes alone."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, token: Token) -> None:
        self.session.add(token)

    async def bearer(self, hash: bytes) -> Bearer | None:
        rows = await self.session.execute(_BEARER, {_HASH: hash})
        row = rows.one_or_none()
        return Bearer(*row) if row else None

    async def holder(self, hash: bytes) -> Holder | None:
        """Whose token this is, living or not; the token itself is read under the holder's lock."""
        query = select(Token.officer_id, Token.client_id).where(Token.hash == hash)
        row = (await self.session.execute(query)).one_or_none()
        return Holder(*row) if row else None

    async def unrevoked(self, hash: bytes) -> Token | None:
        query = select(Token).where(Token.hash == hash, Token.revoked_at.is_(None))
        return await self.session.scalar(query)

    async def renewable(self, hash: bytes, now: datetime) -> Token | None:
        """A live refresh token, locked; also one that was used, which its reader has to notice."""
        query = select(Token).where(
            Token.hash == hash,
            Token.kind == TokenKind.REFRESH,
            Token.revoked_at.is_(None),
            Token.expires_at > now,
        )
        return await self.session.scalar(query.with_for_update())

    async def revoke_family(self, family_id: UUID, now: datetime) -> None:
        await self.session.execute(_revoked(now).where(Token.family_id == family_id))

    async def revoke_all(self, officer_id: UUID, now: datetime) -> None:
        await self.session.execute(_revoked(now).where(Token.officer_id == officer_id))

    async def forget(self, before: datetime) -> None:
        await self.session.execute(delete(Token).where(Token.expires_at < before))

    async def commit_lazily(self) -> None:
        """Let this unit of work end without waiting for the disk; a crash may undo it."""
        await self.session.execute(text("SET LOCAL synchronous_commit = off"))


def _revoked(now: datetime) -> Update:
    return update(Token).where(Token.revoked_at.is_(None)).values(revoked_at=now)
