"""The page of an open link: read and signed without a script, refused with nothing lost."""

import re
from html import unescape
from io import BytesIO

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from pypdf import PdfReader

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.limits import Limits
from tests.declarations.declaring import Body, Headers, opened, plan, sign, signature, take
from tests.declarations.recounting import leaves, valid
from tests.people import officer

TYPED = {
    "name": "Penanda Rekaan 1",
    "position": "Camat",
    "office": "Kecamatan Rekaan",
    "group": "asn_pns",
    "employee_number": "",
}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TICKET = re.compile(r'href="/sign#([\w-]+)"')


@pytest.fixture
def browser(app: FastAPI) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://test")


def marks(page: Response) -> dict[str, str]:
    return dict(HIDDEN.findall(page.text))


async def read(browser: AsyncClient, where: Body) -> Response:
    return await browser.get(f"/sign/{where['id']}")


async def post(browser: AsyncClient, where: Body, form: dict[str, str]) -> Response:
    return await browser.post(f"/sign/{where['id']}", data=form)


async def filled(browser: AsyncClient, where: Body, **changes: str) -> dict[str, str]:
    return TYPED | marks(await read(browser, where)) | changes


def field(page: Response, name: str) -> str:
    found = re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', page.text)
    assert found
    return unescape(found[1])


async def test_the_page_shows_all_that_is_signed_and_what_becomes_public(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung, title="Ikrar <b>Rekaan</b>")

    page = await read(browser, where)

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    for told in (
        "Ikrar &lt;b&gt;Rekaan&lt;/b&gt;",
        "Bawaslu Kabupaten Sijunjung",
        "Gedung Rekaan, Sijunjung",
        "30 September 2024",
        "Sekretaris Daerah",
        "Menjaga netralitas di setiap nagari.",
        "menunggu pemeriksaan penyelenggara",
        "segel acak yang tidak memuat nama",
    ):
        assert told in page.text
    assert set(marks(page)) == {"id", "secret"}
    assert marks(page) != marks(await read(browser, where))


async def test_the_page_keeps_to_its_policy_and_speaks_two_languages(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    page = await read(browser, await opened(client, sijunjung))

    assert "unsafe" not in page.headers["content-security-policy"]
    assert "form-action 'self'" in page.headers["content-security-policy"]
    inline = re.findall(r"<(?:script|style)[^>]*>", page.text)
    assert len(inline) == page.headers["content-security-policy"].count("'sha256-")
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", page.text)
    assert page.text.count('<span lang="id">') == page.text.count('<span lang="en">') > 3
    assert "{{" not in page.text
    assert len(page.content) < 60_000


async def test_a_form_signs_and_waits_for_the_organiser(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)

    page = await post(browser, where, await filled(browser, where))

    assert page.status_code == 201
    assert "Menunggu pemeriksaan penyelenggara" in page.text
    written = TICKET.search(page.text)
    assert written
    own = await client.post("/signatures/lookup", json={"ticket": written[1]})
    assert own.json()["person"]["name"] == TYPED["name"]
    assert own.json()["signature"]["check"] == "waiting"
    code = re.search(r'href="/verify/([^"]+)"', page.text)
    assert code
    assert (await client.get(f"/verify/{code[1]}")).json()["state"] == "waiting"


async def test_the_same_form_signs_once_and_gives_the_ticket_again(
    browser: AsyncClient, client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    form = await filled(browser, where)

    first, again = await post(browser, where, form), await post(browser, where, form)

    assert (first.status_code, again.status_code) == (201, 200)
    assert TICKET.findall(first.text) == TICKET.findall(again.text) != []
    assert await valid(sessions, where) == 1


async def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    browser: AsyncClient, client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    form = await filled(browser, where, position=" ", group="raja", employee_number="12")

    page = await post(browser, where, form | {"name": '"><script>alert(1)</script>'})

    assert page.status_code == 422
    for name in ("position", "group", "employee_number"):
        assert f'id="{name}-wrong"' in page.text
    assert 'id="name-wrong"' not in page.text
    assert "Wajib diisi." in page.text
    assert "This is required." in page.text
    assert field(page, "name") == '"><script>alert(1)</script>'
    assert field(page, "office") == TYPED["office"]
    assert field(page, "employee_number") == "12"
    assert "<script>alert" not in page.text
    assert marks(page) == marks_of(form)
    assert await valid(sessions, where) == 0


def marks_of(form: dict[str, str]) -> dict[str, str]:
    return {name: form[name] for name in ("id", "secret")}


async def test_a_form_without_its_marks_gets_new_ones(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)

    page = await post(browser, where, TYPED | {"id": "rekaan"})

    assert page.status_code == 422
    assert (await post(browser, where, TYPED | marks(page))).status_code == 201


async def test_who_has_signed_is_told_and_keeps_what_was_typed(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    assert (await sign(client, where, signature(1))).status_code == 201

    page = await post(browser, where, await filled(browser, where))

    assert page.status_code == 409
    assert "sudah menandatangani" in page.text
    assert "has signed this declaration already" in page.text
    assert field(page, "name") == TYPED["name"]


async def test_the_next_person_on_the_same_phone_signs_under_marks_of_their_own(
    browser: AsyncClient, client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    form = await filled(browser, where)
    await post(browser, where, form)

    page = await post(browser, where, form | {"name": "Penanda Rekaan 2"})
    second = await post(browser, where, form | {"name": "Penanda Rekaan 2"} | marks(page))

    assert (page.status_code, second.status_code) == (409, 201)
    assert await valid(sessions, where) == 2


async def test_what_is_not_open_yet_or_no_longer_is_shown_without_a_form(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    planned = await plan(client, sijunjung)
    closed = await opened(client, sijunjung)
    form = await filled(browser, closed)
    await take(client, sijunjung, closed, "closing")
    by_ticket = await opened(client, sijunjung, open_link=False)

    for where, said in (
        (planned, "Belum dibuka"),
        (closed, "Sudah ditutup"),
        (by_ticket, "Hanya dengan tautan pribadi"),
    ):
        page, refused = await read(browser, where), await post(browser, where, form)

        assert (page.status_code, refused.status_code) == (200, 409)
        assert said in page.text
        assert said in refused.text
        assert "<form" not in page.text
        assert ("<form" in refused.text) is (where is planned)


async def test_a_form_sent_before_the_closing_is_answered_after_it(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    form = await filled(browser, where)
    first = await post(browser, where, form)
    await take(client, sijunjung, where, "closing")

    again = await post(browser, where, form)

    assert again.status_code == 200
    assert TICKET.findall(first.text) == TICKET.findall(again.text)


async def test_what_does_not_exist_is_a_page_too(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    cancelled = await opened(client, sijunjung)
    await take(client, sijunjung, cancelled, "cancellation")

    for id in ("rekaan", "01932b5e-7c00-7000-8000-00000000dead", cancelled["id"]):
        page = await browser.get(f"/sign/{id}")

        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        assert "Data yang diminta tidak ditemukan." in page.text


async def test_who_is_over_the_share_loses_nothing(
    app: FastAPI, browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    form = await filled(browser, where, region_code="13.04")
    app.state.limits = Limits(anonymous=1, credential=1)
    await read(browser, where)

    page = await post(browser, where, form)

    assert page.status_code == 429
    assert int(page.headers["retry-after"]) > 0
    assert field(page, "name") == TYPED["name"]
    assert '<option value="13.04" selected>' in page.text
    assert marks(page) == marks_of(form)
    app.state.limits = Limits(anonymous=100, credential=100)
    assert (await post(browser, where, TYPED | marks(page))).status_code == 201


async def test_another_kind_of_body_is_refused_on_the_page(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)

    page = await browser.post(f"/sign/{where['id']}", json=TYPED)

    assert page.status_code == 415
    assert page.headers["content-type"].startswith("text/html")


async def test_neither_a_name_nor_a_ticket_stands_in_an_address(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)

    page = await post(browser, where, await filled(browser, where))

    assert "location" not in page.headers
    assert 'method="post"' in (await read(browser, where)).text
    hrefs = re.findall(r'href="([^"]*)"', page.text)
    assert all("Penanda" not in each for each in hrefs)
    assert all("?" not in each or each.startswith("?lang=") for each in hrefs)


async def test_a_declaration_wider_than_a_regency_asks_where_the_office_is(
    browser: AsyncClient, client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    province = await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-13")
    where = await opened(client, province, region_code="13")
    form = await filled(browser, where)

    page = await read(browser, where)
    broken = await post(browser, where, form | {"region_code": "13.04", "name": ""})
    unknown = await post(browser, where, form | {"region_code": "13.99"})
    signed = await post(browser, where, form | {"region_code": "13.04"})

    assert page.text.count('<option value="13.') == 19
    assert '<option value="13.04" selected>' in broken.text
    assert 'id="region_code-wrong"' in unknown.text
    assert (broken.status_code, unknown.status_code, signed.status_code) == (422, 422, 201)
    [leaf] = await leaves(sessions, where)
    assert leaf.region == "13.04"


async def test_a_declaration_of_the_nation_offers_every_regency_in_a_small_page(
    browser: AsyncClient, client: AsyncClient, national: Headers
) -> None:
    page = await read(browser, await opened(client, national, region_code="00"))

    assert page.text.count('<option value="') > 514
    assert len(page.content) < 60_000


async def test_the_organiser_gets_the_address_and_a_poster(
    browser: AsyncClient, client: AsyncClient, sijunjung: Headers, sinjai: Headers
) -> None:
    where = await opened(client, sijunjung)
    path = f"/declarations/{where['id']}/links/open"

    link = await client.get(path, headers=sijunjung)
    poster = await client.get(f"{path}/paper", headers=sijunjung)
    elsewhere = await client.get(path, headers=sinjai)

    assert link.json()["address"] == f"http://test/sign/{where['id']}"
    assert link.json()["qr"].startswith("<svg")
    assert (await browser.get(link.json()["address"])).status_code == 200
    assert poster.headers["content-type"] == "application/pdf"
    [page] = PdfReader(BytesIO(poster.content)).pages
    assert f"http://test/sign/{where['id']}" in page.extract_text()
    assert "Pindai untuk membaca dan menandatangani" in page.extract_text()
    assert elsewhere.status_code == 404


async def test_without_an_open_link_there_is_no_address(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung, open_link=False)

    for path in ("open", "open/paper"):
        answer = await client.get(f"/declarations/{where['id']}/links/{path}", headers=sijunjung)

        assert (answer.status_code, answer.json()["code"]) == (409, "open-link-closed")
