"""How the codes of this domain are called."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.circulars.rules.cascade import AddresseeState
from app.circulars.rules.circulars import CircularKind, CircularState, Ending, Nature
from app.core.texts import Text

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "circular_kind": {
        CircularKind.CIRCULAR: Text("Surat edaran", "Circular"),
        CircularKind.APPEAL: Text("Imbauan", "Appeal"),
    },
    "circular_nature": {
        Nature.ORDINARY: Text("Biasa", "Ordinary"),
        Nature.IMPORTANT: Text("Penting", "Important"),
        Nature.URGENT: Text("Segera", "Urgent"),
        Nature.VERY_URGENT: Text("Sangat segera", "Very urgent"),
    },
    "circular_state": {
        CircularState.DRAFT: Text("Rancangan", "Draft"),
        CircularState.ISSUED: Text("Diterbitkan", "Issued"),
        CircularState.SUPERSEDED: Text("Digantikan", "Superseded"),
        CircularState.REVOKED: Text("Dicabut", "Revoked"),
    },
    "circular_ending": {
        Ending.SUPERSEDED: Text("Menggantikan", "Supersedes"),
        Ending.REVOKED: Text("Mencabut", "Revokes"),
    },
    "addressee_state": {
        AddresseeState.ADDRESSED: Text("Belum menyatakan menerima", "Not acknowledged yet"),
        AddresseeState.ACKNOWLEDGED: Text("Sudah menerima", "Acknowledged"),
        AddresseeState.DONE: Text("Selesai dilaksanakan", "All obligations done"),
    },
}
