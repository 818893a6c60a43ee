"""What stands in the letters to invited offices, in Indonesian and below it in English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.core.days import day
from app.core.texts import Language, Text
from app.rakor.models.events import Event, EventSession
from app.rakor.models.invitations import Invitation
from app.rakor.rules.attendance import InvitationSeat, is_over
from app.rakor.rules.labels import LABELS
from app.rakor.rules.mails import ENDS, MAIL_KINDS, MailKind, answers_due
from app.rakor.service.calendars import on_one_line, programme

LEADS: Final[Mapping[MailKind, Text]] = {
    MailKind.INVITATION: Text(
        "Kantor Anda diundang ke kegiatan berikut.", "Your office is invited to this event."
    ),
    MailKind.UPDATE: Text(
        "Kegiatan ini berubah. Yang berlaku sekarang tertulis di bawah.",
        "This event was changed. What holds now is written below.",
    ),
    MailKind.ANSWER: Text(
        "Jawaban kantor Anda tercatat.", "The answer of your office is recorded."
    ),
    MailKind.SEAT_GIVEN: Text(
        "Kantor Anda mendapat tempat dan tidak lagi dalam daftar tunggu.",
        "Your office now has a seat and waits no longer.",
    ),
    MailKind.REMINDER: Text(
        "Kantor Anda belum menjawab undangan ini.",
        "Your office has not answered this invitation yet.",
    ),
    MailKind.CANCELLATION: Text("Kegiatan ini dibatalkan.", "This event is cancelled."),
    MailKind.WITHDRAWAL: Text(
        "Penyelenggara menarik undangan ini. Kantor Anda tidak perlu hadir.",
        "The organiser has withdrawn this invitation. Your office need not come.",
    ),
}
_ONLY_BY_LINK: Final = Text(
    "Hanya jawaban dengan kode ini yang tercatat; balasan surel atau kalender tidak dibaca.",
    "Only an answer with this code counts; replies to this letter or by calendar are not read.",
)


@dataclass(frozen=True)
class Letter:
    """What one letter is about, at the moment of writing; `link` is where it is answered, or the
    bare code."""

    kind: MailKind
    event: Event
    run_down: Sequence[EventSession]
    invitation: Invitation
    seat: InvitationSeat | None
    link: str
    now: datetime


def subject_of(letter: Letter) -> str:
    return on_one_line(f"{MAIL_KINDS[letter.kind].id}: {letter.event.title}")


def body_of(letter: Letter) -> str:
    parts = [_greeting(letter), _said(letter, "id"), "English:", _said(letter, "en")]
    return "\n\n".join(parts) + "\n"


def _greeting(letter: Letter) -> str:
    return f"Yth. {letter.invitation.post}\n{letter.invitation.office_name}"


def _said(letter: Letter, language: Language) -> str:
    parts = [LEADS[letter.kind].to(language), _facts(letter, language)]
    if letter.kind not in ENDS:
        if letter.run_down and language == "id":
            parts.append("\n".join(["Susunan acara:", *programme(letter.event, letter.run_down)]))
        parts += [_answer(letter, language), _ONLY_BY_LINK.to(language)]
    return "\n\n".join(parts)


def _facts(letter: Letter, language: Language) -> str:
    event = letter.event
    on, until = day(event.starts_on), day(event.ends_on)
    days = on if on == until else Text(f"{on.id} s.d. {until.id}", f"{on.en} to {until.en}")
    is_cancelled = letter.kind is MailKind.CANCELLATION
    facts = (
        (Text("Kegiatan", "Event"), event.title),
        (Text("Penyelenggara", "Organiser"), event.office_name),
        (Text("Nomor surat", "Letter number"), letter.invitation.letter_number),
        (Text("Tanggal", "Date"), days.to(language)),
        (Text("Tempat", "Place"), event.venue),
        (Text("Tautan", "Link"), None if letter.kind in ENDS else event.online_link),
        (Text("Bentuk", "Form"), LABELS["event_mode"][event.mode].to(language)),
        (Text("Alasan", "Reason"), event.cancellation_reason if is_cancelled else None),
    )
    return "\n".join(f"{about.to(language)}: {fact}" for about, fact in facts if fact)


def _answer(letter: Letter, language: Language) -> str:
    """What was answered, and how to answer, or to answer otherwise."""
    if letter.invitation.answer is None:
        return f"{_asked(letter).to(language)}\n{letter.link}"
    said = [LABELS["invitation_answer"][letter.invitation.answer]]
    if letter.seat is not None:
        said.append(LABELS["invitation_seat"][letter.seat])
    answered = ", ".join(each.to(language) for each in said)
    head = Text(f"Jawaban Anda: {answered}.", f"Your answer: {answered}.").to(language)
    change = Text("Untuk mengubahnya:", "To change it:").to(language)
    return f"{head}\n{change}\n{letter.link}"


def _asked(letter: Letter) -> Text:
    """Until when an answer is asked for; who is invited shortly before may be late already."""
    due_on = answers_due(letter.event.answers_due_on, letter.event.starts_on)
    due = day(due_on)
    if is_over(due_on, letter.event.time_zone, letter.now):
        return Text(
            f"Batas jawaban ({due.id}) sudah lewat; mohon segera jawab:",
            f"The day for answers ({due.en}) has passed; please answer now:",
        )
    return Text(f"Mohon jawab sampai {due.id}:", f"Please answer until {due.en}:")
