"""Refusals become problem details (RFC 9457), each kind in one place."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, cast

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.core import errors
from app.core.crypto import KeysOutdated
from app.core.database import may_pass, sqlstate_of
from app.core.errors import DomainError, Fault, Invalid, Unavailable, WrongCredential
from app.core.texts import Language, Text, choose_language
from app.web.etags import NotModified
from app.web.idempotency import Replay
from app.web.messages import faults_in
from app.web.rehearsal import Rehearsed

log = structlog.get_logger()

CHECKSUM_MISMATCH: Final = 460
"""Of tus 1.0.0 (checksum extension); HTTP itself does not know it."""

STATUS: Final[dict[type[DomainError], int]] = {
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.KeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.GrantRefused: HTTPStatus.BAD_REQUEST,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.NotAcceptable: HTTPStatus.NOT_ACCEPTABLE,
    errors.UnsupportedMedia: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.Stale: HTTPStatus.PRECONDITION_FAILED,
    errors.PreconditionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    errors.TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.Malformed: HTTPStatus.BAD_REQUEST,
    errors.TooSlow: HTTPStatus.REQUEST_TIMEOUT,
    errors.Ended: HTTPStatus.GONE,
    errors.VersionUnknown: HTTPStatus.PRECONDITION_FAILED,
    errors.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.KindRefused: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.Locked: HTTPStatus.LOCKED,
    errors.ChecksumMismatch: CHECKSUM_MISMATCH,
}

TITLES: Final[dict[int, Text]] = {
    400: Text("Permintaan rusak", "Broken request"),
    401: Text("Belum dikenal", "Not authenticated"),
    403: Text("Tidak berwenang", "Not allowed"),
    404: Text("Tidak ditemukan", "Not found"),
    405: Text("Metode tidak tersedia", "Method not available"),
    406: Text("Format yang diminta tidak ada", "Not acceptable"),
    408: Text("Kiriman terhenti", "Body stopped arriving"),
    409: Text("Bertentangan dengan keadaan sekarang", "Conflict"),
    410: Text("Sudah berakhir", "Ended"),
    412: Text("Versi sudah berubah", "Version has changed"),
    413: Text("Kiriman terlalu besar", "Too large"),
    415: Text("Format tidak dibaca di sini", "Unsupported media type"),
    422: Text("Isian tidak memenuhi ketentuan", "Content not acceptable"),
    423: Text("Sedang dikerjakan permintaan lain", "Locked"),
    428: Text("Perlu If-Match", "Precondition required"),
    429: Text("Terlalu banyak permintaan", "Too many requests"),
    CHECKSUM_MISMATCH: Text("Isi berubah di jalan", "Checksum mismatch"),
    500: Text("Kesalahan pada layanan", "Service error"),
    503: Text("Layanan sedang dipulihkan", "Service recovering"),
}

MEDIA_TYPE: Final = "application/problem+json"
CATALOGUE: Final = "/api/v1/reference/problems"
# Clients of the token end point look for these under a name of their own (RFC 6749, 5.2).
_OAUTH_WORDS: Final = {
    "invalid_request",
    "unsupported_grant_type",
    "invalid_grant",
    "invalid_client",
    "invalid_scope",
}
# A client that shows its secret by HTTP Basic is told so again (RFC 6749, 5.2).
_CHALLENGES: Final = {"invalid_client": 'Basic realm="netra"'}
_RECOVERY_SECONDS: Final = 2

_BROKEN_PROMISE: Final = ("23",)
_BAD_VALUE: Final = ("22",)


def problem(
    request: Request,
    status: int,
    code: str,
    detail: Text,
    members: Mapping[str, object] = MappingProxyType({}),
) -> JSONResponse:
    """Write one problem in the reader's language; it never repeats what the caller sent."""
    language = _language(request)
    title = TITLES.get(status) or _phrase_of(status)
    body: dict[str, Any] = {
        "type": f"{CATALOGUE}#{code}",
        "title": title.to(language),
        "status": status,
        "detail": detail.to(language),
        "code": code,
        "trace_id": request.scope.get("state", {}).get("trace_id", ""),
        **members,
    }
    if code in _OAUTH_WORDS:
        body["error"] = code
    return JSONResponse(body, status, {"Content-Language": language}, media_type=MEDIA_TYPE)


def _language(request: Request) -> Language:
    return choose_language(request.headers.get("accept-language", ""))


def _errors(request: Request, faults: Sequence[Fault]) -> dict[str, object]:
    language = _language(request)
    said = [
        {"pointer": each.pointer, "code": each.code, "message": each.message.to(language)}
        for each in faults
    ]
    return {"errors": said} if said else {}


def _phrase_of(status: int) -> Text:
    phrase = HTTPStatus(status).phrase
    return Text(phrase, phrase)


def status_of(kind: type[DomainError]) -> int:
    return next((STATUS[each] for each in kind.__mro__ if each in STATUS), HTTPStatus.CONFLICT)


async def refuse(request: Request, raised: Exception) -> Response:
    refusal = cast(DomainError, raised)
    status = status_of(type(refusal))
    faults = refusal.faults if isinstance(refusal, Invalid) else ()
    members = {**refusal.members, **_errors(request, faults)}
    answer = problem(request, status, refusal.code, refusal.detail, members)
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = _CHALLENGES.get(refusal.code, "Bearer, Receipt")
    return answer


async def refuse_slowly(request: Request, refusal: Exception) -> Response:
    """Whoever guesses codes waits longer each time; the unit of work is closed by now."""
    try:
        async with request.app.state.limits.after_wrong(request):
            return await refuse(request, refusal)
    except errors.TooMany as busy:
        return await refuse(request, busy)


async def refuse_content(request: Request, raised: Exception) -> Response:
    refusal = cast(RequestValidationError, raised)
    errors = _errors(request, faults_in(refusal.errors()))
    return problem(request, 422, Invalid.code, Invalid.text, errors)


async def refuse_request(request: Request, raised: Exception) -> Response:
    refusal = cast(HTTPException, raised)
    code = HTTPStatus(refusal.status_code).phrase.lower().replace(" ", "-")
    title = TITLES.get(refusal.status_code, DomainError.text)
    answer = problem(request, refusal.status_code, code, title)
    answer.headers.update(refusal.headers or {})
    return answer


async def hung_up(request: Request, _: Exception) -> Response:
    """The caller left in the middle of the body: nobody's mistake, and nobody to tell."""
    return await refuse_request(request, HTTPException(400))


async def database_trouble(request: Request, trouble: Exception) -> Response:
    """Tell a passing fault (503), a broken promise (409) and a bad value (422) by SQLSTATE."""
    state = sqlstate_of(trouble)
    if state.startswith(_BROKEN_PROMISE):
        return await refuse(request, errors.Conflict())
    if state.startswith(_BAD_VALUE):
        return await refuse(request, Invalid())
    if may_pass(trouble):
        return await unavailable(request, trouble)
    return await fail(request, trouble)


async def unavailable(request: Request, trouble: Exception) -> Response:
    log.warning("unavailable", kind=type(trouble).__name__)
    return await refuse(request, Unavailable(retry_after=_RECOVERY_SECONDS))


async def fail(request: Request, fault: Exception) -> Response:
    """Our own mistake: where it happened goes to the log, never what was being handled."""
    log.error("failed", kind=type(fault).__name__, at=_place_of(fault))
    return problem(request, 500, "failed", TITLES[500])


def _place_of(fault: Exception) -> list[str]:
    places, frame = [], fault.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/app/', 1)[-1]}:{frame.tb_lineno} {code.co_name}")
        frame = frame.tb_next
    return places[-8:]


async def replay(request: Request, repeated: Exception) -> Response:
    request.app.state.limits.refund(request)
    return cast(Replay, repeated).answer


async def rehearsed(request: Request, success: Exception) -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def not_modified(request: Request, known: Exception) -> Response:
    return Response(
        status_code=HTTPStatus.NOT_MODIFIED, headers=dict(cast(NotModified, known).headers)
    )


def install(app: FastAPI) -> None:
    app.add_exception_handler(DomainError, refuse)
    app.add_exception_handler(WrongCredential, refuse_slowly)
    app.add_exception_handler(RequestValidationError, refuse_content)
    app.add_exception_handler(HTTPException, refuse_request)
    app.add_exception_handler(DBAPIError, database_trouble)
    app.add_exception_handler(PoolTimeout, database_trouble)
    for passing in (OSError, TimeoutError, KeysOutdated):
        app.add_exception_handler(passing, unavailable)
    app.add_exception_handler(ClientDisconnect, hung_up)
    app.add_exception_handler(Replay, replay)
    app.add_exception_handler(Rehearsed, rehearsed)
    app.add_exception_handler(NotModified, not_modified)
    app.add_exception_handler(Exception, fail)
