"""What is wrong with a body, in plain words: never the value itself, it may be personal data."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.core.errors import Fault, RuleBroken
from app.core.texts import Text

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")

_MESSAGES: Final = {
    "missing": Text("Wajib diisi.", "This is required."),
    "extra_forbidden": Text(
        "Ada isian di sini yang tidak dikenal.", "There is a field here that is unknown."
    ),
    "json_invalid": Text("Bukan JSON yang sah.", "This is not valid JSON."),
    "string_too_short": Text(
        "Terlalu pendek; sedikitnya {min_length} huruf.",
        "Too short; at least {min_length} characters.",
    ),
    "string_too_long": Text(
        "Terlalu panjang; paling banyak {max_length} huruf.",
        "Too long; at most {max_length} characters.",
    ),
    "too_short": Text(
        "Terlalu sedikit; sedikitnya {min_length}.", "Too few; at least {min_length}."
    ),
    "too_long": Text(
        "Terlalu banyak; paling banyak {max_length}.", "Too many; at most {max_length}."
    ),
    "string_pattern_mismatch": Text("Bentuknya tidak sesuai.", "It does not have the right form."),
    "enum": Text("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "literal_error": Text("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "greater_than_equal": Text("Sedikitnya {ge}.", "At least {ge}."),
    "less_than_equal": Text("Paling banyak {le}.", "At most {le}."),
    "uuid_parsing": Text("Bukan UUID.", "This is not a UUID."),
    "date": Text("Bukan tanggal (YYYY-MM-DD).", "This is not a day (YYYY-MM-DD)."),
    "datetime": Text("Bukan waktu RFC 3339.", "This is not an RFC 3339 time."),
    "timezone": Text("Sertakan zona waktu.", "Give the time zone."),
    "int": Text("Harus bilangan bulat.", "This must be a whole number."),
    "bool": Text("Harus benar atau salah.", "This must be true or false."),
    "string": Text("Harus teks.", "This must be text."),
    "list": Text("Harus daftar.", "This must be a list."),
    "model": Text("Harus objek.", "This must be an object."),
}
_OTHER: Final = Text("Nilai ini tidak sah.", "This value is not valid.")


def faults_in(errors: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """Turn the framework's validation errors into faults with a JSON pointer (RFC 6901)."""
    return [_fault(error) for error in errors]


def _fault(error: Mapping[str, Any]) -> Fault:
    kind, loc = str(error["type"]), error["loc"]
    inner = error.get("ctx", {}).get("error")
    if kind == "value_error" and isinstance(inner, RuleBroken):
        return Fault(_pointer(loc), inner.code, inner.text)
    # A key the caller invented may itself be personal data: point to the object that has it.
    known = loc[:-1] if kind == "extra_forbidden" else loc
    return Fault(_pointer(known), kind.replace("_", "-"), _message(kind, error))


def _message(kind: str, error: Mapping[str, Any]) -> Text:
    text = _MESSAGES.get(kind) or _MESSAGES.get(kind.split("_", maxsplit=1)[0], _OTHER)
    known = {name: str(value) for name, value in error.get("ctx", {}).items()}
    return Text(text.id.format_map(_Blank(known)), text.en.format_map(_Blank(known)))


def _pointer(loc: Sequence[int | str]) -> str:
    # What is no plain name is Pydantic's own word for a branch of a union, or a key of the caller.
    plain = [str(part) for part in loc if isinstance(part, int) or _NAME.fullmatch(part)]
    inside = plain[1:] if plain[:1] == ["body"] else plain
    return "".join(f"/{part}" for part in inside)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
