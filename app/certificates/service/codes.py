import hmac

from app.certificates.rules.codes import Code, CodeKind, message, read_code, tag_of, write_code
from app.core.base32 import WrongCode
from app.core.crypto import Keyring
from app.core.errors import NotFound
from app.core.texts import Text


class UnknownCode(NotFound):
    """Mistyped, invented or not ours: we never say which."""

    code = "unknown-code"
    text = Text(
        "Kode ini tidak dikenal. Periksa apakah setiap huruf dan angka sudah benar.",
        "This code is unknown. Check every letter and digit of it.",
    )


class CodeMaker:
    """Writes verification codes and reads them back; our oldest receipt key is all it needs."""

    def __init__(self, keys: Keyring) -> None:
        self.keys = keys

    def write(self, kind: CodeKind, number: int) -> str:
        return write_code(Code(kind, number, self._tag(kind, number)))

    def read(self, written: str) -> Code:
        """Read a code of ours; UnknownCode for whatever we have not written."""
        try:
            code = read_code(written)
        except WrongCode as wrong:
            raise UnknownCode from wrong
        if not hmac.compare_digest(code.tag, self._tag(code.kind, code.number)):
            raise UnknownCode
        return code

    def _tag(self, kind: CodeKind, number: int) -> str:
        mac = self.keys.sign_receipt(self.keys.first_receipt_key(), message(kind, number))
        return tag_of(mac)
