"""The e-mail that reminds an addressed office of a circular."""

from datetime import date
from typing import Final, NamedTuple

from app.circulars.models import Circular, CircularAddressee
from app.clocks.rules.reminding import ReminderKind
from app.core.days import day
from app.core.texts import Language, Text

_LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
_SUBJECT: Final = Text(
    "Pengingat edaran nomor {number}", "Reminder of the circular of number {number}"
)
_WHEN: Final = {
    ReminderKind.BEFORE: Text("jatuh tempo {day}", "is due on {day}"),
    ReminderKind.AT: Text("jatuh tempo {day}, yang baru lewat", "was due on {day}, just over"),
    ReminderKind.AFTER: Text("sudah lewat tenggat {day}", "is overdue since {day}"),
}
_LETTER: Final = Text(
    "Yth. {post}, {office}\n\n"
    "Edaran {number} dari {issuer} perihal {subject}: yang belum dinyatakan atau dilaporkan"
    " {when}.\n",
    "To {post}, {office}\n\n"
    "Circular {number} of {issuer} about {subject}: what is not acknowledged or reported yet"
    " {when}.\n",
)
_LINK: Final = Text("\nJawablah di {link}\n", "\nAnswer at {link}\n")
_END: Final = Text(
    "\nSurat ini dikirim otomatis dan tidak perlu dibalas.\n",
    "\nThis was sent automatically and needs no answer.\n",
)


class Words(NamedTuple):
    """What is written, in Indonesian with English below it."""

    subject: str
    text: str


def remind(
    circular: Circular,
    addressee: CircularAddressee,
    when: tuple[ReminderKind, date],
    link: str | None,
) -> Words:
    """Say to whom it was addressed, what it is about, and until when; no person is named."""
    kind, due_on = when
    shown = day(due_on)
    said = {
        "post": addressee.post,
        "office": addressee.office_name,
        "number": circular.number,
        "issuer": circular.issuer,
        "subject": circular.subject,
    }
    parts = []
    for language in _LANGUAGES:
        until = _WHEN[kind].to(language).format(day=shown.to(language))
        body = _LETTER.to(language).format(**said, when=until)
        answer = _LINK.to(language).format(link=link) if link else ""
        parts.append(body + answer + _END.to(language))
    return Words(_SUBJECT.id.format(number=circular.number), "\n".join(parts))
