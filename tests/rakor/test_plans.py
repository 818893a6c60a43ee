from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Permission, Role
from app.core.database import Sessions
from app.core.places import Place
from tests.people import system
from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import NAGARI, SESSION, Desk, told

FORM_CEGAH: dict[str, Any] = {
    "kinds": ["outreach", "other"],
    "other_kind": "Lomba rekaan",
    "venue_region_code": "13.03.10.2004",
    "is_stage": False,
    "other_stage": "Di luar tahapan",
    "prevention_form": "education",
    "description": "Uraian rekaan.\nDua baris.",
    "electoral_territory": "Kabupaten Sijunjung",
    "capacity": 200,
    "declaration_id": "01932b5e-7c00-7000-8000-00000000000d",
    "circular_id": "01932b5e-7c00-7000-8000-00000000000c",
}
WITHIN: dict[str, Any] = {
    "online_link": "https://rapat.contoh.go.id/rekaan",
    "assignment_letter": "017/PM.00.02/K.SB-08/09/2024",
    "repository_link": "https://arsip.contoh.go.id/rekaan",
}
LINK = WITHIN["online_link"]


def seen_of(event: dict[str, Any]) -> dict[str, Any]:
    return {name: event[name] for name in WITHIN}


async def version_of(desk: Desk, event: str) -> str:
    return str((await desk.get(event)).headers["etag"])


async def revise(desk: Desk, event: str, **change: Any) -> dict[str, Any]:
    tag = await version_of(desk, event)
    return told(await desk.patch(event, change, **{"If-Match": tag}), 200)


async def test_a_plan_says_what_the_form_of_prevention_asks(sijunjung: Desk) -> None:
    event = await sijunjung.draft(mode="both", **FORM_CEGAH, **WITHIN)

    read = told(await sijunjung.get(f"/events/{event['id']}"), 200)
    assert {name: event[name] for name in FORM_CEGAH} == FORM_CEGAH
    assert seen_of(read) == WITHIN


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"kinds": ["other"]}, "/other_kind"),
        ({"other_kind": "Lomba rekaan"}, "/other_kind"),
        ({"online_link": LINK}, "/online_link"),
        ({"mode": "both", "online_link": "http://rapat.contoh.go.id"}, "/online_link"),
        ({"mode": "both", "online_link": "javascript:alert(1)"}, "/online_link"),
        ({"mode": "online", "capacity": 10}, "/capacity"),
        ({"capacity": 0}, "/capacity"),
        ({"prevention_form": "imbauan"}, "/prevention_form"),
        ({"starts_on": "0001-01-01"}, "/starts_on"),
        ({"ends_on": "9999-12-31"}, "/ends_on"),
        ({"circular_id": "SE 5/2024"}, "/circular_id"),
    ],
)
async def test_a_plan_that_contradicts_itself_is_refused_by_its_field(
    sijunjung: Desk, changes: dict[str, Any], pointer: str
) -> None:
    drafted = f"/events/{(await sijunjung.draft())['id']}"

    answer = await sijunjung.patch(drafted, changes, **{"If-Match": '"1"'})

    assert [each["pointer"] for each in told(answer, 422)["errors"]] == [pointer]


async def test_the_link_is_for_the_invited_and_the_files_are_for_the_organiser(
    client: AsyncClient, open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce(mode="both", **WITHIN)
    province, guest = await open_desk("13"), await open_desk("73.07")
    stranger = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})
    nothing = dict.fromkeys(WITHIN)

    assert seen_of(told(await sijunjung.get(event), 200)) == WITHIN
    assert seen_of(told(await province.get(event), 200)) == WITHIN
    assert seen_of(told(await guest.get(event), 200)) == nothing | {"online_link": LINK}
    assert seen_of(told(await stranger.get(event), 200)) == nothing
    assert seen_of(told(await client.get(event), 200)) == nothing


async def test_who_was_invited_without_an_account_sees_the_link_by_its_code(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce(mode="both", **WITHIN)
    [invitation] = await sijunjung.invite(event, NAGARI)
    code = {"code": invitation["code"]}

    opened = told(await client.post("/invitation-answers/lookup", json=code), 200)
    withdrawal = f"{event}/invitations/{invitation['id']}/withdrawal"
    told(await sijunjung.post(withdrawal), 200)
    withdrawn = told(await client.post("/invitation-answers/lookup", json=code), 200)

    assert (opened["online_link"], withdrawn["online_link"]) == (LINK, None)


async def test_no_link_is_in_a_list_nor_for_a_machine(
    client: AsyncClient, sessions: Sessions, sijunjung: Desk
) -> None:
    event = await sijunjung.announce(mode="both", **WITHIN)
    machine = await system(sessions, scopes={Permission.READ_EVENTS}, place=Place(1303, "13.03"))

    listed = await client.get("/events", headers=sijunjung.headers)
    read = await client.get(event, headers=machine)

    assert event.rpartition("/")[2] in listed.text
    assert not any(secret in listed.text for secret in WITHIN.values())
    assert seen_of(told(read, 200)) == dict.fromkeys(WITHIN)


async def test_an_officer_without_the_permission_sees_no_link(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce(mode="both", **WITHIN)
    duty = await open_desk("13.03", Role.DUTY_OFFICER)

    assert seen_of(told(await duty.get(event), 200)) == dict.fromkeys(WITHIN)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Sosialisasi Rekaan"},
        {"venue": "Gedung Rekaan"},
        {"venue_region_code": "13.03.03"},
        {"ends_on": "2024-10-02"},
        {"mode": "online", "venue": None},
        {"mode": "both", "online_link": LINK},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_what_the_invited_plan_by_raises_the_sequence_once_it_is_public(
    sijunjung: Desk, change: dict[str, Any]
) -> None:
    draft = f"/events/{(await sijunjung.draft())['id']}"
    public = await sijunjung.announce()

    quiet = await revise(sijunjung, draft, **change)
    told_of = await revise(sijunjung, public, **change)

    assert (quiet["sequence"], told_of["sequence"]) == (0, 1)


async def test_another_link_is_another_place(sijunjung: Desk) -> None:
    public = await sijunjung.announce(mode="both", online_link=LINK)

    revised = await revise(sijunjung, public, online_link=f"{LINK}-2")

    assert revised["sequence"] == 1


async def test_what_the_invited_do_not_plan_by_leaves_the_sequence(sijunjung: Desk) -> None:
    public = await sijunjung.announce()

    revised = await revise(sijunjung, public, purpose="Maksud rekaan.", capacity=40)
    same = await revise(sijunjung, public, title=revised["title"])

    assert (revised["sequence"], same["sequence"]) == (0, 0)


async def test_a_session_of_a_published_event_raises_the_sequence(sijunjung: Desk) -> None:
    public = await sijunjung.announce()

    told(await sijunjung.post(f"{public}/sessions", SESSION), 201)

    assert told(await sijunjung.get(public), 200)["sequence"] == 1


async def test_a_cancellation_says_why_and_whoever_listens_is_told(
    client: AsyncClient, sessions: Sessions, sijunjung: Desk
) -> None:
    public = await sijunjung.announce()

    told(await sijunjung.post(f"{public}/cancellation", {"reason": "Gedung terpakai."}), 200)

    seen = told(await client.get(public), 200)
    assert (seen["stage"], seen["cancellation_reason"]) == ("cancelled", "Gedung terpakai.")
    assert seen["sequence"] == 1
    async with sessions.begin() as session:
        entries = select(JournalEntry).where(JournalEntry.action == "event.cancelled")
        entry = (await session.scalars(entries)).one()
    assert public.endswith(str(entry.subject_id))
    assert entry.payload == {"version": 3, "sequence": 1}


async def test_a_cancellation_without_a_reason_is_refused(sijunjung: Desk) -> None:
    public = await sijunjung.announce()

    answer = await sijunjung.post(f"{public}/cancellation", {"reason": "  "})

    assert told(answer, 422)["errors"][0]["pointer"] == "/reason"
