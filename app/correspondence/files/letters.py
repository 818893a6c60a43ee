"""How our letters begin, and the one that says that there is news, and nothing else."""

import secrets
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from app.core.texts import Language
from app.correspondence.rules.notices import LETTER, SUBJECT

_OTHER: Final[dict[Language, Language]] = {"id": "en", "en": "id"}


def compose(email: str, language: Language, sender: str, now: datetime) -> EmailMessage:
    """Plain text in the language asked for, the other one below; no link and no picture."""
    text = f"{LETTER.to(language)}\n\n{LETTER.to(_OTHER[language])}"
    return letter_of(email, sender, now, (SUBJECT.to(language), text))


def letter_of(email: str, sender: str, now: datetime, words: tuple[str, str]) -> EmailMessage:
    """A letter of plain text from its subject and its text, ready to be handed in."""
    subject, text = words
    letter = begin(sender, email, subject, now)
    letter.set_content(text)
    return letter


def begin(sender: str, email: str, subject: str, now: datetime) -> EmailMessage:
    """A letter with the headers of all our letters; its content is still to be set."""
    letter = EmailMessage(SMTP)
    letter["From"] = sender
    letter["To"] = email
    letter["Subject"] = subject
    letter["Date"] = format_datetime(now)
    # Random, and of the domain that is seen anyway: the standard one names host, process and time.
    letter["Message-ID"] = f"<{secrets.token_hex(16)}@{domain_of(sender)}>"
    letter["Auto-Submitted"] = "auto-generated"
    return letter


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]
