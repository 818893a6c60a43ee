"""The format in which messages and addresses lie encrypted in the database."""

from uuid import UUID

from app.core.crypto import Keyring
from app.correspondence.models import Contact, Message


def seal_text(text: str, message_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(text.encode(), message_id)


def open_text(message: Message, keys: Keyring) -> str:
    return keys.open(message.sealed, message.id).decode()


def open_email(contact: Contact, keys: Keyring) -> str:
    return keys.open(contact.sealed, contact.id).decode()
