"""Whom a case is about: named by reports and by officers, and counted once."""

from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.cases.models.cases import CasePerson
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from tests.cases.advancing import grouped, invitation, registered
from tests.cases.handling import Body, handler, opened, read, step, stepped
from tests.cases.reviewing import REASON, supplement
from tests.people import office_id

NAMED: Body = {
    "name": "Rekaan Kedua",
    "position": "Lurah",
    "subject_group": "pns",
    "position_group": "urban_village_head",
}
PERSONS = [{"name": "Terlapor Rekaan"}, {"name": "Terlapor Contoh"}, {"name": "T. Rekaan"}]


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await handler(sessions, keys)


async def persons(client: AsyncClient, case: Body, desk: dict[str, str]) -> list[Body]:
    return list((await read(client, case, desk, "/persons"))["items"])


async def patch(
    client: AsyncClient, case: Body, person: Body, desk: dict[str, str], **said: object
) -> Response:
    return await client.patch(
        f"/cases/{case['id']}/persons/{person['id']}",
        json=said,
        headers=desk | {"If-Match": f'"{person["version"]}"'},
    )


async def same(
    client: AsyncClient, case: Body, desk: dict[str, str], one: Body, other: Body
) -> Response:
    body = {"same_as_id": other["id"]}
    return await step(client, case, f"persons/{one['id']}/same-as", desk, body)


async def test_a_case_names_whom_its_report_names(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    [person] = await persons(client, case, desk)

    assert (person["name"], person["position"]) == ("Terlapor Rekaan", "Camat")
    assert person["complaint_id"] == case["complaint_id"]
    assert not person["is_corrected"]


async def test_reading_names_is_recorded(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    await persons(client, case, desk)

    query = select(JournalEntry.action).where(JournalEntry.subject_id == UUID(case["id"]))
    async with sessions.begin() as session:
        actions = list(await session.scalars(query))
    assert actions.count("case.persons_read") == 1


async def test_an_officer_names_another_person_who_lies_sealed(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    named = await stepped(client, case, "persons", desk, NAMED)

    async with sessions.begin() as session:
        row = await session.get_one(CasePerson, UUID(named["id"]))
        entries = await session.scalars(
            select(JournalEntry).where(JournalEntry.action == "case.name_person")
        )
        payloads = [str(each.payload) for each in entries]
    assert (await read(client, case, desk))["persons"] == 2
    assert [each["name"] for each in await persons(client, case, desk)][-1] == "Rekaan Kedua"
    assert row.sealed is not None
    assert b"Rekaan" not in row.sealed
    assert payloads
    assert not any("Rekaan" in each for each in payloads)


async def test_a_person_is_corrected_and_the_report_stays_as_it_came(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    [person] = await persons(client, case, desk)
    works_at = str(await office_id(sessions, "bawaslu-73.05"))

    done = await patch(
        client,
        case,
        person,
        desk,
        name="Rekaan Benar",
        subject_group="pns",
        position_group="subdistrict_head",
        office_id=works_at,
    )

    complaint = await client.get(f"/complaints/{case['complaint_id']}", headers=desk)
    assert done.status_code == 200, done.text
    assert done.headers["etag"] == '"2"'
    said = done.json()
    assert (said["name"], said["position"]) == ("Rekaan Benar", "Camat")
    assert (said["subject_group"], said["office_id"]) == ("pns", works_at)
    assert said["position_group"] == "subdistrict_head"
    assert said["is_corrected"]
    assert complaint.json()["reported_persons"][0]["name"] == "Terlapor Rekaan"


async def test_null_takes_off_and_absent_leaves(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)
    person = await stepped(client, case, "persons", desk, NAMED)

    done = (await patch(client, case, person, desk, position=None)).json()

    assert done["position"] is None
    assert (done["name"], done["subject_group"]) == ("Rekaan Kedua", "pns")
    assert done["position_group"] == "urban_village_head"
    bare = (await patch(client, case, done, desk, position_group=None)).json()
    assert (bare["subject_group"], bare["position_group"]) == ("pns", None)


async def test_whoever_read_an_older_version_changes_nothing(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    [person] = await persons(client, case, desk)
    await patch(client, case, person, desk, subject_group="pns")

    stale = await patch(client, case, person, desk, subject_group="tni")

    assert stale.status_code == 412
    assert (await persons(client, case, desk))[0]["subject_group"] == "pns"


async def test_whoever_works_where_a_reported_person_works_does_not_see_the_case(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    [person] = await persons(client, case, desk)
    province = await handler(sessions, keys, "bawaslu-73")
    works_at = str(await office_id(sessions, "bawaslu-73"))
    path = f"/cases/{case['id']}"

    changed = (await patch(client, case, person, desk, office_id=works_at)).json()
    walled = await client.get(path, headers=province)
    another = await stepped(client, case, "persons", desk, NAMED | {"office_id": works_at})
    await patch(client, case, changed, desk, office_id=None)
    still = await client.get(path, headers=province)
    await stepped(client, case, f"persons/{another['id']}/removal", desk, {"reason": "Rekaan."})
    over = await client.get(path, headers=province)

    assert [each.status_code for each in (walled, still, over)] == [404, 404, 200]


async def test_an_unknown_office_is_refused(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    answer = await step(client, case, "persons", desk, NAMED | {"office_id": str(new_id())})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/office_id"


async def test_two_rows_of_one_person_count_once_until_it_is_taken_back(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk, reported_persons=PERSONS)
    one, two, three = await persons(client, case, desk)

    await same(client, case, desk, three, one)
    twice = await same(client, case, desk, three, one)
    circle = await same(client, case, desk, one, three)
    itself = await same(client, case, desk, two, two)

    assert (await read(client, case, desk))["persons"] == 2
    assert {each.json()["code"] for each in (twice, circle, itself)} == {"recorded-as-same"}
    await stepped(client, case, f"persons/{three['id']}/same-as/removal", desk)
    assert (await read(client, case, desk))["persons"] == 3
    again = await step(client, case, f"persons/{three['id']}/same-as/removal", desk)
    assert again.json()["code"] == "not-same-person"


async def test_nobody_is_the_same_as_somebody_of_another_case(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    [one], [stranger] = [await persons(client, each, desk) for each in (case, other)]

    answer = await same(client, case, desk, one, stranger)
    reached = await patch(client, case, stranger, desk, subject_group="pns")

    assert answer.json()["errors"][0]["code"] == "not-of-this-case"
    assert reached.status_code == 404


async def test_a_person_is_taken_off_with_a_reason_that_lies_sealed(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk, reported_persons=PERSONS)
    one, two, three = await persons(client, case, desk)
    await same(client, case, desk, three, one)
    reason = {"reason": "Rekaan: salah orang."}

    stands = await step(client, case, f"persons/{one['id']}/removal", desk, reason)
    await stepped(client, case, f"persons/{two['id']}/removal", desk, reason)

    gone = await step(client, case, f"persons/{two['id']}/removal", desk, reason)
    async with sessions.begin() as session:
        row = await session.get_one(CasePerson, UUID(two["id"]))
    assert stands.json()["code"] == "stands-for-others"
    assert gone.status_code == 404
    assert (await read(client, case, desk))["persons"] == 1
    assert row.sealed_removal_reason is not None
    assert b"Rekaan" not in row.sealed_removal_reason


async def test_the_only_person_of_a_registered_case_is_not_taken_off(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await registered(client, sessions, desk)
    removal = f"persons/{case['person_id']}/removal"

    last = await step(client, case, removal, desk, {"reason": "Rekaan."})
    await stepped(client, case, "persons", desk, {"name": "Rekaan Kedua"})
    await stepped(client, case, removal, desk, {"reason": "Rekaan."})

    assert last.json()["code"] == "last-person"
    assert (await read(client, case, desk))["persons"] == 1


async def test_nobody_is_taken_off_whose_act_stands_classified_or_who_is_invited(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await registered(client, sessions, desk, election_code="pilkada-2024")
    await grouped(sessions, case["person_id"], "pns")
    await stepped(client, case, "persons", desk, {"name": "Rekaan Kedua"})
    removal, reason = f"persons/{case['person_id']}/removal", {"reason": "Rekaan."}
    deed = {"act": "banner", "person_id": case["person_id"], "acted_on": "2024-10-30"}
    await stepped(client, case, "classifications", desk, deed)
    [classified] = (await read(client, case, desk, "/classifications"))["items"]

    stands = await step(client, case, removal, desk, reason)
    await stepped(client, case, f"classifications/{classified['id']}/reversal", desk, reason)
    whom = invitation(party="reported", person_id=case["person_id"], name=None)
    await stepped(client, case, "clarifications", desk, whom)
    invited = await step(client, case, removal, desk, reason)

    assert (stands.json()["code"], invited.json()["code"]) == (
        "still-classified",
        "still-invited",
    )


async def test_whom_a_supplement_names_is_a_person_of_the_case(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    await supplement(client, case, new_id(), reported_persons=[{"name": "Rekaan Susulan"}])

    assert (await read(client, case, desk))["persons"] == 2
    assert (await persons(client, case, desk))[-1]["name"] == "Rekaan Susulan"


async def test_persons_are_named_only_while_the_case_is_open(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await stepped(client, case, "refusal", desk, REASON)

    answer = await step(client, case, "persons", desk, NAMED)

    assert answer.json()["objection"] == "wrong_state"
