"""The tally is what anybody adds up from the leaves, and coverage follows whoever signs."""

import secrets
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.models.counts import SignatureCount
from app.declarations.models.declarations import Signature
from app.declarations.rules import counting
from app.declarations.rules.kinds import SignatureState
from app.declarations.service.counting import count_leaves
from app.ledger.models import LedgerLeaf
from app.ledger.rules.acts import Act, ActLeaf, read_act, write_act
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.rules.published import Published, PublishedLeaf
from app.ledger.service.sequencing import LogWriter
from tests.declarations.declaring import Body, Headers, opened, published, sign, signature, tally
from tests.declarations.enlisting import add, coverage

DECLARATIONS = [UUID(int=1), UUID(int=2)]
PLACES = [(1, "13.03"), (2, "73.07"), (2, "73.08")]
STATES = {
    Act.WITHDRAWN: SignatureState.WITHDRAWN,
    Act.INVALIDATED: SignatureState.INVALIDATED,
    Act.REINSTATED: SignatureState.VALID,
}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(list(Act)),
        st.sampled_from(DECLARATIONS),
        st.sampled_from(PLACES),
        st.sampled_from(["asn_pns", "tni"]),
        st.sampled_from(["signatory", "witness"]),
    ),
    max_size=60,
)


def leaf(index: int, said: tuple[Any, ...]) -> PublishedLeaf:
    act, declaration, (region_id, region), group, role = said
    of = None if act is Act.SIGNED else 0
    whole = ActLeaf(act, declaration, bytes(32), region, group, role, secrets.token_bytes(32), of)
    return PublishedLeaf(index, write_act(whole), region_id, new_id())


def added_up(leaves: list[bytes]) -> Counter[tuple[str, ...]]:
    """As a stranger does it: by the words of each line."""
    found: Counter[tuple[str, ...]] = Counter()
    for data in leaves:
        words = data.decode().split(" ")
        weight = 1 if words[1] in ("signed", "reinstated") else -1
        found[(words[2], words[4], words[5], words[6])] += weight
    return found


@given(ACTS)
def test_counting_kind_by_kind_is_counting_one_by_one(acts: list[tuple[Any, ...]]) -> None:
    leaves = [leaf(index, said) for index, said in enumerate(acts)]

    counted = counting.count_leaves((each.region_id, each.data) for each in leaves)

    told: Counter[tuple[str, ...]] = Counter()
    for cell, number in counted.items():
        told[(str(cell.declaration_id), cell.region_code, cell.group, cell.role)] += number
    assert told == added_up([each.data for each in leaves])


@settings(max_examples=20)
@given(acts=ACTS, cuts=st.lists(st.integers(0, 60), max_size=4))
def test_what_is_no_signature_counts_nothing(acts: list[tuple[Any, ...]], cuts: list[int]) -> None:
    leaves = [(1, leaf(0, said).data) for said in acts]
    odd = [(1, b"rekaan"), (1, b"netra-leaf/1 signed x"), (1, b"")]

    assert counting.count_leaves(leaves + odd) == counting.count_leaves(leaves)


async def kept(session: AsyncSession) -> Counter[tuple[str, ...]]:
    rows = await session.scalars(select(SignatureCount).execution_options(fan_out=True))
    found: Counter[tuple[str, ...]] = Counter()
    for each in rows:
        found[(str(each.declaration_id), each.region_code, each.group, each.role)] += each.number
    return found


async def test_pieces_of_the_log_come_to_the_sum_of_their_leaves(sessions: Sessions) -> None:
    """Published again they count no more, and what was missed between two is read from the log."""
    acts = [
        (Act.SIGNED, DECLARATIONS[n % 2], PLACES[n % 3], "asn_pns", "signatory") for n in range(20)
    ]
    acts += [(Act.WITHDRAWN, DECLARATIONS[0], PLACES[0], "asn_pns", "signatory")] * 2
    leaves = [leaf(index, said) for index, said in enumerate(acts)]
    async with sessions.begin() as session:
        log = LogWriter(session, LogName.DECLARATIONS)
        start = await log.hold()
        await log.append(
            start, [Leaf(each.data, each.region_id, each.subject_id) for each in leaves]
        )
    pieces = [(0, 5), (0, 5), (3, 9), (15, 22)]

    for first, end in pieces:
        some = [
            PublishedLeaf(start + each.index, each.data, each.region_id, each.subject_id)
            for each in leaves[first:end]
        ]
        async with sessions.begin() as session:
            piece = Published(LogName.DECLARATIONS, start + first, start + end, some)
            await count_leaves(session, piece)

    async with sessions.begin() as session:
        assert +await kept(session) == +added_up([each.data for each in leaves])


async def end(sessions: Sessions, signed: Body, act: Act) -> None:
    """Withdraw, invalidate or reinstate a signature: its state, and a leaf of its own."""
    async with sessions.begin() as session:
        log = LogWriter(session, LogName.DECLARATIONS)
        index, of = await log.hold(), signed["leaf_index"]
        here = Signature.id == UUID(signed["id"])
        query = select(LedgerLeaf).where(
            LedgerLeaf.index == of, LedgerLeaf.log == LogName.DECLARATIONS
        )
        first = (await session.scalars(query)).one()
        change = update(Signature).where(here, Signature.region_id == first.region_id)
        await session.execute(change.values(state=STATES[act]))
        said = read_act(first.data)
        later = ActLeaf(
            act,
            said.declaration,
            said.text,
            said.region,
            said.group,
            said.role,
            said.commitment,
            of,
        )
        await log.append(index, [Leaf(write_act(later), first.region_id, first.subject_id)])


async def test_tally_and_coverage_follow_what_becomes_of_a_signature(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions
) -> None:
    where = await opened(client, sijunjung)
    await add(client, sijunjung, where)
    signed = (await sign(client, where, signature(1))).json()
    seen = []

    for act in (None, Act.WITHDRAWN, Act.REINSTATED, Act.INVALIDATED, Act.REINSTATED):
        if act is not None:
            await end(sessions, signed, act)
        seen.append(((await tally(client, where))["signatures"], await coverage(client, where)))

    assert seen == [(1, (1, 1)), (0, (0, 1)), (1, (1, 1)), (0, (0, 1)), (1, (1, 1))]


async def test_a_signature_found_to_be_of_a_target_covers_it(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions
) -> None:
    where = await opened(client, sijunjung)
    target = (await add(client, sijunjung, where)).json()
    signed = (await sign(client, where, signature(1, name="Penanda Rekaan, S.Sos."))).json()
    await published(client)
    before = await coverage(client, where)

    path = f"/declarations/{where['id']}/signatures/{signed['id']}"
    confirmed = await client.post(
        f"{path}/confirmation", json={"stands_for": target["id"]}, headers=sijunjung
    )
    found = await coverage(client, where)
    rejected = await client.post(f"{path}/rejection", json={"reason": "Rekaan."}, headers=sijunjung)
    await published(client)

    assert (confirmed.status_code, rejected.status_code) == (200, 200), confirmed.text
    assert (before, found, await coverage(client, where)) == ((0, 1), (1, 1), (0, 1))


async def test_a_tally_names_texts_roles_and_the_tree(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    last = (await sign(client, where, signature(1))).json()
    last = (await sign(client, where, signature(2, role="witness"))).json()

    counted = await tally(client, where)

    assert list(counted["texts"].values()) == [1]
    assert counted["roles"] == {"signatory": 1, "witness": 1}
    assert counted["tree_size"] == last["leaf_index"] + 1
    assert datetime.fromisoformat(counted["as_of"]).utcoffset() == timedelta(0)
