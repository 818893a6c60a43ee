"""Ten thousand wrong receipts, each from an address of its own: clear answers, and flat memory."""

import asyncio
import json
import secrets
from collections import Counter
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from httpx import AsyncClient

from app.receipts.rules import write_code
from tests.complaints.filing import file, receipt
from tests.proofs.live import Live

GUESSERS: Final = 200
GUESSES: Final = 50
MOST_MEBIBYTES: Final = 32
LENGTH: Final = b"content-length: "


def resident(pid: int) -> int:
    """Resident memory of a process, in KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def wrong(guesser: int, number: int) -> bytes:
    """A code of the right shape, which nobody was given, from an address not seen before."""
    said = (
        "GET /api/v1/receipt HTTP/1.1",
        "Host: test",
        f"X-Forwarded-For: 198.18.{guesser}.{number}",
        f"Authorization: Receipt {write_code(secrets.token_bytes(10))}",
    )
    return "\r\n".join((*said, "", "")).encode()


async def guess(url: str, guesser: int, guesses: int) -> list[str]:
    """Guess one code after the other on one connection; return what was said to each."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    answers = []
    for number in range(guesses):
        writer.write(wrong(guesser, number))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(LENGTH)[2].split(b"\r\n")[0])
        problem = json.loads(await reader.readexactly(length))
        answers.append(f"{head[9:12].decode()} {problem['code']}")
    writer.close()
    await writer.wait_closed()
    return answers


async def test_ten_thousand_wrong_receipts_are_refused_and_leave_nothing(
    live: Live, phone: AsyncClient
) -> None:
    filed, url = await file(phone), live.service.url
    web = live.service.child("app.cli.web")
    await asyncio.gather(*(guess(url, each, 5) for each in range(GUESSERS)))
    before = resident(web)

    answers = await asyncio.gather(*(guess(url, each, GUESSES) for each in range(GUESSERS)))

    refusals = Counter(said for each in answers for said in each)
    assert sum(refusals.values()) == GUESSERS * GUESSES
    assert refusals.keys() == {"401 unauthenticated"}
    assert resident(web) - before < MOST_MEBIBYTES * 1_024
    right = await phone.get("/receipt", headers=receipt(filed))
    assert right.json()["id"] == filed["id"]
