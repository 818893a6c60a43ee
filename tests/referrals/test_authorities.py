"""Everybody else to whom a matter can go, and several categories at once (domain.md 1.6, 1.7)."""

from datetime import timedelta

import pytest

from app.core.actors import Role
from app.web.clock import present
from tests.cases import handling
from tests.cases.advancing import today
from tests.people import office_id, officer
from tests.referrals.forwarding import (
    Cast,
    answer,
    answered,
    decided,
    decree,
    forward,
    forwarded,
    listed,
    machine,
    read,
    state_of,
)


async def test_an_ethics_matter_goes_to_kpu_and_comes_back_with_a_result(cast: Cast) -> None:
    kpu = await machine(cast.sessions, "kpu")
    case = await decided(cast, "organiser_ethics", group="election_organiser")
    to = {"category": "organiser_ethics", "authority": "kpu-ad-hoc"}
    referral = await forwarded(
        cast, case, **to, office_id=str(await office_id(cast.sessions, "kpu"))
    )

    await answered(cast, referral, "acknowledgement", kpu)
    done = await answered(
        cast, referral, "result", kpu, followed_up=True, text="Rekaan: diberi peringatan tertulis."
    )

    assert done["state"] == "followed_up"
    assert (await read(cast, referral, cast.member))["result"].startswith("Rekaan")
    assert await state_of(cast, case) == "followed_up"


async def test_a_crime_goes_through_the_stages_of_gakkumdu(cast: Cast) -> None:
    police = await officer(
        cast.sessions, cast.keys, role=Role.GAKKUMDU_POLICE, office_code="gakkumdu"
    )
    case = await decided(cast, "criminal")
    centre = str(await office_id(cast.sessions, "gakkumdu"))
    to = {"category": "criminal", "authority": "gakkumdu", "office_id": centre}
    referral = await forwarded(cast, case, **to)
    assert await running(cast, referral) == ["first_discussion"]
    await answered(cast, referral, "acknowledgement", police)

    clocks = []
    for stage in (
        "first_discussion_held",
        "second_discussion_held",
        "investigation_ordered",
        "file_submitted",
        "file_complete",
        "submitted_to_court",
        "verdict_given",
        "appealed",
        "appeal_verdict_given",
    ):
        await answered(cast, referral, "stages", police, stage=stage)
        clocks += await running(cast, referral)

    second = (await read(cast, referral, police, "/deadlines"))["items"]
    registered = (await handling.read(cast.client, case, cast.desk))["registered_at"]
    assert registered in [each["started_at"] for each in second]
    assert clocks == [
        "second_discussion",
        "investigation",
        "prosecutor_return",
        "submission_to_court",
        "verdict",
        "appeal",
        "appeal_verdict",
    ]
    again = await answer(cast, referral, "stages", police, stage="appealed")
    assert (again.status_code, again.json()["objection"]) == (409, "no_stage_left")
    done = {"followed_up": True, "text": "Rekaan: berkekuatan hukum tetap."}
    await answered(cast, referral, "result", police, **done)
    assert await state_of(cast, case) == "followed_up"


async def running(cast: Cast, referral: dict[str, str]) -> list[str]:
    clocks = (await read(cast, referral, cast.member, "/deadlines"))["items"]
    return [each["step"] for each in clocks if each["ended_at"] is None]


@pytest.mark.parametrize("hours", [-48, 1])
async def test_a_stage_lies_between_the_forwarding_and_now(cast: Cast, hours: int) -> None:
    case = await decided(cast, "criminal")
    referral = await forwarded(cast, case, category="criminal", authority="gakkumdu")
    await answered(cast, referral, "acknowledgement", cast.member)
    at = (present() + timedelta(hours=hours)).isoformat()

    refused = await answer(
        cast, referral, "stages", cast.member, stage="first_discussion_held", at=at
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "stage-too-early")


async def test_of_two_categories_both_have_to_be_answered(cast: Cast) -> None:
    case = await decided(cast, "other_law", "criminal")
    assert await due(cast, case) == "forwarding"
    asn = await forwarded(cast, case)
    await answered(cast, asn, "acknowledgement", cast.member)
    left = {"person_id": case["person_ids"][0], "status": "left_service", "note": "Rekaan."}
    await answered(cast, asn, "follow-ups", cast.member, **left)
    assert await state_of(cast, case) == "forwarded"
    assert await due(cast, case) == "forwarding"

    crime = await forwarded(cast, case, category="criminal", authority="gakkumdu")
    assert await due(cast, case) is None
    assert await state_of(cast, case) == "forwarded"
    refused = {"followed_up": False, "text": "Rekaan: tidak cukup bukti."}
    await answered(cast, crime, "result", cast.member, **refused)

    assert await state_of(cast, case) == "followed_up"
    assert len(await listed(cast, cast.desk, case_id=case["id"])) == 2


async def due(cast: Cast, case: dict[str, str]) -> str | None:
    clocks = (await handling.read(cast.client, case, cast.desk, "/deadlines"))["items"]
    steps = {each["step"] for each in clocks if each["ended_at"] is None}
    return "forwarding" if "forwarding" in steps else None


async def test_a_village_head_goes_to_the_regent_and_may_be_sanctioned_there(cast: Cast) -> None:
    case = await decided(cast, group="village_head")
    asn = await forward(cast, case)
    assert asn.status_code == 422
    assert "regent" in asn.json()["errors"][0]["message"]
    referral = await forwarded(cast, case, authority="regent")
    await answered(cast, referral, "acknowledgement", cast.member)

    said = {"person_id": case["person_ids"][0], "status": "sanctioned", "note": "Rekaan: teguran."}
    await answered(cast, referral, "follow-ups", cast.member, **said)

    items = (await read(cast, referral, cast.member, "/follow-ups"))["items"]
    assert [each["note"] for each in items] == ["Rekaan: teguran."]
    assert await state_of(cast, case) == "followed_up"


async def test_a_staffing_authority_can_be_addressed_itself(cast: Cast) -> None:
    case = await decided(cast)
    to = {"authority": "staffing-authority", "office_id": cast.agency}
    referral = await forwarded(cast, case, **to)
    assert await running(cast, referral) == ["staffing_authority_response"]
    await answered(cast, referral, "acknowledgement", cast.ppk)
    sanctioned = {"person_id": case["person_ids"][0], "status": "sanctioned"}
    as_status = await answer(cast, referral, "follow-ups", cast.ppk, **sanctioned)
    assert (as_status.status_code, as_status.json()["code"]) == (409, "decree-needed")

    moral = {"kind": "moral-open"}
    done = await answered(cast, referral, "decision", cast.ppk, **decree(case, [moral]))

    assert done["state"] == "followed_up"
    relayed = await answer(cast, referral, "relay", cast.ppk, letter_number="1", letter_on=today())
    assert relayed.json()["objection"] == "wrong_flow"


async def test_what_comes_after_the_closing_changes_the_referral_and_not_the_case(
    cast: Cast,
) -> None:
    case = await decided(cast)
    to = {"authority": "staffing-authority", "office_id": cast.agency}
    referral = await forwarded(cast, case, **to)
    await answered(cast, referral, "acknowledgement", cast.ppk)
    given_up = {"followed_up": False, "text": "Rekaan: tidak ada jawaban."}
    await answered(cast, referral, "result", cast.member, **given_up)
    assert await state_of(cast, case) == "not_followed_up"
    notice = {"number": "021/STATUS/2026", "dated_on": today()}
    await handling.stepped(cast.client, case, "notices", cast.desk, notice)
    await handling.stepped(cast.client, case, "announcement", cast.desk)
    await handling.stepped(cast.client, case, "closing", cast.member)

    late = await answered(cast, referral, "decision", cast.ppk, **decree(case, []))

    assert late["state"] == "followed_up"
    assert await state_of(cast, case) == "closed"
