"""Who has a seat in the hall, and who needs none."""

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text
from app.rakor.rules.attendance import COMES, Answer
from app.rakor.rules.events import Mode


class SeatsHeld(Conflict):
    """Who has a seat has a ticket and perhaps a journey; who gives it up does so by an answer."""

    code = "seats-held"
    text = Text(
        "Lebih banyak undangan sudah mendapat tempat; tarik undangan dahulu.",
        "More of the invited have a seat already; withdraw invitations first.",
    )


def check_online(answer: Answer, mode: Mode, *, online: bool) -> None:
    """Who comes to an event that is held both ways says by which; elsewhere there is one."""
    if online and (answer not in COMES or mode is not Mode.BOTH):
        raise Invalid(
            Fault(
                "/online",
                "does-not-fit-answer",
                Text(
                    "Hadir daring hanya pada kegiatan tatap muka dan daring.",
                    "To join by network goes with an event on site and online.",
                ),
            )
        )


def check_seats(capacity: int | None, before: int | None, accepted: int) -> None:
    """A smaller hall still has room for all who hold a seat."""
    held = accepted if before is None else min(accepted, before)
    if capacity is not None and capacity < held:
        raise SeatsHeld
