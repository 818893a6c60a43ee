"""The accounts of officers and of other systems, kept by the admins of each area."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Depends, Query, Response

from app.accounts.models import Client, Officer
from app.accounts.schemas import (
    AccountOut,
    ClientFilter,
    ClientIn,
    ClientOut,
    ClientSecretOut,
    FirstPasswordOut,
    OfficerDetailOut,
    OfficerFilter,
    OfficerIn,
    OfficerOut,
    OfficerPatch,
)
from app.accounts.service.clients import ClientSecret, ClientService
from app.accounts.service.officers import FirstPassword, OfficerDetail, OfficerService
from app.accounts.service.own import AccountService
from app.core.actors import Permission
from app.core.paging import Found
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, needs
from app.web.etags import IfMatch, tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("", "accounts")

may_use = needs(Permission.USE_ACCOUNT)
may_manage = needs(Permission.MANAGE_OFFICERS)
may_manage_clients = needs(Permission.MANAGE_CLIENTS)

Patch = Annotated[OfficerPatch, Body(media_type="application/merge-patch+json")]


async def open_officers(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> OfficerService:
    return OfficerService(session, actor, now, keys)


async def open_clients(session: Session, actor: CurrentActor, now: Now) -> ClientService:
    return ClientService(session, actor, now)


async def open_account(session: Session, actor: CurrentActor, keys: Keys) -> AccountService:
    return AccountService(session, actor, keys)


Account = Annotated[AccountService, Depends(open_account)]
Officers = Annotated[OfficerService, Depends(open_officers)]
Clients = Annotated[ClientService, Depends(open_clients)]


@router.get("/auth/me", dependencies=[may_use])
async def read_own_account(service: Account) -> AccountOut:
    """Read who you are here, and what you may do."""
    return await service.describe()


@router.get("/officers", response_model=Page[OfficerOut], dependencies=[may_manage])
async def list_officers(
    wanted: Annotated[OfficerFilter, Query()], service: Officers
) -> Found[Officer]:
    """List the accounts of the officers of your area, the last added first."""
    return await service.find(wanted)


@router.post(
    "/officers",
    status_code=201,
    response_model=FirstPasswordOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def add_officer(form: OfficerIn, service: Officers) -> FirstPassword:
    """Open an account for an officer; the first password is shown this once."""
    return await service.add(form)


@router.get("/officers/{officer_id}", response_model=OfficerDetailOut, dependencies=[may_manage])
async def read_officer(officer_id: UUID, service: Officers, response: Response) -> OfficerDetail:
    """Read one account with the name of its holder; this is recorded."""
    return tagged(response, await service.describe(officer_id))


@router.patch(
    "/officers/{officer_id}",
    response_model=OfficerOut,
    dependencies=[may_manage, can_be_rehearsed],
)
async def change_officer(
    officer_id: UUID, form: Patch, service: Officers, version: IfMatch, response: Response
) -> Officer:
    """Give an officer another role or office; tokens of before count no longer."""
    return tagged(response, await service.change(officer_id, form, version))


@router.post(
    "/officers/{officer_id}/deactivation",
    response_model=OfficerOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def deactivate_officer(officer_id: UUID, service: Officers) -> Officer:
    """End an account; its tokens count no longer from this moment."""
    return await service.deactivate(officer_id)


@router.post(
    "/officers/{officer_id}/password-reset",
    response_model=FirstPasswordOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def reset_password(officer_id: UUID, service: Officers) -> FirstPassword:
    """Give a new first password to an officer who lost the own one or is locked out."""
    return await service.reset_password(officer_id)


@router.get("/clients", response_model=Page[ClientOut], dependencies=[may_manage_clients])
async def list_clients(wanted: Annotated[ClientFilter, Query()], service: Clients) -> Found[Client]:
    """List the machine clients of your area, the last added first."""
    return await service.find(wanted)


@router.post(
    "/clients",
    status_code=201,
    response_model=ClientSecretOut,
    dependencies=[may_manage_clients, idempotent, can_be_rehearsed],
)
async def add_client(form: ClientIn, service: Clients) -> ClientSecret:
    """Let another system in; its secret is shown this once."""
    return await service.add(form)


@router.get("/clients/{client_id}", response_model=ClientOut, dependencies=[may_manage_clients])
async def read_client(client_id: UUID, service: Clients) -> Client:
    """Read one machine client."""
    return await service.get(client_id)


@router.post(
    "/clients/{client_id}/secret",
    response_model=ClientSecretOut,
    dependencies=[may_manage_clients, idempotent, can_be_rehearsed],
)
async def rotate_secret(client_id: UUID, service: Clients) -> ClientSecret:
    """Give a new secret; the one before counts for another 24 hours."""
    return await service.rotate(client_id)


@router.post(
    "/clients/{client_id}/revocation",
    response_model=ClientOut,
    dependencies=[may_manage_clients, idempotent, can_be_rehearsed],
)
async def revoke_client(client_id: UUID, service: Clients) -> Client:
    """Shut another system out; its tokens count no longer from this moment."""
    return await service.revoke(client_id)
