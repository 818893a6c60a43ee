"""A civil servant: Bawaslu forwards, BKN relays, the staffing authority decides (domain.md 2.4)."""

from collections.abc import Callable

from app.core.places import Place
from app.offices.models import Office
from tests.cases.advancing import today
from tests.cases.handling import Body
from tests.people import office_id
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

RELAY: Body = {"letter_number": "B-77/BKN/2024"}
DEMOTION: Body = {"kind": "demotion", "months": 12}


async def sent(cast: Cast) -> tuple[Body, Body]:
    """A case forwarded to BKN, and the referral."""
    case = await decided(cast)
    bkn_office = str(await office_id(cast.sessions, "bkn"))
    return case, await forwarded(cast, case, office_id=bkn_office)


async def test_from_the_letter_to_the_sanction(cast: Cast) -> None:
    case, referral = await sent(cast)
    assert await state_of(cast, case) == "forwarded"

    await answered(cast, referral, "acknowledgement", cast.bkn, number="B-1123/SBT/2024")
    await answered(cast, referral, "stages", cast.bkn, stage="jointly_verified")
    validation = (await read(cast, referral, cast.bkn, "/deadlines"))["items"][-1]
    assert (validation["step"], validation["office_id"]) == (
        "bawaslu_validation",
        case["office_id"],
    )
    refused = await answer(cast, referral, "stages", cast.bkn, stage="validated_by_bawaslu")
    assert refused.status_code == 403
    await answered(cast, referral, "stages", cast.member, stage="validated_by_bawaslu")
    relay = RELAY | {"letter_on": today(), "to_office_id": cast.agency}
    relayed = await answered(cast, referral, "relay", cast.bkn, **relay)
    assert relayed["state"] == "relayed"
    assert [each["id"] for each in (await listed(cast, cast.ppk))] == [referral["id"]]

    ruled = await answered(cast, referral, "decision", cast.ppk, **decree(case, [DEMOTION]))
    assert ruled["state"] == "followed_up"
    assert ruled["next_due_at"] is None
    idis = {"person_id": case["person_ids"][0], "number": "IDIS-2024-000123"}
    await answered(cast, referral, "idis", cast.bkn, **idis)

    [standing] = (await read(cast, referral, cast.member))["standings"]
    assert (standing["status"], standing["idis_number"]) == ("sanctioned", "IDIS-2024-000123")
    assert [each["sanction_code"] for each in standing["rulings"]] == ["demotion"]
    assert await state_of(cast, case) == "followed_up"
    told = await cast.client.get("/receipt", headers=case["receipt"])
    assert told.json()["status"] == "followed_up"
    assert "demotion" not in told.text


async def test_a_silent_staffing_authority_is_escalated_and_blocked(
    cast: Cast, in_days: Callable[[int], None]
) -> None:
    case, referral = await sent(cast)
    block = {"kind": "block", "letter_number": "B-91/BKN", "person_id": case["person_ids"][0]}
    await answered(cast, referral, "acknowledgement", cast.bkn)
    await answered(
        cast, referral, "relay", cast.bkn, **RELAY, letter_on=today(), to_office_id=cast.agency
    )
    early = await answer(cast, referral, "bkn-actions", cast.bkn, **block, letter_on=today())
    assert early.json()["objection"] == "not_overdue"
    assert await listed(cast, cast.bkn, overdue=True) == []

    in_days(40)
    for who in (cast.bkn, cast.member, cast.ppk):
        assert [each["id"] for each in await listed(cast, who, overdue=True)] == [referral["id"]]
    await answered(
        cast, referral, "bkn-actions", cast.bkn, **block | {"kind": "reprimand"}, letter_on=today()
    )
    await answered(cast, referral, "bkn-actions", cast.bkn, **block, letter_on=today())
    twice = await answer(cast, referral, "bkn-actions", cast.bkn, **block, letter_on=today())
    assert (twice.status_code, twice.json()["code"]) == (409, "already-blocked")
    assert (await read(cast, referral, cast.bkn))["standings"][0]["is_blocked"]

    await answered(cast, referral, "decision", cast.ppk, **decree(case, [DEMOTION]))
    unblock = block | {"kind": "unblock"}
    await answered(cast, referral, "bkn-actions", cast.bkn, **unblock, letter_on=today())

    assert not (await read(cast, referral, cast.bkn))["standings"][0]["is_blocked"]
    assert await listed(cast, cast.bkn, overdue=True) == []
    done = await cast.client.get(f"/referrals/{referral['id']}/bkn-actions", headers=dict(cast.bkn))
    assert [each["kind"] for each in done.json()["items"]] == ["unblock", "block", "reprimand"]
    clocks = (await read(cast, referral, cast.bkn, "/deadlines"))["items"]
    assert {each["step"]: each["outcome"] for each in clocks} == {
        "joint_verification": "met",
        "staffing_authority_response": "missed",
    }


async def test_what_is_returned_can_be_forwarded_again(cast: Cast) -> None:
    case, referral = await sent(cast)

    returned = await answered(cast, referral, "return", cast.bkn, reason="Rekaan: NIP keliru.")

    assert (returned["state"], returned["next_due_at"]) == ("returned", None)
    assert await state_of(cast, case) == "returned"
    assert (await read(cast, referral, cast.member))["return_reason"] == "Rekaan: NIP keliru."
    again = await forwarded(cast, case, office_id=referral["office_id"])
    assert await state_of(cast, case) == "forwarded"
    assert (await read(cast, referral, cast.member))["replaced_at"] is not None
    assert again["id"] != referral["id"]


async def test_what_still_waits_is_not_forwarded_twice(cast: Cast) -> None:
    case, _ = await sent(cast)

    again = await forward(cast, case)

    assert (again.status_code, again.json()["code"]) == (409, "already-forwarded")


async def test_the_holder_records_what_came_on_paper(cast: Cast) -> None:
    case = await decided(cast)
    referral = await forwarded(cast, case)
    assert referral["office_id"] is None

    await answered(cast, referral, "acknowledgement", cast.member)
    await answered(cast, referral, "relay", cast.member, **RELAY, letter_on=today())
    await answered(cast, referral, "decision", cast.member, **decree(case, []))

    [standing] = (await read(cast, referral, cast.member))["standings"]
    assert standing["status"] == "not_proven"
    assert standing["rulings"][0]["side"] == "holder"
    assert await state_of(cast, case) == "followed_up"


async def test_an_authority_sees_its_referral_and_nothing_else_of_the_case(cast: Cast) -> None:
    case, referral = await sent(cast)

    dossier = (await read(cast, referral, cast.bkn))["dossier"]

    assert dossier["persons"][0]["name"] == "Terlapor Rekaan"
    assert dossier["register_number"] == case["number"]
    assert dossier["conclusion"] == "Rekaan: unsur keberpihakan terbukti."
    assert "Pelapor" not in str(dossier)
    for path in (f"/cases/{case['id']}", f"/complaints/{case['complaint_id']}"):
        assert (await cast.client.get(path, headers=dict(cast.bkn))).status_code == 403


async def test_a_machine_of_an_agency_sees_only_what_was_forwarded_to_it(cast: Cast) -> None:
    _, referral = await sent(cast)
    mine, others = await machine(cast.sessions), await machine(cast.sessions, "kpu")

    assert [each["id"] for each in await listed(cast, mine)] == [referral["id"]]
    assert await listed(cast, others) == []
    path = f"/referrals/{referral['id']}"
    assert (await cast.client.get(path, headers=others)).status_code == 404
    refused = await answer(cast, referral, "acknowledgement", others)
    assert refused.status_code == 404
    await answered(cast, referral, "acknowledgement", mine, number="M-1")


async def test_a_machine_sees_nothing_of_an_area_that_is_not_its_own(cast: Cast) -> None:
    _, referral = await sent(cast)
    office = await office_id(cast.sessions, "bawaslu-13")
    async with cast.sessions.begin() as session:
        west = await session.get_one(Office, office)
    elsewhere = await machine(cast.sessions, place=Place(west.region_id, west.region_code))

    one = await cast.client.get(f"/referrals/{referral['id']}", headers=elsewhere)

    assert one.status_code == 404
    assert await listed(cast, elsewhere) == []


async def test_a_later_decree_takes_the_place_of_an_earlier_one(
    cast: Cast, in_days: Callable[[int], None]
) -> None:
    case, referral = await sent(cast)
    await answered(cast, referral, "acknowledgement", cast.bkn)
    relay = RELAY | {"letter_on": today(), "to_office_id": cast.agency}
    await answered(cast, referral, "relay", cast.bkn, **relay)
    await answered(cast, referral, "decision", cast.ppk, **decree(case, [DEMOTION]))

    in_days(10)
    later = decree(case, [], decree_number="800/200/BKPSDM/2024")
    await answered(cast, referral, "decision", cast.ppk, **later)

    [standing] = (await read(cast, referral, cast.ppk))["standings"]
    assert [each["decree_number"] for each in standing["rulings"]] == ["800/200/BKPSDM/2024"]
    said = (await read(cast, referral, cast.ppk, "/follow-ups"))["items"]
    assert [each["status"] for each in said][:2] == ["not_proven", "sanctioned"]


async def test_no_name_reaches_a_list_a_history_or_the_journal(cast: Cast) -> None:
    _, referral = await sent(cast)
    await read(cast, referral, cast.bkn)

    history = await read(cast, referral, cast.member, "/history")

    assert [each["action"] for each in history["items"]] == ["referral.read", "referral.forward"]
    assert "Rekaan" not in str(history)
    assert "Rekaan" not in str(await listed(cast, cast.bkn))


async def test_the_list_of_actions_says_what_the_steps_do(cast: Cast) -> None:
    _, referral = await sent(cast)

    said = await read(cast, referral, cast.bkn, "/actions")

    assert said["sides"] == ["addressee"]
    assert {each["step"] for each in said["items"] if each["allowed"]} == {"acknowledge", "return"}
    refused = await answer(cast, referral, "relay", cast.bkn, **RELAY, letter_on=today())
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal-step")
    assert refused.json()["objection"] == "wrong_state"
    handler = await answer(cast, referral, "acknowledgement", cast.desk)
    assert handler.status_code == 403


async def test_a_rehearsal_changes_nothing(cast: Cast) -> None:
    _, referral = await sent(cast)
    path = f"/referrals/{referral['id']}/acknowledgement"

    tried = await cast.client.post(
        path, params={"validate_only": True}, json={}, headers=dict(cast.bkn)
    )

    assert tried.status_code == 204
    assert (await read(cast, referral, cast.bkn))["state"] == "forwarded"
