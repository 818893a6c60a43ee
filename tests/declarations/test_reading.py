"""The tally is everybody's; names are for officers of the area, and reading them is recorded."""

from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Actor, ActorKind, Permission
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.models.declarations import Signature, Signer
from app.declarations.schemas.signatures import SignatureFilter
from app.declarations.service.signatures import SignatureService
from app.web.clock import present
from tests.declarations.declaring import Body, Headers, opened, published, sign, signature, tally

NUMBER = "198001012005011001"
EVERYWHERE = {"fan_out": True}
SIGNERS: tuple[Body, ...] = (
    {"region_code": "13.03"},
    {"region_code": "13.03.03"},
    {"region_code": "13.03.03.2001", "group": "village_head"},
    {"region_code": "73.07", "group": "polri"},
    {"region_code": "73", "role": "representative", "represents": "Para camat"},
    {"region_code": "73.07", "group": "election_organiser", "role": "witness"},
    {},
)


async def test_the_tally_counts_by_regency_and_group(
    client: AsyncClient, national: Headers
) -> None:
    where = await opened(client, national, region_code="00")
    for number, changes in enumerate(SIGNERS):
        assert (await sign(client, where, signature(number, **changes))).status_code == 201

    counted = await tally(client, where)

    assert (counted["signatures"], counted["witnesses"]) == (6, 1)
    assert counted["groups"] == {"asn_pns": 4, "polri": 1, "village_head": 1}
    assert [
        (each["region_code"], each["region_name"], each["signatures"], each["groups"])
        for each in counted["regions"]
    ] == [
        ("00", "Indonesia", 1, {"asn_pns": 1}),
        ("13.03", "Kabupaten Sijunjung", 3, {"asn_pns": 2, "village_head": 1}),
        ("73", "Sulawesi Selatan", 1, {"asn_pns": 1}),
        ("73.07", "Kabupaten Sinjai", 1, {"polri": 1}),
    ]
    assert counted["unit"] == "signature"
    assert counted["definition"]["id"]


async def test_a_tally_is_kept_until_somebody_signs(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    path = f"/declarations/{where['id']}/tally"
    known = {"If-None-Match": (await client.get(path)).headers["etag"]}

    unchanged = await client.get(path, headers=known)
    signed = await sign(client, where, signature())
    waiting = await client.get(path, headers=known)
    await published(client)
    changed = await client.get(path, headers=known)

    assert [each.status_code for each in (unchanged, waiting, changed)] == [304, 304, 200]
    assert changed.json()["tree_size"] == signed.json()["leaf_index"] + 1


async def test_officers_of_the_area_read_names_and_the_journal_says_so(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    for number in range(3):
        await sign(client, where, signature(number, employee_number=None))
    path = f"/declarations/{where['id']}/signatures"

    first = (await client.get(f"{path}?limit=2&count=exact", headers=sijunjung)).json()
    cursor = first["next_cursor"]
    second = (await client.get(f"{path}?limit=2&cursor={cursor}", headers=sijunjung)).json()

    items = [*first["items"], *second["items"]]
    assert first["total"] == 3
    assert [each["signer"]["name"] for each in items] == [
        "Penanda Rekaan 2",
        "Penanda Rekaan 1",
        "Penanda Rekaan 0",
    ]
    async with sessions.begin() as session:
        reads = await session.scalars(
            select(JournalEntry.payload).where(JournalEntry.action == "signatures.read"),
            execution_options=EVERYWHERE,
        )
        assert [each["names"] for each in reads] == [2, 1]


async def test_signatures_are_filtered(client: AsyncClient, national: Headers) -> None:
    where = await opened(client, national, region_code="00")
    await sign(client, where, signature(1, region_code="13.03"))
    await sign(client, where, signature(2, region_code="73.07", group="tni"))
    await sign(client, where, signature(3, region_code="73.07", role="witness"))
    path = f"/declarations/{where['id']}/signatures"

    async def names(query: str) -> list[str]:
        answer = await client.get(f"{path}?{query}", headers=national)
        return [each["signer"]["name"][-1] for each in answer.json()["items"]]

    assert await names("region=73") == ["3", "2"]
    assert await names("region=00") == ["3", "2", "1"]
    assert await names("group=tni") == ["2"]
    assert await names("role=witness") == ["3"]


async def test_the_public_does_not_read_names(client: AsyncClient, sijunjung: Headers) -> None:
    where = await opened(client, sijunjung)

    answer = await client.get(f"/declarations/{where['id']}/signatures")

    assert answer.status_code == 401


async def test_a_machine_sees_signatures_without_names(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    await sign(client, where, signature())
    machine = Actor(
        ActorKind.CLIENT, new_id(), frozenset({Permission.READ_DECLARATIONS}), area="13"
    )

    async with sessions.begin() as session:
        service = SignatureService(session, machine, present(), keys)
        found = await service.find(UUID(where["id"]), SignatureFilter())

    assert [each.signer for each in found.items] == [None]


async def test_nothing_of_the_person_lies_open(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    await sign(client, where, signature(employee_number=NUMBER, office="Kantor Kenari"))

    async with sessions.begin() as session:
        row = await session.execute(
            select(Signature.__table__, Signer.__table__, JournalEntry.payload).where(
                Signature.id == Signer.signature_id,
                JournalEntry.subject_id == Signature.id,
                JournalEntry.action == "signature.added",
            ),
            execution_options=EVERYWHERE,
        )
        kept = [bytes(each) if isinstance(each, bytes) else each for each in row.one()]

    assert not any(
        secret in str(kept) for secret in ("Rekaan", "Camat", "Kenari", NUMBER, NUMBER[:8])
    )
