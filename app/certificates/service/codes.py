import hmac
from functools import partial

from app.certificates.rules.codes import Code, CodeKind, code_of, read_code, write_code
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
        self._mac = partial(keys.sign_receipt, keys.first_receipt_key())

    def write(self, kind: CodeKind, number: int) -> str:
        return write_code(code_of(kind, number, self._mac))

    def read(self, written: str) -> Code:
        """Read a code of ours; UnknownCode for whatever we have not written."""
        try:
            code = read_code(written)
        except WrongCode as wrong:
            raise UnknownCode from wrong
        if not hmac.compare_digest(code.tag, code_of(code.kind, code.number, self._mac).tag):
            raise UnknownCode
        return code
