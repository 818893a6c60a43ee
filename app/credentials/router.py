"""Signing in and out: the end points of OAuth 2.0 for officers and machine clients."""

import base64
from typing import Annotated, Any, Final
from urllib.parse import parse_qs, unquote_plus

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.core.actors import Permission
from app.core.errors import UnsupportedMedia
from app.credentials.rules import InvalidClient, check_grant_type
from app.credentials.schemas import (
    ClientGrant,
    Grant,
    PasswordGrant,
    PasswordIn,
    RefreshGrant,
    RevocationIn,
    TokensOut,
)
from app.credentials.service import SignInService, Tokens
from app.web.clock import Now
from app.web.database import SessionFactory
from app.web.door import CurrentActor, needs, token_door
from app.web.operation import rooms

router = rooms("/auth", "accounts")

may_use = needs(Permission.USE_ACCOUNT)

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 20
_GRANTS: Final[TypeAdapter[Grant]] = TypeAdapter(Grant)


def in_form(*kinds: type[BaseModel]) -> dict[str, Any]:
    """Document a body that comes as a form, which the framework would need a parser for."""
    schemas = [kind.model_json_schema() for kind in kinds]
    examples = {each["title"]: {"value": each.pop("examples")[0]} for each in schemas}
    schema = schemas[0] if len(schemas) == 1 else {"oneOf": schemas}
    content = {_FORM: {"schema": schema, "examples": examples}}
    return {"requestBody": {"required": True, "content": content}}


async def read_form(request: Request) -> dict[str, object]:
    """Read the fields of a form; one that comes twice stays a list, which no field accepts."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UnsupportedMedia
    body = (await request.body()).decode(errors="replace")
    try:
        fields = parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        fields = {}
    form: dict[str, object] = {
        name: values[0] if len(values) == 1 else values for name, values in fields.items()
    }
    return form | _basic(request.headers.get("authorization", ""))


def _basic(written: str) -> dict[str, str]:
    """The client's id and secret, where they come by HTTP Basic (RFC 6749, 2.3.1)."""
    scheme, _, encoded = written.partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        plain = base64.b64decode(encoded, validate=True).decode()
    except ValueError:
        raise InvalidClient from None
    id, _, secret = plain.partition(":")
    return {"client_id": unquote_plus(id), "client_secret": unquote_plus(secret)}


Fields = Annotated[dict[str, object], Depends(read_form)]


async def read_grant(fields: Fields) -> Grant:
    check_grant_type(fields.get("grant_type"))
    try:
        return _GRANTS.validate_python(fields)
    except ValidationError as broken:
        # In a union the name of the grant stands before the name of the field.
        raise RequestValidationError(
            [{**each, "loc": each["loc"][1:]} for each in broken.errors(include_input=False)]
        ) from None


async def read_revocation(fields: Fields) -> RevocationIn:
    try:
        return RevocationIn.model_validate(fields)
    except ValidationError as broken:
        raise RequestValidationError(broken.errors(include_input=False)) from None


async def open_service(sessions: SessionFactory, now: Now) -> SignInService:
    return SignInService(sessions, now)


Service = Annotated[SignInService, Depends(open_service)]


@router.post(
    "/token",
    response_model=TokensOut,
    dependencies=[token_door],
    openapi_extra=in_form(PasswordGrant, RefreshGrant, ClientGrant),
)
async def grant_token(form: Annotated[Grant, Depends(read_grant)], service: Service) -> Tokens:
    """Sign in: an officer by password, a machine client by its secret; or stay signed in.

    From the fifth wrong password in a row on, an account waits before the next counts: one second,
    doubling, at most a quarter of an hour. A refresh token counts once; when one comes a second
    time, everything that was granted since that sign-in ends. Refusals of the grant itself carry
    the word of OAuth 2.0 in `error`: 400, for an unknown client 401.
    """
    return await service.grant(form)


@router.post(
    "/revoke",
    response_class=Response,
    dependencies=[token_door],
    openapi_extra=in_form(RevocationIn),
)
async def revoke_token(
    form: Annotated[RevocationIn, Depends(read_revocation)], service: Service
) -> None:
    """Sign out: end the sign-in that this token comes from (RFC 7009)."""
    await service.revoke(form.token)


@router.post("/password", response_model=TokensOut, dependencies=[may_use])
async def change_password(form: PasswordIn, actor: CurrentActor, service: Service) -> Tokens:
    """Change your own password; every sign-in with the old one ends, and a new one begins."""
    return await service.change_password(actor, form)
