"""The address that a reporter may leave: sealed, masked, replaced, taken back."""

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from app.core.database import Sessions
from app.correspondence.models import Contact, Notice
from app.correspondence.service.notices import BY_EMAIL
from tests.complaints.filing import file
from tests.correspondence.writing import ADDRESS, Desk, Reporter


@pytest.fixture
def without_mail(sessions: Sessions) -> None:
    sessions.kw["info"][BY_EMAIL] = False


async def rows(sessions: Sessions, kind: type[Contact | Notice]) -> int:
    async with sessions.begin() as session:
        return await session.scalar(select(func.count()).select_from(kind)) or 0


async def test_at_first_there_is_none(reporter: Reporter) -> None:
    assert await reporter.contact() == {
        "email_available": True,
        "email": None,
        "language": None,
        "undeliverable": False,
    }


async def test_an_address_is_shown_masked(reporter: Reporter) -> None:
    answer = await reporter.leave(language="en")

    assert answer.status_code == 200, answer.text
    assert await reporter.contact() == answer.json()
    assert answer.json() == {
        "email_available": True,
        "email": "s***@c***.example",
        "language": "en",
        "undeliverable": False,
    }


async def test_it_lies_sealed(reporter: Reporter, sessions: Sessions) -> None:
    await reporter.leave()

    async with sessions.begin() as session:
        row = (await session.scalars(select(Contact))).one()

    assert ADDRESS.encode() not in row.sealed
    assert b"contoh" not in row.sealed


async def test_a_second_address_takes_the_place_of_the_first(
    reporter: Reporter, sessions: Sessions
) -> None:
    await reporter.leave()
    await reporter.leave("lain@rekaan.example")

    assert (await reporter.contact())["email"] == "l***@r***.example"
    assert await rows(sessions, Contact) == 1


async def test_an_address_taken_back_is_gone_with_its_notice(
    reporter: Reporter, desk: Desk, sessions: Sessions
) -> None:
    await reporter.leave()
    await desk.write(reporter)
    before = await rows(sessions, Notice)

    answers = [await reporter.forget(), await reporter.forget()]

    assert [each.status_code for each in answers] == [200, 200]
    assert (await reporter.contact())["email"] is None
    assert (before, await rows(sessions, Notice), await rows(sessions, Contact)) == (1, 0, 0)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "tanpa-tanda",
        "dua@alamat.example,lain@alamat.example",
        "a@b.example\r\nBcc: lain@alamat.example",
        "<a@b.example>",
        "Nama <a@b.example>",
        '"a b"@contoh.example',
        "a@contoh",
        "a@127.0.0.1",
        "a..b@contoh.example",
        "é@contoh.example",
        "x" * 250 + "@contoh.example",
        "x" * 65 + "@contoh.example",
        "x@" + "y" * 64 + ".example",
    ],
)
async def test_what_is_no_plain_address_is_refused_and_not_repeated(
    reporter: Reporter, email: str
) -> None:
    answer = await reporter.leave(email)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/email"
    assert not email or email not in answer.text


async def test_without_a_mail_server_no_address_is_kept(
    reporter: Reporter, without_mail: None, sessions: Sessions
) -> None:
    answer = await reporter.leave()

    assert (answer.status_code, answer.json()["code"]) == (409, "email-unavailable")
    assert (await reporter.contact())["email_available"] is False
    assert await rows(sessions, Contact) == 0


async def test_without_a_mail_server_nothing_is_queued(
    reporter: Reporter, desk: Desk, sessions: Sessions
) -> None:
    await reporter.leave()
    sessions.kw["info"][BY_EMAIL] = False

    await desk.write(reporter)
    await desk.review(reporter)

    assert await rows(sessions, Notice) == 0


async def test_who_left_no_address_is_told_nothing(
    reporter: Reporter, desk: Desk, sessions: Sessions
) -> None:
    await desk.write(reporter)
    await desk.review(reporter)

    assert await rows(sessions, Notice) == 0


async def test_the_address_in_the_form_of_a_report_is_not_one_for_notices(
    client: AsyncClient, desk: Desk, sessions: Sessions
) -> None:
    form = {"name": "Pelapor Rekaan", "capacity": "voter", "address": "Jalan Rekaan 1"}
    reporter = Reporter(client, await file(client, reporter=form | {"email": ADDRESS}))

    await desk.write(reporter)

    assert (await reporter.contact())["email"] is None
    assert await rows(sessions, Notice) == 0


async def test_a_rehearsal_keeps_no_address(reporter: Reporter, sessions: Sessions) -> None:
    answer = await reporter.client.put(
        "/receipt/contact?validate_only=true",
        json={"email": ADDRESS, "language": "id"},
        headers=reporter.headers,
    )

    assert answer.status_code == 204
    assert await rows(sessions, Contact) == 0
