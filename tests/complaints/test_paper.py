"""The receipt on paper: readable, whole, and silent about what could betray its bearer."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
import zxingcpp
from hatchling.builders.wheel import WheelBuilder
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from app.complaints.files.paper import TEMPLATE, print_paper
from app.complaints.rules.labels import KINDS, STATUSES
from app.complaints.rules.paper import DISCREET_TITLE, TITLE, Facts, paper_of
from app.complaints.rules.procedure import Kind, Status
from app.complaints.rules.prospects import NEXT_STEPS
from app.core import days
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.texts import Text
from tests.complaints.filing import file, receipt
from tests.people import officer

CODE: Final = "0123-4567-89AB-CDEF-~"
TELLING: Final = (
    "bawaslu",
    "aduan",
    "lapor",
    "pengawas",
    "asn",
    "tanda terima",
    "report",
    "receipt",
)


def facts(office: str = "Bawaslu Kabupaten Jeneponto", status: Status = Status.SUBMITTED) -> Facts:
    return Facts(
        office=office,
        kind=Kind.REPORT,
        status=status,
        submitted_at=datetime(2024, 11, 9, 3, tzinfo=UTC),
        officially_received_at=datetime(2024, 11, 11, 0, tzinfo=UTC),
        next_due_on=date(2024, 11, 13),
        zone="Asia/Makassar",
    )


def pages(pdf: bytes) -> list[str]:
    """The words of each page, as a screen reader meets them."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


async def printed(client: AsyncClient, code: dict[str, str], **asked: str) -> bytes:
    answer = await client.get("/receipt/paper", headers=code, params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


async def test_the_paper_says_what_was_promised(client: AsyncClient) -> None:
    filed = await file(client)

    [page] = pages(await printed(client, receipt(filed)))

    due = days.day(date.fromisoformat(filed["next_due_on"]))
    assert page.startswith("Tanda terima Receipt")
    assert "Bawaslu Kabupaten Jeneponto" in page
    assert filed["next_step"]["id"] in page
    assert filed["next_step"]["en"] in page
    assert due.id in page
    assert "WITA" in page
    assert squeezed(filed["receipt_code"]) in squeezed(page)


@pytest.mark.parametrize("status", Status)
def test_every_status_fits_on_one_sheet_with_what_comes_next(status: Status) -> None:
    sheet = paper_of(facts(status=status), "0123-4567-89AB-CDEF-Z", discreet=False)

    [page] = pages(print_paper(sheet, "pdf"))

    assert STATUSES[status].id in page
    assert squeezed(NEXT_STEPS[status].id) in squeezed(page)


async def test_the_picture_holds_just_the_code_and_the_code_opens_the_receipt(
    client: AsyncClient,
) -> None:
    filed = await file(client)
    sheet = paper_of(facts(), filed["receipt_code"], discreet=False)

    picture = Image.open(BytesIO(print_paper(sheet, "png")))
    [found] = zxingcpp.read_barcodes(picture)

    followed = await client.get("/receipt", headers={"Authorization": f"Receipt {found.text}"})
    assert found.text == filed["receipt_code"]
    assert followed.json()["id"] == filed["id"]


@pytest.mark.parametrize("check", "09AZ*~$=U")
def test_every_check_symbol_can_be_read_from_the_picture(check: str) -> None:
    code = f"{CODE[:-1]}{check}"

    picture = Image.open(BytesIO(print_paper(paper_of(facts(), code, discreet=True), "png")))

    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [code]


async def test_the_code_may_be_typed_as_people_type(client: AsyncClient) -> None:
    filed = await file(client)
    typed = {"Authorization": f"receipt {filed['receipt_code'].lower().replace('-', ' ')}"}

    assert await printed(client, typed) == await printed(client, receipt(filed))


async def test_a_discreet_paper_betrays_nothing(client: AsyncClient) -> None:
    filed = await file(client)

    pdf = await printed(client, receipt(filed), discreet="true")

    [page] = pages(pdf)
    said = f"{page} {PdfReader(BytesIO(pdf)).metadata}".lower()
    assert not [word for word in TELLING if word in said]
    assert squeezed(filed["receipt_code"]) in squeezed(page)
    assert days.day(date.fromisoformat(filed["next_due_on"])).id in page


@pytest.mark.parametrize("discreet", ["false", "true"])
async def test_the_paper_names_no_person_and_no_deed(client: AsyncClient, discreet: str) -> None:
    filed = await file(client, witnesses=[{"name": "Saksi Rekaan"}])

    answer = await client.get(
        "/receipt/paper", headers=receipt(filed), params={"discreet": discreet}
    )

    [page] = pages(answer.content)
    assert "Rekaan" not in page
    assert "rekaan" not in page
    assert filed["id"] not in page
    assert answer.headers["content-disposition"] == 'attachment; filename="catatan.pdf"'


async def test_the_paper_follows_the_status(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    await client.post(f"/complaints/{filed['id']}/review", headers=desk)

    [page] = pages(await printed(client, receipt(filed)))

    assert STATUSES[Status.INITIAL_REVIEW].id in page


async def test_printing_twice_gives_the_same_bytes(client: AsyncClient) -> None:
    filed = await file(client)

    first = await printed(client, receipt(filed))
    second = await printed(client, receipt(filed))

    assert first == second


def test_nothing_tells_when_or_where_it_was_printed() -> None:
    pdf = PdfReader(BytesIO(print_paper(paper_of(facts(), CODE, discreet=False))))

    assert pdf.metadata is not None
    assert pdf.metadata.keys() == {"/Title", "/Creator"}
    assert str(pdf.metadata["/Creator"]).startswith("Typst")
    assert pdf.xmp_metadata is not None
    assert pdf.xmp_metadata.xmp_create_date is None
    assert pdf.xmp_metadata.xmp_modify_date is None


async def test_a_wrong_code_gets_no_paper(client: AsyncClient) -> None:
    wrong = {"Authorization": "Receipt 0000-0000-0000-0000-0"}

    assert (await client.get("/receipt/paper", headers=wrong)).status_code == 401


@pytest.mark.parametrize(
    "name",
    [
        '#read("receipt_paper.typ")',
        "#panic()",
        "#sys.inputs.paper",
        "*tebal* _miring_ `kode` $x^2$ @rujukan <label>",
        "= Judul",
        'Kantor "Contoh" \\ #(1 + 1) // bukan komentar /* */',
        "\\u{23}{{}} ${jndi:x} %s {0}",
    ],
)
def test_a_name_is_never_a_command(name: str) -> None:
    [page] = pages(print_paper(paper_of(facts(office=name), CODE, discreet=False)))

    assert squeezed(name) in squeezed(page)


@given(name=st.text(max_size=200), status=st.sampled_from(Status))
@settings(max_examples=150, deadline=None)
def test_whatever_an_office_is_called_it_is_one_sheet_with_its_code(
    name: str, status: Status
) -> None:
    said = pages(print_paper(paper_of(facts(name, status), CODE, discreet=False)))

    assert len(said) == 1
    assert squeezed(CODE) in squeezed(said[0])


def test_the_template_is_in_the_wheel(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent

    [wheel] = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])

    with ZipFile(wheel) as contents:
        assert f"app/complaints/data/{TEMPLATE.name}" in contents.namelist()


def test_moments_are_those_of_the_office() -> None:
    new_year = datetime(2024, 12, 31, 16, 5, tzinfo=UTC)

    assert [days.moment(new_year, zone).id for zone in ("Asia/Jakarta", "Asia/Jayapura")] == [
        "31 Desember 2024 pukul 23.05 WIB",
        "1 Januari 2025 pukul 01.05 WIT",
    ]
    assert days.moment(new_year, "Asia/Makassar").en == "1 January 2025, 00:05 WITA"


def test_every_month_has_its_name() -> None:
    named = [days.day(date(2025, month, 1)) for month in range(1, 13)]

    assert (named[4], named[7]) == (
        Text("1 Mei 2025", "1 May 2025"),
        Text("1 Agustus 2025", "1 August 2025"),
    )
    assert len({*named}) == 12


def test_a_discreet_sheet_has_neither_office_nor_kind_nor_status() -> None:
    sheet = paper_of(facts(), CODE, discreet=True)
    whole = paper_of(facts(), CODE, discreet=False)

    said = {line.said for line in sheet.lines}
    assert (sheet.title, whole.title) == (DISCREET_TITLE, TITLE)
    assert not said & {KINDS[Kind.REPORT], STATUSES[Status.SUBMITTED]}
    assert said < {line.said for line in whole.lines}
