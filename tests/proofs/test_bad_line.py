"""Fifty phones on a line that drops every third request or answer."""

import asyncio
from collections import Counter

from tests.proofs.books import assert_kept_once
from tests.proofs.line import LOSSES, bad_line
from tests.proofs.live import Live
from tests.proofs.phones import Filed, Phone

PHONES = 50
COMPLAINTS_OF_EACH = 10


async def test_fifty_phones_on_a_bad_line_file_five_hundred_complaints_exactly_once(
    live: Live,
) -> None:
    async with bad_line(live.service.url) as (url, line), live.client(url) as client:
        phones = [Phone(client) for _ in range(PHONES)]

        filed = [each for some in await asyncio.gather(*map(file_some, phones)) for each in some]

    met = sum((phone.met for phone in phones), Counter[str]())
    assert len(filed) == PHONES * COMPLAINTS_OF_EACH
    assert met["201"] + met["200"] == len(filed)
    assert met["no answer"] == line.dropped.total() >= len(filed) // 2 - 1
    assert set(line.dropped) == set(LOSSES)
    # Whoever did not hear that it was filed is told 200 the next time, and nobody else.
    assert met["200"] == len(line.unheard)
    await assert_kept_once(live, *filed)
    await assert_each_receipt_works(live, filed)


async def file_some(phone: Phone) -> list[Filed]:
    return [await phone.file() for _ in range(COMPLAINTS_OF_EACH)]


async def assert_each_receipt_works(live: Live, filed: list[Filed]) -> None:
    async with live.client() as client:
        seen = await Phone(client).follow_all(filed)
    assert [each["id"] for each in seen] == [str(each.id) for each in filed]
    assert len({each.answer["receipt_code"] for each in filed}) == len(filed)
