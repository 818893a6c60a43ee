"""How what may tell of persons is kept: sealed under the id of what it belongs to."""

import json
from typing import NamedTuple
from uuid import UUID

from app.core.crypto import Keyring
from app.rakor.schemas.followups import ProgressContent
from app.rakor.schemas.minutes import MinutesContent
from app.rakor.schemas.reports import ReportContent


class Address(NamedTuple):
    """Where an invitation is sent, and the code that is sent with it."""

    email: str
    code: str


def seal_minutes(content: MinutesContent, minutes_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(content.model_dump_json().encode(), minutes_id)


def open_minutes(sealed: bytes, minutes_id: UUID, keys: Keyring) -> MinutesContent:
    content = json.loads(keys.open(sealed, minutes_id))
    # Until they had numbers, decisions were counted by their order.
    for number, decision in enumerate(content["decisions"], start=1):
        decision.setdefault("number", number)
    content.setdefault("highest_decision", len(content["decisions"]))
    return MinutesContent.model_validate(content)


def seal_report(content: ReportContent, report_id: UUID, keys: Keyring) -> bytes:
    """What people write for the activity report."""
    return keys.seal(content.model_dump_json().encode(), report_id)


def open_report(sealed: bytes, report_id: UUID, keys: Keyring) -> ReportContent:
    return ReportContent.model_validate_json(keys.open(sealed, report_id))


def seal_progress(content: ProgressContent, report_id: UUID, keys: Keyring) -> bytes:
    """What an office reports of a follow-up."""
    return keys.seal(content.model_dump_json().encode(), report_id)


def open_progress(sealed: bytes, report_id: UUID, keys: Keyring) -> ProgressContent:
    return ProgressContent.model_validate_json(keys.open(sealed, report_id))


def seal_words(words: str, invitation_id: UUID, keys: Keyring) -> bytes:
    """The reason of who declines, or the name of a deputy."""
    return keys.seal(words.encode(), invitation_id)


def open_words(sealed: bytes, invitation_id: UUID, keys: Keyring) -> str:
    return keys.open(sealed, invitation_id).decode()


def seal_address(address: Address, invitation_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(json.dumps(address).encode(), invitation_id)


def open_address(sealed: bytes, invitation_id: UUID, keys: Keyring) -> Address:
    return Address(*json.loads(keys.open(sealed, invitation_id)))


def seal_walk_in(name: str, check_in_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(name.encode(), check_in_id)


def open_walk_in(sealed: bytes, check_in_id: UUID, keys: Keyring) -> str:
    return keys.open(sealed, check_in_id).decode()
