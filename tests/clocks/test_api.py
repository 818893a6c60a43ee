from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from app.clocks.files.norms import read_rules
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.elections.rules import Regime
from tests.people import officer


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04")


async def get(client: AsyncClient, desk: dict[str, str], **wanted: str | int) -> Any:
    answer = await client.get("/clocks/rules", params=wanted, headers=desk)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_officer_reads_every_rule_with_its_source(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    page = await get(client, desk, count="exact")

    shipped = read_rules()
    codes = [each["code"] for each in page["items"]]
    assert codes == sorted(rule.code for rule in shipped)
    assert (page["total"], page["next_cursor"]) == (len(shipped), None)
    assert page["items"][codes.index("regional-handling")] == {
        "code": "regional-handling",
        "version": 1,
        "regime": "regional_election",
        "step": "handling",
        "amount": 3,
        "unit": "calendar_day",
        "start_event": "registered",
        "first_day_counts": False,
        "end_of_day": True,
        "roll_over": "none",
        "stops_on": None,
        "extended_amount": 5,
        "extended_unit": "calendar_day",
        "on_transfer": "continue",
        "breach": "unsettled",
        "source": "UU 1/2015 Art. 134(5) and 134(6), three days, five in all; "
        "the law counts from when the report was received, "
        "and that this is its registration is our reading; "
        "calendar days by Bawaslu's reading (ANTARA, 24 Sep 2024); "
        "that a hand-over changes nothing is not verified",
        "confidence": "secondary",
        "valid_from": "2015-02-02",
        "valid_to": None,
    }


async def test_only_the_rules_in_force_on_a_day_are_asked_for(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    page = await get(client, desk, on="2019-05-01", regime="regional_election")

    assert {each["code"] for each in page["items"]} == {
        rule.code
        for rule in read_rules()
        if rule.is_valid(date(2019, 5, 1)) and rule.regime is Regime.REGIONAL_ELECTION
    }
    assert len(page["items"]) == 2


async def test_the_other_regime_has_rules_of_its_own(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    page = await get(client, desk, regime="general_election", limit=200)

    [handling] = [each for each in page["items"] if each["step"] == "handling"]
    assert (handling["amount"], handling["unit"]) == (7, "calendar_day")
    assert (handling["extended_amount"], handling["extended_unit"]) == (14, "working_day")


async def test_pages_follow_each_other_without_loss(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    wanted: dict[str, str | int] = {"limit": 7}
    codes: list[str] = []

    while "cursor" not in wanted or wanted["cursor"]:
        page = await get(client, desk, **wanted)
        codes += [each["code"] for each in page["items"]]
        wanted["cursor"] = page["next_cursor"]

    assert codes == sorted(rule.code for rule in read_rules())


@pytest.mark.parametrize(
    "change", [{"regime": "regional_election"}, {"cursor": "regional"}, {"cursor": "ÿ"}]
)
async def test_a_cursor_of_another_list_is_refused(
    client: AsyncClient, desk: dict[str, str], change: dict[str, str]
) -> None:
    page = await get(client, desk, limit=1)
    wanted = {"cursor": page["next_cursor"], **change}

    answer = await client.get("/clocks/rules", params=wanted, headers=desk)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "wrong-cursor"


async def test_the_rules_are_for_staff(client: AsyncClient) -> None:
    answer = await client.get("/clocks/rules")

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("enumeration", "code", "label"),
    [
        ("deadline_step", "initial_review", "Kajian awal"),
        ("deadline_start", "registered", "Sejak diregistrasi"),
        ("deadline_unit", "calendar_day", "Hari kalender"),
        ("confidence", "unverified", "Belum diverifikasi"),
    ],
)
async def test_every_code_has_a_label(
    client: AsyncClient, enumeration: str, code: str, label: str
) -> None:
    answer = await client.get(f"/reference/{enumeration}")

    assert label in [each["id"] for each in answer.json() if each["code"] == code]
