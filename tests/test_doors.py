"""No door is open by accident: every operation of the contract is knocked at."""

import re
from typing import NamedTuple

import pytest
from httpx import AsyncClient, Response

from app.core.actors import SCOPES, Permission
from app.core.database import Sessions
from app.web.door import PUBLIC_DOOR
from tests.contract.document import DOCUMENT
from tests.people import system

ANY_ID = "01932b5e-7c00-7000-8000-00000000dead"

PUBLIC = {
    "check_life",
    "check_readiness",
    "read_metrics",
    "list_enumerations",
    "list_problem_kinds",
    "list_labels",
    "list_regions",
    "read_region",
    "list_elections",
    "read_election",
    "consult_calendar",
    "count_deadline",
    "consult_uploads",
    "put_complaint",
    "file_complaint",
    "grant_token",
    "revoke_token",
    "list_pledge_texts",
    "read_pledge_text",
    "list_declarations",
    "read_declaration",
    "read_tally",
    "put_signature",
    "sign_by_ticket",
    "read_own_signature",
    "withdraw_signature",
    "check_code",
    "check_name",
    "read_certificate",
    "print_own_certificate",
    "print_document_of_declaration",
    "list_events",
    "read_event",
    "read_event_calendar",
    "list_sessions",
    "answer_invitation",
    "read_own_invitation",
    "list_decisions",
    "list_materials",
    "read_material_copy",
    "list_invited_materials",
    "print_invited_certificate",
    "read_invited_material",
    "read_own_follow_up",
    "begin_own_follow_up",
    "complete_own_follow_up",
    "list_circulars",
    "read_circular",
    "read_circular_content",
    "print_circular_document",
    "read_circular_attachment",
    "read_addressed_circular",
    "acknowledge_by_code",
    "forward_by_code",
    "report_by_code",
    "list_own_addressees",
    "read_reach_by_code",
    "put_contact_by_code",
    "read_event_ticket",
    "read_own_signing",
    "list_public_tables",
    "read_public_table",
    "read_public_table_of_day",
    "read_public_provinces",
    "read_catalogue",
    "read_dictionary",
    "read_dataset",
    "read_corrections",
    "read_public_forecast",
    "read_public_forecast_of_day",
    "list_baselines",
    "list_announcements",
    "read_verifier_file",
    "list_witnesses",
    "read_checkpoint",
    "read_log_key",
    "list_log_keys",
    "read_tile",
    "read_inclusion_proof",
    "read_log_proof",
    "read_consistency_proof",
    "add_cosignature",
    "read_coverage",
    "list_articles",
    "list_published_answers",
    "search_published_answers",
    "read_published_answer",
    "rate_published_answer",
    "put_consultation",
    "file_consultation",
}


TOKENS = {"grant_token", "revoke_token"}
"""They read credentials themselves: an old token sent along is no obstacle to a new one."""


class Operation(NamedTuple):
    name: str
    method: str
    path: str
    permission: str


def operations() -> list[Operation]:
    return [
        Operation(each["operationId"], method.upper(), path, each["x-permission"])
        for path, item in DOCUMENT["paths"].items()
        for method, each in item.items()
    ]


OPERATIONS = operations()
CLOSED = [each for each in OPERATIONS if each.permission != PUBLIC_DOOR]


async def knock(client: AsyncClient, at: Operation, headers: dict[str, str]) -> Response:
    path = re.sub(r"{\w+}", ANY_ID, at.path).removeprefix("/api/v1")
    return await client.request(at.method, path, headers=headers)


def test_only_the_listed_doors_are_public() -> None:
    assert {each.name for each in OPERATIONS if each.permission == PUBLIC_DOOR} == PUBLIC


def test_the_doors_are_found() -> None:
    assert len(CLOSED) >= 30


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [each.name for each in OPERATIONS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("at", CLOSED, ids=lambda at: at.name)
async def test_nobody_is_let_in(client: AsyncClient, at: Operation) -> None:
    answer = await knock(client, at, {})

    assert answer.status_code == 401
    assert at.method == "HEAD" or answer.json()["code"] == "unauthenticated"


@pytest.mark.parametrize("at", CLOSED, ids=lambda at: at.name)
async def test_without_the_permission_the_door_stays_shut(
    client: AsyncClient, sessions: Sessions, at: Operation
) -> None:
    other = min(SCOPES - {Permission(at.permission)})
    headers = await system(sessions, scopes={other})

    answer = await knock(client, at, headers)

    assert answer.status_code == 403
    assert at.method == "HEAD" or answer.json()["code"] == "not-allowed"


@pytest.mark.parametrize(
    "at",
    [each for each in OPERATIONS if each.path.startswith("/api") and each.name not in TOKENS],
    ids=lambda at: at.name,
)
async def test_a_false_credential_is_refused_even_at_a_public_door(
    client: AsyncClient, at: Operation
) -> None:
    answer = await knock(client, at, {"Authorization": "Bearer rekaan"})

    assert answer.status_code == 401
