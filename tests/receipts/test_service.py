"""A receipt opens one thing, and comes back to whoever asks for it in the same words."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.actors import ActorKind, Permission
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions
from app.core.errors import ConflictingBody, WrongCredential
from app.core.ids import new_id
from app.core.keys import add_key, open_keyring
from app.receipts.models import Receipt
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService, receipt_holder
from app.web.clock import present
from tests.conftest import MASTER_KEY

SECRET = bytes(range(16))
BODY = b'{"account":"rekaan"}'
ANSWER = {"kind": "report"}


@dataclass
class Thing:
    id: UUID
    region_id: int = 450
    region_code: str = "73.04.01"


async def issue(sessions: Sessions, keys: Keyring, thing: Thing, secret: bytes = SECRET) -> str:
    async with sessions.begin() as session:
        receipts = ReceiptService(session, keys, present())
        written = receipts.write(ReceiptKind.COMPLAINT, thing, secret, BODY, ANSWER)
        session.add(written.receipt)
        return written.code


async def replay(
    sessions: Sessions, keys: Keyring, thing: Thing, secret: bytes = SECRET, body: bytes = BODY
) -> tuple[str, dict[str, str]]:
    async with sessions.begin() as session:
        receipts = ReceiptService(session, keys, present())
        return await receipts.replay(ReceiptKind.COMPLAINT, thing.id, secret, body)


async def rotated(sessions: Sessions) -> Keyring:
    master = MasterKey.from_base64(MASTER_KEY)
    key = master.make(KeyPurpose.RECEIPT, generation=2)
    async with sessions.begin() as session:
        await add_key(session, key)
    return await open_keyring(sessions, master)


async def test_a_receipt_opens_one_thing_and_nothing_else(
    sessions: Sessions, keys: Keyring
) -> None:
    thing = Thing(new_id())
    code = await issue(sessions, keys, thing)

    async with sessions.begin() as session:
        holder = await receipt_holder(session, code.lower().replace("-", " "))

    assert holder.kind is ActorKind.RECEIPT
    assert holder.subject_id == thing.id
    assert holder.permissions == {Permission.FOLLOW_COMPLAINT, Permission.UPLOAD_EVIDENCE}
    assert holder.area is None
    assert holder.office_id is None


@pytest.mark.parametrize("written", ["0000-0000-0000-0000-0", "0000-0000-0000-0000-1", "", "\0"])
async def test_an_unknown_code_and_no_code_at_all_are_refused_alike(
    sessions: Sessions, written: str
) -> None:
    async with sessions.begin() as session:
        with pytest.raises(WrongCredential):
            await receipt_holder(session, written)


async def test_the_same_phone_gets_the_same_receipt_again(
    sessions: Sessions, keys: Keyring
) -> None:
    thing = Thing(new_id())
    code = await issue(sessions, keys, thing)

    assert await replay(sessions, keys, thing) == (code, ANSWER)


async def test_a_receipt_comes_back_after_the_key_was_rotated(
    sessions: Sessions, keys: Keyring
) -> None:
    thing = Thing(new_id())
    code = await issue(sessions, keys, thing)

    fresh = await rotated(sessions)

    assert fresh.receipt_key() != keys.receipt_key()
    assert await replay(sessions, fresh, thing) == (code, ANSWER)


@pytest.mark.parametrize(("secret", "body"), [(bytes(16), BODY), (SECRET, b"{}")])
async def test_whoever_knows_only_half_gets_nothing(
    sessions: Sessions, keys: Keyring, secret: bytes, body: bytes
) -> None:
    thing = Thing(new_id())
    await issue(sessions, keys, thing)

    with pytest.raises(ConflictingBody):
        await replay(sessions, keys, thing, secret, body)


async def test_two_things_with_one_secret_have_two_codes(sessions: Sessions, keys: Keyring) -> None:
    assert await issue(sessions, keys, Thing(new_id())) != await issue(
        sessions, keys, Thing(new_id())
    )


async def senders(sessions: Sessions, keys: Keyring, *things: Thing) -> int:
    async with sessions.begin() as session:
        receipts = ReceiptService(session, keys, present())
        return await receipts.count_senders(ReceiptKind.COMPLAINT, [each.id for each in things])


async def test_one_secret_is_one_sender_also_after_the_key_was_rotated(
    sessions: Sessions, keys: Keyring
) -> None:
    before, after, other = Thing(new_id()), Thing(new_id()), Thing(new_id())
    await issue(sessions, keys, before)
    fresh = await rotated(sessions)
    await issue(sessions, fresh, after)
    await issue(sessions, fresh, other, bytes(16))

    assert await senders(sessions, fresh, before, after) == 1
    assert await senders(sessions, fresh, before, after, other) == 2


async def test_a_receipt_from_before_counts_for_itself(sessions: Sessions, keys: Keyring) -> None:
    things = [Thing(new_id()) for _ in range(3)]
    for thing in things:
        await issue(sessions, keys, thing)
    async with sessions.begin() as session:
        old = update(Receipt).where(Receipt.subject_id.in_([each.id for each in things[:2]]))
        await session.execute(old.values(sender_mac=None))

    assert await senders(sessions, keys, *things) == 3


async def test_neither_code_nor_secret_nor_body_is_kept(sessions: Sessions, keys: Keyring) -> None:
    thing = Thing(new_id())
    code = await issue(sessions, keys, thing)

    async with sessions.begin() as session:
        kept = await session.scalar(select(Receipt).where(Receipt.subject_id == thing.id))

    assert kept is not None
    everything = repr(vars(kept)).encode()
    assert code.encode() not in everything
    assert SECRET not in (kept.code_hash, kept.body_mac, kept.sender_mac)
    assert b"rekaan" not in everything


async def test_a_receipt_costs_one_statement(
    sessions: Sessions, keys: Keyring, connection: AsyncConnection
) -> None:
    said: list[str] = []
    engine = connection.engine.sync_engine
    listener = ("before_cursor_execute", lambda *what: said.append(what[2]))
    event.listen(engine, *listener)

    await issue(sessions, keys, Thing(new_id()))

    event.remove(engine, *listener)
    assert [each.split()[0] for each in said if "SAVEPOINT" not in each] == ["INSERT"]
