"""Addressed offices are told of their days, each once, and only of what they can still do."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.circulars import jobs
from app.circulars.jobs import remind_addressees, sending_reminders
from app.circulars.models import CircularAddressee, CircularReminder
from app.circulars.repository import reminders
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.rules.notices import NoticeState
from tests.circulars.circulating import AGENCIES, TO_PERSONNEL, answer, codes, issue
from tests.circulars.conftest import OpenDesk
from tests.correspondence.mail import Post, post_office
from tests.rakor.meeting import Desk, told

# The last day to acknowledge is the 24th, which ends at 16:00 UTC in Sinjai.
TOO_EARLY = datetime(2024, 9, 23, 15, 59, tzinfo=UTC)
A_DAY_BEFORE = datetime(2024, 9, 23, 16, 1, tzinfo=UTC)
NOON_BEFORE = datetime(2024, 9, 24, 4, tzinfo=UTC)
NIGHT_BEFORE = datetime(2024, 9, 24, 14, 30, tzinfo=UTC)
MORNING_AFTER = datetime(2024, 9, 25, 1, tzinfo=UTC)
OVER = datetime(2024, 9, 24, 16, 1, tzinfo=UTC)
A_DAY_AFTER = datetime(2024, 9, 25, 16, 1, tzinfo=UTC)
EMAIL = "kantor@contoh.example"
ADDRESS = "https://netra.example"


async def listed(desk: Desk, **query: str) -> list[dict[str, str]]:
    wanted = "&".join(f"{name}={value}" for name, value in query.items())
    return list(told(await desk.get(f"/circular-reminders?{wanted}"), 200)["items"])


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as opened:
        yield opened


async def test_a_desk_is_told_before_at_and_after_its_day_each_once(
    sessions: Sessions, sinjai: Desk, personnel: Desk
) -> None:
    await issue(sinjai)
    told_of = [
        await remind_addressees(sessions, moment)
        for moment in (TOO_EARLY, A_DAY_BEFORE, A_DAY_BEFORE, OVER, A_DAY_AFTER, A_DAY_AFTER)
    ]

    mine = await listed(personnel, own="true")

    assert told_of == [0, 1, 0, 1, 1, 0]
    assert [each["kind"] for each in mine] == ["after", "at", "before"]
    assert {each["due_on"] for each in mine} == {"2024-09-24"}


async def test_one_round_tells_everybody_however_many(
    sessions: Sessions, sinjai: Desk, personnel: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (jobs, reminders):
        monkeypatch.setattr(module, "MOST", 1)
    for number in range(3):
        await issue(sinjai, number=f"800/{number}/REKAAN/2024", addressees=[TO_PERSONNEL])

    assert await remind_addressees(sessions, A_DAY_BEFORE) == 3
    assert len(await listed(personnel, own="true")) == 3


async def test_what_was_done_or_ended_reminds_nobody(
    sessions: Sessions, sinjai: Desk, personnel: Desk
) -> None:
    one, two = await issue(sinjai), await issue(sinjai, number="800/2/REKAAN/2024")
    mine = told(await personnel.get("/addressed-circulars?own=true"), 200)["items"]
    [task] = [each["id"] for each in mine if each["circular_id"] == one["id"]]
    done = await personnel.post(f"/circulars/{one['id']}/addressees/{task}/acknowledgement")
    body = {"ended_on": "2024-09-20", "reason": "Rekaan."}
    told(await sinjai.post(f"/circulars/{two['id']}/revocation", body), 200)

    reminded = await remind_addressees(sessions, A_DAY_BEFORE)

    assert done.status_code == 200
    assert reminded == 0


async def test_only_the_desk_itself_takes_its_reminder_from_its_list(
    sessions: Sessions, sinjai: Desk, personnel: Desk, open_desk: OpenDesk
) -> None:
    await issue(sinjai)
    await remind_addressees(sessions, A_DAY_BEFORE)
    [reminder] = await listed(personnel, unread="true")
    path = f"/circular-reminders/{reminder['id']}/reading"
    neighbour = await open_desk("bawaslu-73.08")

    other = await sinjai.post(path)
    strange = await neighbour.post(path)
    read = told(await personnel.post(path), 200)

    assert told(other, 403)["code"] == "not-your-desk"
    assert strange.status_code == 404
    assert read["read_at"] is not None
    assert await listed(personnel, unread="true") == []


async def test_an_office_without_account_is_written_to_where_its_address_is_known(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk, post: Post
) -> None:
    issued = await issue(sinjai)
    links = await codes(sinjai, issued)
    code = links[AGENCIES[0]]
    kept = await client.put("/circular-answers/contact", json={"code": code, "email": EMAIL})
    mailing = sending_reminders(sessions, keys, post.server(), lambda: NOON_BEFORE, ADDRESS)

    reminded = await remind_addressees(sessions, NOON_BEFORE)
    sent = [await mailing(), await mailing()]

    assert told(kept, 200)["email"] == "k***@c***.example"
    assert (reminded, sent) == (1, [1, 0])
    [letter] = post.letters
    text = message_from_bytes(letter.raw, policy=default)
    assert letter.recipients == [EMAIL]
    assert f"{ADDRESS}/circular-answers#{code}" in text.get_content()
    assert AGENCIES[0] in text.get_content()
    assert issued["number"] in text["Subject"]


async def test_a_letter_that_has_nothing_to_say_any_more_is_not_sent(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk, post: Post
) -> None:
    issued = await issue(sinjai)
    one, two = (
        (await codes(sinjai, issued))[AGENCIES[0]],
        (await codes(sinjai, issued))[AGENCIES[1]],
    )
    for code in (one, two):
        await client.put("/circular-answers/contact", json={"code": code, "email": EMAIL})
    mailing = sending_reminders(sessions, keys, post.server(), lambda: NOON_BEFORE, None)
    await remind_addressees(sessions, NOON_BEFORE)

    await answer(client, "acknowledgement", one)
    await client.put("/circular-answers/contact", json={"code": two, "email": None})
    sent = await mailing()

    assert sent == 0
    assert post.letters == []


async def test_no_letter_goes_out_at_night_and_a_refused_box_is_given_up(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk, post: Post
) -> None:
    code = (await codes(sinjai, await issue(sinjai)))[AGENCIES[0]]
    await client.put("/circular-answers/contact", json={"code": code, "email": EMAIL})
    post.refused.add(EMAIL)
    await remind_addressees(sessions, NOON_BEFORE)
    by_night = sending_reminders(sessions, keys, post.server(), lambda: NIGHT_BEFORE, None)
    by_day = sending_reminders(sessions, keys, post.server(), lambda: MORNING_AFTER, None)

    sent = (await by_night(), await by_day(), await by_day())

    assert sent == (0, 1, 0)
    async with sessions.begin() as session:
        assert await session.scalar(select(CircularReminder.mail)) is NoticeState.UNDELIVERABLE


async def test_the_issuer_enters_an_address_which_lies_sealed(
    sessions: Sessions, keys: Keyring, sinjai: Desk, personnel: Desk
) -> None:
    circular = f"/circulars/{(await issue(sinjai))['id']}"
    found = told(await sinjai.get(f"{circular}/addressees"), 200)["items"]
    [id] = [each["id"] for each in found if each["office_name"] == AGENCIES[0]]
    path = f"{circular}/addressees/{id}/contact"

    kept = await sinjai.put(path, {"email": EMAIL})
    refused = await personnel.put(path, {"email": EMAIL})
    broken = await sinjai.put(path, {"email": "kantor@"})

    assert told(kept, 200)["email"] == "k***@c***.example"
    assert (refused.status_code, broken.status_code) == (404, 422)
    async with sessions.begin() as session:
        row = await session.scalar(
            select(CircularAddressee).where(CircularAddressee.sealed_email.is_not(None))
        )
    assert row is not None
    assert row.sealed_email is not None
    assert EMAIL.encode() not in row.sealed_email
    assert keys.open(row.sealed_email, row.id).decode() == EMAIL


async def test_who_merely_reads_circulars_enters_no_address(
    sinjai: Desk, open_desk: OpenDesk
) -> None:
    circular = f"/circulars/{(await issue(sinjai))['id']}"
    [one, *_] = told(await sinjai.get(f"{circular}/addressees"), 200)["items"]
    member = await open_desk("bawaslu-73.07", Role.MEMBER)

    refused = await member.put(f"{circular}/addressees/{one['id']}/contact", {"email": EMAIL})

    assert refused.status_code == 403
