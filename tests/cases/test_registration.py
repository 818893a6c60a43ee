"""A case gets the next number of its series, once everything stands."""

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.cases.models.handling import CaseDocument
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.cases.handling import Body, handler, member, opened, read, step, stepped
from tests.cases.reviewing import (
    FEW,
    PLENARY,
    REASON,
    checked,
    entered_finding,
    give_own_code,
    registered,
)
from tests.people import officer

PB = {"election_type": "PB"}


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    await give_own_code(sessions)
    return await handler(sessions, keys)


async def test_a_complete_report_is_registered_under_a_number(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    done = await registered(client, case, desk)

    parts = await read(client, case, desk, "/registration")
    receipt = (await client.get("/receipt", headers=case["receipt"])).json()
    assert done["state"] == receipt["status"] == "registered"
    assert done["number"] == parts["printed"]
    assert done["number"].startswith("001/REG/LP/PB/Kab/27.09/")
    assert (parts["sequence"], parts["level"], parts["kind"]) == (1, "regency", "LP")
    assert done["registered_at"] is not None


async def test_the_handling_is_due_from_the_registration(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    before = await checked(client, case, desk)

    done = await stepped(client, case, "registration", desk, PB)

    assert before["proposal"] == "register"
    assert done["next_due_at"] > done["registered_at"]
    assert done["next_due_on"] is not None


async def test_each_kind_and_election_has_a_series_of_its_own(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    numbers = []
    for election in ("PB", "PG", "PB"):
        case = await opened(client, desk)
        await checked(client, case, desk)
        done = await stepped(client, case, "registration", desk, {"election_type": election})
        numbers.append(done["number"][:13])
    finding, members = await entered_finding(client, desk), await member(sessions, keys)
    done = await stepped(client, finding, "registration", members, PB | {"plenary": PLENARY})

    assert numbers == ["001/REG/LP/PB", "001/REG/LP/PG", "002/REG/LP/PB"]
    assert done["number"].startswith("001/REG/TM/PB/")


async def test_without_all_requirements_it_is_refused(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk, "evidence")

    answer = await step(client, case, "registration", desk, PB)

    assert answer.status_code == 409
    assert answer.json()["objection"] == "requirements_unmet"


async def test_an_office_without_a_code_learns_what_an_admin_must_set(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    await give_own_code(sessions, own_code=None)
    case = await opened(client, desk)
    await checked(client, case, desk)

    answer = await step(client, case, "registration", desk, PB)

    assert (answer.status_code, answer.json()["code"]) == (409, "own-code-missing")
    assert "own_code" in answer.json()["detail"]
    assert (await read(client, case, desk))["state"] == "initial_review"


@pytest.mark.parametrize(
    ("election_code", "wanted"),
    [
        ("pilkada-2024", "PW"),
        ("pilkada-2024", "PL"),
        (None, "PP"),
        (None, "PW"),
    ],
)
async def test_an_election_that_nobody_holds_there_is_refused(
    client: AsyncClient, desk: dict[str, str], election_code: str | None, wanted: str
) -> None:
    case = await opened(client, desk, election_code=election_code)
    await checked(client, case, desk)

    answer = await step(client, case, "registration", desk, {"election_type": wanted})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/election_type"


async def test_what_is_refused_takes_no_number(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk)
    rehearsed = await client.post(
        f"/cases/{case['id']}/registration",
        params={"validate_only": True},
        json=PB,
        headers=desk,
    )

    done = await stepped(client, case, "registration", desk, PB)

    again = await step(client, case, "registration", desk, PB)
    assert rehearsed.status_code == 204
    assert done["number"].startswith("001/")
    assert again.status_code == 409


async def test_a_finding_names_the_plenary_that_adopted_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    desk = await member(sessions, keys)
    finding = await entered_finding(client, desk)

    without = await step(client, finding, "registration", desk, PB)
    few = await step(client, finding, "registration", desk, PB | {"plenary": FEW})
    crowded = await step(
        client, finding, "registration", desk, PB | {"plenary": PLENARY | {"members": 7}}
    )
    tomorrow = PLENARY | {"held_on": "2999-01-01"}
    early = await step(client, finding, "registration", desk, PB | {"plenary": tomorrow})

    assert finding["state"] == "finding"
    assert without.json()["errors"][0]["code"] == "plenary-missing"
    assert few.json()["errors"][0]["code"] == "no-quorum"
    assert few.json()["errors"][0]["pointer"] == "/plenary/present"
    assert crowded.json()["errors"][0]["code"] == "wrong-number-of-members"
    assert early.json()["errors"][0]["code"] == "in-the-future"


async def test_a_report_has_no_plenary(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk)

    answer = await step(client, case, "registration", desk, PB | {"plenary": PLENARY})

    assert answer.json()["errors"][0]["code"] == "not-a-finding"


async def test_only_the_holder_registers(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk)
    province = await officer(sessions, keys, role="member", office_code="bawaslu-73")

    answer = await step(client, case, "registration", province, PB)

    assert answer.status_code == 403


async def test_what_is_not_registered_has_no_parts(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    answer = await client.get(f"/cases/{case['id']}/registration", headers=desk)

    assert answer.status_code == 404


async def test_what_a_plenary_adopts_a_handler_neither_registers_alone_nor_refuses(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    finding = await entered_finding(client, desk)

    adopting = await step(client, finding, "registration", desk, PB | {"plenary": PLENARY})
    refusing = await step(client, finding, "refusal", desk, REASON)
    done = await stepped(client, finding, "refusal", await member(sessions, keys), REASON)

    offered = (await read(client, finding, desk, "/actions"))["items"]
    assert (adopting.status_code, refusing.status_code) == (403, 403)
    assert done["state"] == "not_registered"
    assert not any(each["allowed"] for each in offered if each["step"] == "register")


async def test_a_finding_that_came_late_says_so(client: AsyncClient, desk: dict[str, str]) -> None:
    late, due = [
        await entered_finding(client, desk, occurred_on=day, known_on=day)
        for day in ("2024-10-20", "2024-11-04")
    ]

    told = [await read(client, each, desk, "/requirements") for each in (late, due)]

    assert [each["filed_late"] for each in told] == [True, False]
    assert [each["proposal"] for each in told] == ["refuse", "register"]


async def test_a_case_is_refused_for_a_reason(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    done = await stepped(client, case, "refusal", desk, REASON)

    receipt = (await client.get("/receipt", headers=case["receipt"])).json()
    assert done["state"] == receipt["status"] == "not_registered"
    assert done["not_registered_reason"] == "not_election_violation"


@pytest.mark.parametrize(
    ("reason", "unmet", "code"),
    [
        ("out_of_time", ["in_time"], None),
        ("reporter_not_entitled", ["voting_right"], None),
        ("out_of_time", [], "reason-unfounded"),
        ("reporter_not_entitled", ["in_time"], "reason-unfounded"),
        ("material_unmet", ["evidence"], "completion-not-requested"),
        ("formal_unmet", ["reported_party"], "completion-not-requested"),
        ("formal_unmet", ["evidence"], "reason-unfounded"),
        ("completion_expired", ["evidence"], "reason-unfounded"),
        ("withdrawn", [], "reason-unfounded"),
    ],
)
async def test_a_reason_must_be_borne_out(
    client: AsyncClient, desk: dict[str, str], reason: str, unmet: list[str], code: str | None
) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk, *unmet)

    answer = await step(client, case, "refusal", desk, REASON | {"reason": reason})

    assert answer.status_code == (409 if code else 200), answer.text
    assert answer.json().get("code") == code


async def test_the_reason_lies_sealed_in_the_file(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case: Body = await opened(client, desk)

    await stepped(client, case, "refusal", desk, REASON)

    history = await read(client, case, desk, "/history")
    async with sessions.begin() as session:
        papers = (await session.scalars(select(CaseDocument))).all()
    assert [each.kind for each in papers] == ["refusal"]
    assert all(b"pemilihan" not in (each.sealed or b"") for each in papers)
    assert history["items"][0]["payload"]["reason"] == "not_election_violation"
    assert "Rekaan" not in str(history)


async def test_a_member_is_not_needed_to_register(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk)

    done = await stepped(client, case, "registration", await member(sessions, keys), PB)

    assert done["state"] == "registered"
