"""The secrets of the room, all made from our oldest receipt key, which outlives every rotation."""

from functools import partial
from typing import Final
from uuid import UUID

from app.core.crypto import Keyring
from app.core.jws import JwsSigner
from app.declarations.rules.room import device_message

# The number goes up when the key of the bundles has to change.
_BUNDLE_KEY: Final = b"netra-bundle-key/1"
BUNDLE: Final = "netra-bundle+json"


class RoomKeys:
    """The key that signs bundles, the secret of a device, and the marks of item bodies."""

    def __init__(self, keys: Keyring) -> None:
        self._mac = partial(keys.sign_receipt, keys.first_receipt_key())

    def signer(self) -> JwsSigner:
        return JwsSigner(self._mac(_BUNDLE_KEY), BUNDLE)

    def secret_of(self, device_id: UUID) -> bytes:
        return self._mac(device_message(device_id))

    def body_mac(self, item_id: UUID, body: bytes) -> bytes:
        return self._mac(b"item" + item_id.bytes + body)
