"""What every outbox of the house has in common: letters are taken, sent and settled one by one."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from uuid import UUID

from app.correspondence.rules.notices import Outcome


@dataclass(frozen=True)
class InHand:
    """A letter that was taken out to be sent, under the id by which it is settled."""

    id: UUID
    letter: EmailMessage


class Outbox(Protocol):
    """Letters that wait in the database; opened anew for each step, on a transaction of its own."""

    async def take(self) -> InHand | None:
        """Take the next that may go out, for as long as its lease lasts."""

    async def settle(self, letter_id: UUID, outcome: Outcome) -> None:
        """Write down what became of it."""
