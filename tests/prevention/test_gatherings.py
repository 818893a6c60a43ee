"""An event with its declaration and its circular, and the invited on the roster."""

from datetime import UTC, datetime

from httpx import AsyncClient

from app.core.actors import Permission
from app.core.database import Sessions
from app.core.ids import new_id
from tests.circulars import circulating
from tests.declarations import declaring, inviting
from tests.people import system
from tests.prevention.gathering import SECRETARY, gather
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.doors import ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, Desk, told

CAMAT = {"category": "subdistrict_head", "region": "13.03"}


async def test_one_call_shows_the_event_with_what_is_signed_and_explained(
    client: AsyncClient, sijunjung: Desk
) -> None:
    named = await circulating.issue(sijunjung, number="800/1/REKAAN", addressees=[TO_DISTRICTS])
    other = await circulating.issue(sijunjung, number="800/2/REKAAN", addressees=[TO_DISTRICTS])
    gathering = await gather(sijunjung, circular_id=named["id"])
    await sijunjung.invite(gathering.event, NAGARI)
    joined = await sijunjung.post(
        f"{gathering.event}/explained-circulars", {"circular_id": other["id"]}
    )
    [code, *_] = (await circulating.codes(sijunjung, other)).values()
    await circulating.answer(client, "acknowledgement", code)

    seen = await gathering.read()

    assert joined.status_code == 201
    assert (seen["event_id"], seen["invited"]) == (gathering.id, 1)
    assert [each["id"] for each in seen["declarations"]] == [gathering.declaration["id"]]
    reach = {each["id"]: (each["addressed"], each["acknowledged"]) for each in seen["circulars"]}
    assert reach == {named["id"]: (8, 0), other["id"]: (8, 1)}


TO_DISTRICTS = {"category": "subdistrict_head", "region_code": "13.03"}


async def test_a_circular_is_joined_once_and_can_be_left_out(sijunjung: Desk) -> None:
    circular = await circulating.issue(sijunjung, addressees=[TO_DISTRICTS])
    event = await sijunjung.announce()
    path, body = f"{event}/explained-circulars", {"circular_id": circular["id"]}

    first = await sijunjung.post(path, body)
    second = await sijunjung.post(path, body)
    unknown = await sijunjung.post(path, {"circular_id": str(new_id())})
    gone = await sijunjung.client.delete(f"{path}/{circular['id']}", headers=sijunjung.headers)
    nothing = await sijunjung.client.delete(f"{path}/{circular['id']}", headers=sijunjung.headers)

    assert first.status_code == 201
    assert told(second, 409)["code"] == "circular-already-joined"
    assert told(unknown, 422)["errors"][0]["pointer"] == "/circular_id"
    assert (gone.status_code, nothing.status_code) == (200, 404)


async def test_each_invitation_gets_one_target_however_often_it_is_asked(
    sijunjung: Desk,
) -> None:
    gathering = await gather(sijunjung)
    [nagari, secretary] = await sijunjung.invite(gathering.event, NAGARI, SECRETARY)
    told(await sijunjung.post(f"{gathering.event}/invitations", {"groups": [CAMAT]}), 201)

    first = told(await gathering.enrol((nagari, "village_head")), 200)
    second = told(await gathering.enrol((nagari, "village_head")), 200)
    third = told(await gathering.enrol((secretary, "asn_pns")), 200)

    assert (first["on_roster"], first["added"]) == (9, 9)
    assert first["without_group"] == [secretary["id"]]
    assert (second["on_roster"], second["added"]) == (9, 0)
    assert (third["on_roster"], third["added"], third["without_group"]) == (10, 1, [])
    path = f"/declarations/{gathering.declaration['id']}/targets?limit=200"
    targets = told(await sijunjung.get(path), 200)["items"]
    assert sorted(each["group"] for each in targets) == ["asn_pns"] * 9 + ["village_head"]
    assert {each["person"]["name"] for each in targets} == {""}


async def test_a_post_on_the_roster_already_is_not_listed_twice(sijunjung: Desk) -> None:
    gathering = await gather(sijunjung)
    target = {
        "position": NAGARI["post"],
        "office": NAGARI["office_name"],
        "group": "village_head",
        "region_code": NAGARI["region_code"],
    }
    path = f"/declarations/{gathering.declaration['id']}/targets"
    told(await sijunjung.post(path, target), 201)
    invitations = await sijunjung.invite(gathering.event, NAGARI)

    enrolled = told(await gathering.enrol((invitations[0], "village_head")), 200)

    assert (enrolled["on_roster"], enrolled["added"]) == (1, 0)
    assert len(told(await sijunjung.get(path), 200)["items"]) == 1
    withdrawal = f"{gathering.event}/invitations/{invitations[0]['id']}/withdrawal"
    told(await sijunjung.post(withdrawal), 200)
    settled = told(await gathering.enrol(), 200)
    # It came by a hand of its own, and goes by one.
    assert (settled["on_roster"], settled["removed"]) == (0, 0)
    assert len(told(await sijunjung.get(path), 200)["items"]) == 1


async def test_who_was_withdrawn_goes_unless_the_post_has_signed(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    set_clock(FIRST_DAY)
    gathering = await gather(sijunjung)
    nagari, secretary = await sijunjung.invite(gathering.event, NAGARI, SECRETARY)
    groups = ((nagari, "village_head"), (secretary, "asn_pns"))
    told(await gathering.enrol(*groups), 200)
    await gathering.open()
    own = told(await client.post("/event-signing", json={"code": nagari["code"]}), 200)
    told(await inviting.redeem(client, own["declarations"][0]["ticket"], name="Wali Rekaan"), 201)
    for each in (nagari, secretary):
        path = f"{gathering.event}/invitations/{each['id']}/withdrawal"
        told(await sijunjung.post(path), 200)

    settled = told(await gathering.enrol(), 200)

    assert (settled["on_roster"], settled["removed"]) == (0, 1)
    path = f"/declarations/{gathering.declaration['id']}/targets"
    [kept] = told(await sijunjung.get(path), 200)["items"]
    assert kept["office"] == NAGARI["office_name"]


async def test_an_office_outside_of_the_declarations_area_is_told(sijunjung: Desk) -> None:
    gathering = await gather(sijunjung)
    far = NAGARI | {"region_code": "73.04.01"}
    [invitation] = await sijunjung.invite(gathering.event, far)

    enrolled = told(await gathering.enrol((invitation, "village_head")), 200)

    assert (enrolled["on_roster"], enrolled["outside"]) == (0, [invitation["id"]])


async def test_nobody_enrols_for_another_offices_declaration(
    sijunjung: Desk, open_desk: OpenDesk
) -> None:
    gathering = await gather(sijunjung)
    stranger = await open_desk("73.07")
    alone = await declaring.plan(sijunjung.client, sijunjung.headers)
    path = f"{gathering.event}/enrolments"

    by_stranger = await stranger.post(path, {"declaration_id": gathering.declaration["id"]})
    of_another = await sijunjung.post(path, {"declaration_id": alone["id"]})

    assert by_stranger.status_code == 404
    assert told(of_another, 409)["code"] == "declaration-not-joined"


async def test_enrolling_makes_both_name_each_other(client: AsyncClient, sijunjung: Desk) -> None:
    gathering = await gather(sijunjung)
    [nagari] = await sijunjung.invite(gathering.event, NAGARI)

    told(await gathering.enrol((nagari, "village_head")), 200)

    event = told(await sijunjung.get(gathering.event), 200)
    assert event["declaration_id"] == gathering.declaration["id"]
    assert await ticket_of(client, nagari)


async def test_who_may_not_read_circulars_sees_no_draft(
    sijunjung: Desk, sessions: Sessions
) -> None:
    drafted = await circulating.draft(sijunjung, addressees=[TO_DISTRICTS])
    gathering = await gather(sijunjung, circular_id=drafted["id"])
    reader = await system(sessions, scopes={Permission.READ_EVENTS})

    path = f"{gathering.event}/gathering"
    seen = told(await sijunjung.client.get(path, headers=reader), 200)

    assert seen["circulars"] == []
    assert [each["id"] for each in (await gathering.read())["circulars"]] == [drafted["id"]]


async def test_what_ends_later_is_overdue_until_then(sijunjung: Desk, set_clock: SetClock) -> None:
    circular = await circulating.issue(sijunjung, addressees=[TO_DISTRICTS])
    gathering = await gather(sijunjung, circular_id=circular["id"])
    set_clock(datetime(2024, 11, 1, 3, tzinfo=UTC))
    body = {"ended_on": "2024-11-30", "reason": "Pilkada usai."}
    told(await sijunjung.post(f"/circulars/{circular['id']}/revocation", body), 200)

    for day, overdue in ((29, 8), (30, 0)):
        set_clock(datetime(2024, 11, day, 3, tzinfo=UTC))
        [seen] = (await gathering.read())["circulars"]
        assert seen["overdue"] == overdue
