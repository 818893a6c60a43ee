"""The whole case on paper and as a bundle, for the hand-over."""

import io
import json
import zipfile
from typing import Any

import pytest
from httpx import Response
from pypdf import PdfReader

from app.core.ids import new_id
from app.referrals.files.checking import examine
from tests.cases import handling, reviewing
from tests.referrals.forwarding import Cast, answered, decided, decree, forwarded

REPORTER = "Pelapor Rekaan"


async def followed_up(cast: Cast) -> dict[str, Any]:
    """A case that went the whole way."""
    case = await decided(cast)
    to = {"authority": "staffing-authority", "office_id": cast.agency}
    referral = await forwarded(cast, case, **to)
    await answered(cast, referral, "acknowledgement", cast.ppk)
    sanction = {"kind": "demotion", "months": 12}
    await answered(cast, referral, "decision", cast.ppk, **decree(case, [sanction]))
    return case


async def fetched(cast: Cast, case: dict[str, Any], what: str, who: str = "desk") -> Response:
    headers = dict(getattr(cast, who))
    return await cast.client.get(f"/cases/{case['id']}/{what}", headers=headers)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def members_of(bundle: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {
            name: json.loads(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".json")
        }


async def test_the_bundle_is_whole_and_its_paper_prints_its_digest(cast: Cast) -> None:
    case = await followed_up(cast)

    bundle = await fetched(cast, case, "bundle")
    paper = await fetched(cast, case, "file", "member")

    assert (bundle.status_code, bundle.headers["content-type"]) == (200, "application/zip")
    assert paper.headers["content-type"] == "application/pdf"
    assert "no-store" in bundle.headers["cache-control"]
    found = examine(bundle.content)
    assert found.faults == ()
    said = text_of(paper.content)
    assert found.data_sha256 in said.replace("\n", "")
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        assert archive.read("file.pdf") == paper.content


async def test_the_same_case_gives_the_same_bytes(cast: Cast) -> None:
    case = await followed_up(cast)

    first = await fetched(cast, case, "bundle")
    path, words = f"/receipt/messages/{new_id()}", {"text": "Rekaan: terima kasih."}
    told = await cast.client.put(path, json=words, headers=case["receipt"])
    second = await fetched(cast, case, "bundle")

    assert told.status_code == 201, told.text
    assert first.content == second.content


async def test_it_holds_the_case_from_the_report_to_the_sanction(cast: Cast) -> None:
    case = await followed_up(cast)

    members = members_of((await fetched(cast, case, "bundle")).content)
    said = text_of((await fetched(cast, case, "file")).content)

    assert members["case.json"]["persons"][0]["name"] == "Terlapor Rekaan"
    assert members["decisions.json"]["decisions"][0]["dissenting"] == 1
    assert members["custody.json"]["custody"][0]["until"] is None
    [referral] = members["referrals.json"]["referrals"]
    assert referral["referral"]["standings"][0]["rulings"][0]["sanction_code"] == "demotion"
    deeds = [each["action"] for each in members["chronology.json"]["chronology"]]
    assert deeds[0] == "case.open"
    assert deeds[-1] == "case.record_follow_up"
    for words in (case["number"], "Terlapor Rekaan", "Anggota Rekaan Tiga", "demotion"):
        assert words in said


async def test_who_reported_is_not_in_it(cast: Cast) -> None:
    case = await followed_up(cast)

    bundle = (await fetched(cast, case, "bundle")).content

    assert REPORTER.encode() not in bundle
    assert REPORTER not in text_of((await fetched(cast, case, "file")).content)


async def test_words_of_the_file_are_never_source(cast: Cast) -> None:
    case = await decided(cast, event={"what": '#panic("rekaan") $x$ *a* @b'})

    paper = await fetched(cast, case, "file")

    assert '#panic("rekaan")' in text_of(paper.content)


async def test_taking_it_out_is_in_the_journal_with_its_digest(cast: Cast) -> None:
    case = await decided(cast)
    bundle = await fetched(cast, case, "bundle")

    history = await handling.read(cast.client, case, cast.desk, "/history")

    [entry] = [each for each in history["items"] if each["action"] == "case.exported"]
    assert entry["payload"]["data_sha256"] == examine(bundle.content).data_sha256


@pytest.mark.parametrize("what", ["file", "bundle"])
async def test_only_the_holder_takes_it_out(cast: Cast, what: str) -> None:
    case = await decided(cast)
    superior = await handling.handler(cast.sessions, cast.keys, "bawaslu-73")
    sibling = await handling.handler(cast.sessions, cast.keys, "bawaslu-13")
    path = f"/cases/{case['id']}/{what}"

    above = await cast.client.get(path, headers=superior)
    beside = await cast.client.get(path, headers=sibling)
    agency = await cast.client.get(path, headers=dict(cast.bkn))

    assert (above.status_code, beside.status_code, agency.status_code) == (403, 404, 403)


async def test_a_case_that_has_only_begun_has_a_file_too(cast: Cast) -> None:
    case = await handling.opened(cast.client, cast.desk)

    paper = await fetched(cast, case, "file")

    assert paper.status_code == 200
    assert "Belum bernomor" in text_of(paper.content)


async def test_the_file_of_a_finding_holds_the_plenary_that_adopted_it(cast: Cast) -> None:
    await reviewing.give_own_code(cast.sessions)
    case = await reviewing.entered_finding(cast.client, cast.desk)
    number = {"election_type": "PB", "plenary": reviewing.PLENARY}
    await handling.stepped(cast.client, case, "registration", cast.member, number)

    paper = await fetched(cast, case, "file")
    read = await handling.read(cast.client, case, cast.desk, "/plenaries")

    assert "Penetapan temuan" in text_of(paper.content)
    assert [each["name"] for each in read["items"][0]["present"]] == [
        each["name"] for each in reviewing.PLENARY["present"]
    ]
