"""The format in which messages and addresses lie encrypted in the database."""

from app.core.crypto import Keyring
from app.correspondence.models import Contact, Message


def open_text(message: Message, keys: Keyring) -> str:
    return keys.open(message.sealed, message.id).decode()


def open_email(contact: Contact, keys: Keyring) -> str:
    return keys.open(contact.sealed, contact.id).decode()
