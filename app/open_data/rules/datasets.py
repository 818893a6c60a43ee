"""What a published dataset is, from which the catalogue and the dictionary are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class Frequency(StrEnum):
    DAILY = "daily"
    CONTINUOUS = "continuous"
    IRREGULAR = "irregular"


class Licence(StrEnum):
    CC_BY = "CC-BY-4.0"
    CC0 = "CC0-1.0"
    ODBL = "ODbL-1.0"


class ColumnKind(StrEnum):
    IDENTIFIER = "identifier"
    STRING = "string"
    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    LIST = "list"
    OBJECT = "object"


LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "open_data_frequency": {
        Frequency.DAILY: Text("Harian", "Daily"),
        Frequency.CONTINUOUS: Text("Terus-menerus", "Continuously"),
        Frequency.IRREGULAR: Text("Tidak berkala", "Irregularly"),
    },
    "open_data_licence": {
        Licence.CC_BY: Text(
            "Creative Commons Atribusi 4.0 Internasional",
            "Creative Commons Attribution 4.0 International",
        ),
        Licence.CC0: Text(
            "CC0 1.0 Universal, dedikasi domain publik", "CC0 1.0 Universal, public domain"
        ),
        Licence.ODBL: Text("Open Database License 1.0", "Open Database License 1.0"),
    },
    "open_data_column": {
        ColumnKind.IDENTIFIER: Text("Pengenal (UUID)", "Identifier (UUID)"),
        ColumnKind.STRING: Text("Teks", "String"),
        ColumnKind.TEXT: Text("Teks dua bahasa", "Text in two languages"),
        ColumnKind.CODE: Text("Kode", "Code"),
        ColumnKind.CODES: Text("Beberapa kode", "Several codes"),
        ColumnKind.INTEGER: Text("Bilangan bulat", "Integer"),
        ColumnKind.NUMBER: Text("Bilangan", "Number"),
        ColumnKind.BOOLEAN: Text("Ya atau tidak", "True or false"),
        ColumnKind.DATE: Text("Tanggal (RFC 3339)", "Date (RFC 3339)"),
        ColumnKind.MOMENT: Text("Waktu (RFC 3339)", "Moment (RFC 3339)"),
        ColumnKind.LIST: Text("Daftar", "List"),
        ColumnKind.OBJECT: Text("Objek", "Object"),
    },
}

LICENCE_ADDRESSES: Final[Mapping[Licence, str]] = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.ODBL: "https://opendatacommons.org/licenses/odbl/1-0/",
}

ODBL_NOTICE: Final = Text(
    "Memuat informasi dari idn-area-data (https://github.com/fityannugroho/idn-area-data), yang"
    " di sini tersedia menurut Open Database License"
    " (http://opendatacommons.org/licenses/odbl/1.0/): kode dan nama wilayah tetap di bawah lisensi"
    " itu.",
    "Contains information from idn-area-data (https://github.com/fityannugroho/idn-area-data),"
    " which is made available here under the Open Database License"
    " (http://opendatacommons.org/licenses/odbl/1.0/): codes and names of regions stay under it.",
)
"""ODbL, 4.3; docs/licences.md says where the list of regions comes from."""

REGIONS: Final = "region"
"""The code list of the regions; too long to be repeated, it is a dataset of its own."""


@dataclass(frozen=True)
class Column:
    """`codes` names the list of codes that a value is from."""

    name: str
    kind: ColumnKind
    meaning: Text
    unit: Text | None = None
    codes: str | None = None


@dataclass(frozen=True)
class Distribution:
    """A form in which a dataset can be had; `path` goes on behind the version of the contract."""

    path: str
    media_type: str
    conforms_to: str | None = None
    named: str | None = None
    """What asks for this form in the address, where one address has several."""
    is_file: bool = True
    """Whether it is whole at its address; a log is read piece by piece, as it grows."""


@dataclass(frozen=True)
class Snapshots:
    """What was frozen of a table for one election, from the first day on to the newest."""

    election: str
    name: Text
    first: date
    newest: date
    unit: str = ""
    """Where one dataset tells of several units at addresses of their own."""


@dataclass(frozen=True)
class Meaning:
    """What Perpres 39/2019 calls the standard of data, without the classification, which are the
    codes of the columns: concept, definition, measure and unit."""

    concept: Text
    definition: Text
    measure: Text
    unit: Text
    version: int


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Of a list, `distributions` are where it stands; of a frozen table, the forms in which each
    of its `snapshots` can be had."""

    code: str
    title: Text
    description: Text
    keywords: tuple[Text, ...]
    frequency: Frequency
    licence: Licence
    meaning: Meaning
    distributions: tuple[Distribution, ...]
    columns: tuple[Column, ...]
    snapshots: tuple[Snapshots, ...] = ()
    region_code: str = "00"

    @property
    def names_regions(self) -> bool:
        """Whether the notice of the list of regions belongs to it."""
        return any(column.codes == REGIONS for column in self.columns)
