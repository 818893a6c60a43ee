"""Who was there takes home a certificate, and anybody can check whether it still holds."""

import io
import json
from typing import Any

import pytest
from httpx import Response
from pypdf import PdfReader
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.certificates.rules.codes import CodeKind
from app.certificates.service.codes import CodeMaker
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.rakor.models.certificates import AttendanceCertificate
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.following import nobody
from tests.rakor.meeting import FIRST_DAY, NAGARI, WALK_IN, Desk, answer, told

NAME = "Dr. Hj. Wali Rekaan, S.H."


class Meeting:
    """An event that was held: a nagari came, another did not, and a journalist walked in."""

    def __init__(self, desk: Desk, event: str, came: Any, absent: Any, walk_in: str) -> None:
        self.desk = desk
        self.event = event
        self.path = f"{event}/certificates"
        self.came = came
        self.absent = absent
        self.walk_in = walk_in

    async def issue(self, **body: Any) -> dict[str, Any]:
        form = {"invitation_id": self.came["id"], "name": NAME} | body
        return told(await self.desk.post(self.path, form), 201)

    async def check(self, code: str) -> dict[str, Any]:
        return told(await self.desk.client.get(f"/verify/{code}"), 200)

    async def paper(self, certificate: dict[str, Any]) -> str:
        return read(await self.desk.get(f"{self.path}/{certificate['id']}/paper"))


def read(paper: Response) -> str:
    assert paper.status_code == 200, paper.text
    assert paper.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(paper.content)).pages
    return "\n".join(page.extract_text() for page in pages)


def facts(said: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in said["facts"]}


@pytest.fixture
async def meeting(sijunjung: Desk, set_clock: SetClock) -> Meeting:
    event = await sijunjung.announce()
    came, absent = await sijunjung.invite(
        event, NAGARI, NAGARI | {"office_name": "Kantor Nagari Contoh"}
    )
    set_clock(FIRST_DAY)
    await sijunjung.admit(event, came)
    walked = await sijunjung.check_in(event, **WALK_IN, name="Wartawan Rekaan")
    await sijunjung.hold(event)
    return Meeting(sijunjung, event, came, absent, told(walked, 201)["id"])


async def test_a_certificate_says_who_was_there_and_its_code_is_valid(meeting: Meeting) -> None:
    certificate = await meeting.issue()

    paper, said = await meeting.paper(certificate), await meeting.check(certificate["code"])

    assert NAME in paper
    assert certificate["code"] in paper
    assert "Wali Nagari" in paper
    assert "30 September 2024 s.d. 1 Oktober 2024" in " ".join(paper.split())
    assert (said["state"], said["kind"], said["has_holder"]) == ("valid", "A", True)
    assert facts(said)["office_name"] == NAGARI["office_name"]
    assert facts(said)["held_on"] == "2024-09-30/2024-10-01"


async def test_a_check_tells_no_name_and_compares_one(meeting: Meeting, sessions: Sessions) -> None:
    certificate = await meeting.issue()
    path = f"/verify/{certificate['code']}"

    said = json.dumps(await meeting.check(certificate["code"]))
    same = await meeting.desk.client.post(f"{path}/name", json={"name": "dr hj wali rekaan sh"})
    other = await meeting.desk.client.post(f"{path}/name", json={"name": "Orang Lain"})

    assert "Hj." not in said
    assert (told(same, 200)["is_same"], told(other, 200)["is_same"]) == (True, False)
    async with sessions.begin() as session:
        kept = (await session.scalars(select(AttendanceCertificate))).one()
        entries = (await session.scalars(select(JournalEntry))).all()
    assert b"Rekaan" not in (kept.sealed or b"")
    assert not any("Hj." in str(each.payload) for each in entries)


async def test_all_who_came_get_theirs_in_one_step_and_nobody_two(meeting: Meeting) -> None:
    await meeting.issue()

    first = told(await meeting.desk.post(f"{meeting.path}/all"), 201)
    again = told(await meeting.desk.post(f"{meeting.path}/all"), 201)

    assert (first["issued"], again["issued"]) == (1, 0)
    assert first["items"][0]["check_in_id"] == meeting.walk_in
    paper = read(await meeting.desk.get(f"{meeting.path}/paper"))
    assert NAME in paper
    assert "Wartawan Rekaan" in paper
    assert (await meeting.desk.get(f"{meeting.path}/paper?part=2")).status_code == 404
    listed = told(await meeting.desk.get(f"{meeting.path}?count=exact"), 200)
    assert listed["total"] == 2
    assert "Wartawan Rekaan" not in json.dumps(listed)


async def test_who_came_through_two_doors_is_one_person(
    meeting: Meeting, set_clock: SetClock
) -> None:
    again = WALK_IN | {"captured_at": "2024-09-30T01:59:00Z"}
    second = told(await meeting.desk.check_in(meeting.event, **again, name="wartawan rekaan"), 201)
    other = told(await meeting.desk.check_in(meeting.event, **again, name="Rekan Rekaan"), 201)

    issued = told(await meeting.desk.post(f"{meeting.path}/all"), 201)["items"]
    late = await meeting.desk.post(meeting.path, {"check_in_id": second["id"]})

    walk_ins = {each["check_in_id"] for each in issued} - {None}
    assert len(walk_ins) == 2
    assert other["id"] in walk_ins
    assert told(late, 409)["code"] == "certificate-issued"


async def test_who_was_not_there_gets_none(meeting: Meeting) -> None:
    absent = await meeting.desk.post(meeting.path, {"invitation_id": meeting.absent["id"]})
    strange = {"invitation_id": "01932b5e-7c00-7000-8000-00000000dead"}
    unknown = await meeting.desk.post(meeting.path, strange)
    both = {"invitation_id": meeting.came["id"], "check_in_id": meeting.walk_in}
    mixed = await meeting.desk.post(meeting.path, both)

    assert told(absent, 409)["code"] == "certificate-not-present"
    assert told(unknown, 422)["errors"][0]["pointer"] == "/invitation_id"
    assert told(mixed, 422)["errors"][0]["code"] == "invited-or-walk-in"


async def test_nothing_is_certified_before_it_was_held(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    answer = await sijunjung.post(f"{event}/certificates/all")

    assert told(answer, 409)["code"] == "event-wrong-stage"


async def test_a_revoked_one_says_so_everywhere_and_can_be_issued_again(meeting: Meeting) -> None:
    first = await meeting.issue()
    reason = {"reason": "Peserta Rekaan keliru dicatat."}

    revoked = told(await meeting.desk.post(f"{meeting.path}/{first['id']}/revocation", reason), 200)
    twice = await meeting.desk.post(f"{meeting.path}/{first['id']}/revocation", reason)
    second = await meeting.issue()

    assert (revoked["state"], told(twice, 409)["code"]) == ("revoked", "certificate-ended")
    checked = await meeting.check(first["code"])
    assert checked["state"] == "revoked"
    assert "keliru" not in json.dumps(checked)
    assert "DICABUT" in await meeting.paper(first)
    assert (await meeting.check(second["code"]))["state"] == "valid"


async def test_the_organiser_reads_why_it_was_revoked(meeting: Meeting, sessions: Sessions) -> None:
    certificate = await meeting.issue()
    path = f"{meeting.path}/{certificate['id']}"
    standing = told(await meeting.desk.get(path), 200)
    reason = {"reason": "Peserta Rekaan keliru dicatat."}
    told(await meeting.desk.post(f"{path}/revocation", reason), 200)

    revoked = told(await meeting.desk.get(path), 200)

    assert (standing["name"], standing["reason"]) == (NAME, None)
    assert (revoked["state"], revoked["reason"]) == ("revoked", reason["reason"])
    async with sessions.begin() as session:
        entries = (await session.scalars(select(JournalEntry))).all()
    assert [each.action for each in entries].count("certificate.read") == 2
    assert not any("keliru" in str(each.payload) for each in entries)


async def test_a_replaced_one_says_so_and_the_new_one_bears_the_right_name(
    meeting: Meeting,
) -> None:
    first = await meeting.issue(name="Wali Rekan")
    twice = await meeting.desk.post(meeting.path, {"invitation_id": meeting.came["id"]})

    path = f"{meeting.path}/{first['id']}/replacement"
    second = told(await meeting.desk.post(path, {"name": NAME}), 201)
    third = told(await meeting.desk.post(f"{meeting.path}/{second['id']}/replacement", {}), 201)

    assert told(twice, 409)["code"] == "certificate-issued"
    assert second["replaces_id"] == first["id"]
    assert (await meeting.check(first["code"]))["state"] == "replaced"
    assert "DIGANTI" in await meeting.paper(first)
    assert NAME in await meeting.paper(third)


async def test_the_code_of_the_invitation_takes_it_home(meeting: Meeting) -> None:
    guest, code = nobody(meeting.desk.client), {"code": meeting.came["code"]}
    early = await guest.post("/invitation-certificates", code)
    await meeting.issue()

    paper = await guest.post("/invitation-certificates", code)
    false = await guest.post("/invitation-certificates", {"code": "rekaan"})

    assert (early.status_code, false.status_code) == (404, 401)
    assert NAME in read(paper)


async def test_a_deputy_stands_there_by_name_and_post(sijunjung: Desk, set_clock: SetClock) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    sent = {"deputy_post": "Sekretaris Nagari", "deputy_name": "Wakil Rekaan"}
    told(await answer(sijunjung.client, invitation["code"], answer="sends_deputy", **sent), 200)
    set_clock(FIRST_DAY)
    await sijunjung.admit(event, invitation, "represented")
    await sijunjung.hold(event)

    [issued] = told(await sijunjung.post(f"{event}/certificates/all"), 201)["items"]

    paper = read(await sijunjung.get(f"{event}/certificates/{issued['id']}/paper"))
    assert "Wakil Rekaan" in paper
    assert "mewakili Wali Nagari" in paper
    assert (issued["post"], issued["represents"]) == ("Sekretaris Nagari", "Wali Nagari")


@pytest.mark.parametrize("said", ["coming", None])
async def test_a_deputy_nobody_announced_is_not_the_post_itself(
    sijunjung: Desk, set_clock: SetClock, said: str | None
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    if said:
        told(await answer(sijunjung.client, invitation["code"], answer=said), 200)
    set_clock(FIRST_DAY)
    await sijunjung.admit(event, invitation, "represented")
    await sijunjung.hold(event)

    [issued] = told(await sijunjung.post(f"{event}/certificates/all"), 201)["items"]

    paper = read(await sijunjung.get(f"{event}/certificates/{issued['id']}/paper"))
    checked = facts(told(await sijunjung.client.get(f"/verify/{issued['code']}"), 200))
    assert (issued["post"], issued["represents"]) == ("Wakil", "Wali Nagari")
    assert "mewakili Wali Nagari" in paper
    assert "Wali Nagari" not in [checked[name] for name in checked if name != "represents"]


async def test_an_invented_code_is_unknown(meeting: Meeting, keys: Keyring) -> None:
    unused = CodeMaker(keys).write(CodeKind.ATTENDANCE, 7)

    answers = [
        await meeting.desk.client.get(f"/verify/{code}")
        for code in (unused, "A00000-000000-000000")
    ]

    assert [told(each, 404)["code"] for each in answers] == ["unknown-code"] * 2


async def test_certificates_are_the_organisers(open_desk: OpenDesk, meeting: Meeting) -> None:
    certificate = await meeting.issue()
    neighbour = await open_desk("13.04")
    path = f"{meeting.path}/{certificate['id']}"

    assert (await neighbour.get(path)).status_code == 404
    assert (await neighbour.get(f"{path}/paper")).status_code == 404
    assert (await neighbour.post(f"{path}/revocation", {"reason": "Rekaan."})).status_code == 404
    assert (await nobody(meeting.desk.client).get(meeting.path)).status_code == 401


@pytest.mark.parametrize("state", ["revoked", "replaced"])
async def test_the_page_for_people_says_it_too(meeting: Meeting, state: str) -> None:
    certificate = await meeting.issue()
    step = {"revoked": ("revocation", {"reason": "Rekaan."}), "replaced": ("replacement", {})}
    name, body = step[state]
    path = f"{meeting.path}/{certificate['id']}/{name}"
    assert (await meeting.desk.post(path, body)).status_code in (200, 201)

    page = await meeting.desk.client.get(f"http://test/verify/{certificate['code']}")

    assert page.status_code == 200
    assert {"revoked": "Sudah dicabut", "replaced": "Sudah diganti"}[state] in page.text
