"""The page of an invitation: opened and answered without a script, refused with nothing lost."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from tests.rakor.meeting import NAGARI, Desk, told

Invited = dict[str, Any]


@pytest.fixture
def browser(app: FastAPI) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://test")


@pytest.fixture
async def event(sijunjung: Desk) -> str:
    return await sijunjung.announce(title="Rakor <b>Rekaan</b>")


@pytest.fixture
async def invited(sijunjung: Desk, event: str) -> Invited:
    [invitation] = await sijunjung.invite(event, NAGARI)
    return invitation


async def open_(browser: AsyncClient, code: str) -> Response:
    return await browser.post("/invitations", data={"code": code})


async def send(browser: AsyncClient, invited: Invited, **fields: str) -> Response:
    form = {"code": invited["code"], "step": "answer"} | fields
    return await browser.post("/invitations", data=form)


async def test_the_page_keeps_to_its_policy_and_asks_for_the_code(browser: AsyncClient) -> None:
    page = await browser.get("/invitations")

    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "form-action 'self'" in policy
    inline = re.findall(r"<(?:script|style)[^>]*>", page.text)
    assert len(inline) == policy.count("'sha256-")
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", page.text)
    assert "{{" not in page.text
    assert 'name="code"' in page.text
    assert page.text.count('<span lang="id">') == page.text.count('<span lang="en">') > 3


async def test_the_code_opens_the_invitation_and_its_form(
    browser: AsyncClient, invited: Invited
) -> None:
    page = await open_(browser, invited["code"])

    assert page.status_code == 200
    for shown in (
        "Rakor &lt;b&gt;Rekaan&lt;/b&gt;",
        "Wali Nagari, Kantor Wali Nagari Rekaan",
        "005/PM.00/IX/2024",
        "Bawaslu Kabupaten Sijunjung",
        "30 September 2024 s.d. 1 Oktober 2024",
        "Hotel Bukik Gadang",
        'name="deputy_name"',
        f'<input type="hidden" name="code" value="{invited["code"]}">',
    ):
        assert shown in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_an_answer_by_the_form_is_recorded_and_can_be_changed(
    browser: AsyncClient, sijunjung: Desk, event: str, invited: Invited
) -> None:
    deputy = await send(
        browser,
        invited,
        answer="sends_deputy",
        deputy_post="Sekretaris Nagari",
        deputy_name="Wakil Rekaan",
        duty_letter_number="094/12/2024",
        reason="",
    )
    path = f"{event}/invitations/{invited['id']}"
    first = told(await sijunjung.get(path), 200)
    changed = await send(browser, invited, answer="declined", reason="Rapat lain.")

    assert deputy.status_code == changed.status_code == 200
    assert "Jawaban tercatat" in deputy.text
    assert "Tiket masuk" in deputy.text
    assert "Mewakilkan, Mendapat tempat" in deputy.text
    assert "Wakil Rekaan" not in deputy.text
    assert (first["deputy_name"], first["duty_letter_number"]) == ("Wakil Rekaan", "094/12/2024")
    after = told(await sijunjung.get(path), 200)
    assert (after["answer"], after["reason"]) == ("declined", "Rapat lain.")
    assert (after["deputy_name"], after["deputy_post"]) == (None, None)
    assert (after["duty_letter_number"], after["seat"]) == (None, None)


async def test_what_was_typed_is_kept_when_something_is_missing(
    browser: AsyncClient, sijunjung: Desk, event: str, invited: Invited
) -> None:
    refused = await send(browser, invited, answer="sends_deputy", deputy_name="Wakil <Rekaan>")

    assert refused.status_code == 422
    assert 'value="Wakil &lt;Rekaan&gt;"' in refused.text
    assert 'value="sends_deputy" required checked' in refused.text
    assert 'id="deputy_post-wrong"' in refused.text
    [listed] = (await sijunjung.get(f"{event}/invitations")).json()["items"]
    assert listed["answer"] is None


async def test_a_form_without_a_choice_asks_for_one(browser: AsyncClient, invited: Invited) -> None:
    refused = await send(browser, invited)

    assert refused.status_code == 422
    assert "Pilih satu jawaban." in refused.text


async def test_a_wrong_code_is_told_on_the_page(browser: AsyncClient, invited: Invited) -> None:
    refused = await open_(browser, "bukan-kode")

    assert refused.status_code == 401
    assert "Kode undangan tidak ada atau tidak berlaku." in refused.text
    assert 'id="open"' in refused.text


async def test_an_event_that_was_cancelled_says_so_and_shows_no_form(
    browser: AsyncClient, sijunjung: Desk, event: str, invited: Invited
) -> None:
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    page = await open_(browser, invited["code"])
    late = await send(browser, invited, answer="coming")

    assert page.status_code == 200
    assert "Kegiatan ini dibatalkan." in page.text
    assert 'name="answer"' not in page.text
    assert late.status_code == 409


async def test_a_withdrawn_invitation_says_so(
    browser: AsyncClient, sijunjung: Desk, event: str, invited: Invited
) -> None:
    told(await sijunjung.post(f"{event}/invitations/{invited['id']}/withdrawal"), 200)

    page = await open_(browser, invited["code"])

    assert "Undangan ini sudah ditarik penyelenggara." in page.text
    assert 'name="answer"' not in page.text


async def test_only_a_form_is_read(browser: AsyncClient, invited: Invited) -> None:
    refused = await browser.post("/invitations", json={"code": invited["code"]})

    assert refused.status_code == 415


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 401),
        (b"step=answer", 401),
        (b"\xff\xfe\x00", 401),
        (b"code=%00%ff", 401),
        (b"code=a&code=b", 401),
        (b"&".join(b"x%d=1" % number for number in range(100)), 401),
        (b"code=" + b"a" * 10_000, 401),
    ],
)
async def test_a_broken_form_is_refused_on_the_page(
    browser: AsyncClient, body: bytes, status: int
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    refused = await browser.post("/invitations", content=body, headers=headers)

    assert refused.status_code == status
    assert 'id="open"' in refused.text


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "perhaps"},
        {"answer": "coming", "surprise": "x"},
        {"answer": "declined", "reason": "a\x00b"},
        {"answer": "declined", "reason": "a" * 1_001},
        {"answer": "sends_deputy", "deputy_post": "Sekretaris\x1b"},
    ],
)
async def test_what_cannot_be_kept_is_refused_beside_the_form(
    browser: AsyncClient, invited: Invited, fields: dict[str, str]
) -> None:
    refused = await send(browser, invited, **fields)

    assert refused.status_code == 422
    assert 'name="answer"' in refused.text


async def test_a_meeting_held_both_ways_is_joined_by_network(
    browser: AsyncClient, sijunjung: Desk, invited: Invited
) -> None:
    event = await sijunjung.announce(mode="both")
    [other] = await sijunjung.invite(event, NAGARI)

    asked = [(await open_(browser, each["code"])).text for each in (invited, other)]
    joined = await send(browser, other, answer="coming", online="true")
    declined = await send(browser, other, answer="declined", reason="Rapat lain.", online="true")

    assert ['name="online"' in each for each in asked] == [False, True]
    assert 'value="true" checked' in joined.text
    assert 'class="qr"' not in joined.text
    assert (declined.status_code, 'value="true" checked' in declined.text) == (200, False)
