"""What crosses the wire about open data; the catalogue itself is JSON-LD, the feed is Atom."""

from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import TextOut
from app.core.paging import Slice
from app.open_data.rules.datasets import ColumnKind, Frequency, Licence

DATASET_CODE: Final = r"^[a-z_-]{1,60}$"

_COUNT: Final[JsonDict] = {
    "name": "count",
    "kind": "integer",
    "unit": {"id": "Aduan", "en": "Complaint"},
    "meaning": {
        "id": "Cacah; kosong bila tidak ditampilkan",
        "en": "The count; empty where it is withheld",
    },
    "codes": None,
}
_VALUE: Final[JsonDict] = {
    "name": "value",
    "kind": "code",
    "unit": None,
    "meaning": {"id": "Nilai rincian", "en": "Value of what it is told apart by"},
    "codes": "complaint.kind",
}
_TITLE: Final[JsonDict] = {
    "id": "Aduan menurut wilayah dan jenis",
    "en": "Complaint by region and kind",
}
DICTIONARY: Final[JsonDict] = {
    "datasets": [
        {
            "code": "complaint_by_kind",
            "title": _TITLE,
            "definition": {"id": "Aduan yang diterima Netra.", "en": "Complaints filed."},
            "definition_version": 2,
            "columns": [_VALUE, _COUNT],
        }
    ],
    "code_lists": [
        {
            "name": "complaint.kind",
            "codes": [{"code": "report", "label": {"id": "Laporan", "en": "Report"}}],
        }
    ],
}


_HOME: Final = "https://netra.example/api/v1"
_COMPLAINT: Final[JsonDict] = {"id": "Aduan", "en": "Complaint"}
_REGIONS: Final[JsonDict] = {
    "name": {"id": "Kode wilayah", "en": "Codes of regions"},
    "source": {
        "id": "Keputusan Menteri Dalam Negeri 300.2.2-2138 Tahun 2025",
        "en": "Decree 300.2.2-2138 of 2025 of the Minister of Home Affairs",
    },
    "address": f"{_HOME}/regions",
    "is_used": True,
}
_SNAPSHOTS: Final[JsonDict] = {
    "election": "none",
    "name": {"id": "tanpa pemilihan", "en": "of no election"},
    "first": "2024-09-01",
    "newest": "2024-11-05",
    "address": f"{_HOME}/stats/public/complaint_by_kind/2024-11-05?election=none",
}
DATASET: Final[JsonDict] = {
    "code": "complaint_by_kind",
    "title": _TITLE,
    "definition": {"id": "Aduan yang diterima Netra.", "en": "Complaints filed."},
    "definition_version": 2,
    "columns": [_VALUE, _COUNT],
    "description": {"id": "Dibekukan sekali sehari.", "en": "Frozen once a day."},
    "keywords": [{"id": "statistik", "en": "statistics"}],
    "publisher": {"id": "Bawaslu", "en": "Bawaslu"},
    "licence": "CC-BY-4.0",
    "licence_address": "https://creativecommons.org/licenses/by/4.0/",
    "notice": {"id": "Memuat idn-area-data (ODbL).", "en": "Contains idn-area-data (ODbL)."},
    "frequency": "daily",
    "region_code": "00",
    "standard": {
        "concept": _COMPLAINT,
        "definition": {"id": "Aduan yang diterima Netra.", "en": "Complaints filed."},
        "classification": ["complaint.kind", "region"],
        "measure": {"id": "Cacah", "en": "Count"},
        "unit": _COMPLAINT,
    },
    "reference_codes": [_REGIONS],
    "forms": [
        {
            "address": f"{_HOME}/stats/public/complaint_by_kind",
            "media_type": "text/csv",
            "conforms_to": None,
        }
    ],
    "snapshots": [_SNAPSHOTS],
    "catalogue": f"{_HOME}/open-data/catalogue",
}


class CorrectionFilter(Slice):
    """Which part of the feed the reader wants; its link `next` leads on."""


class ColumnOut(BaseModel):
    name: str
    kind: ColumnKind
    unit: TextOut | None = Field(description="What a number counts or measures.")
    meaning: TextOut
    codes: str | None = Field(
        description="The list of codes its values are from; `region`: the dataset `regions`."
    )


class CodeLabelOut(BaseModel):
    code: str = Field(examples=["report"])
    label: TextOut


class CodeListOut(BaseModel):
    name: str = Field(examples=["complaint.kind"])
    codes: list[CodeLabelOut]


class DescribedOut(BaseModel):
    """A dataset with what its columns mean."""

    code: str = Field(examples=["complaint_by_kind"])
    title: TextOut
    definition: TextOut
    definition_version: int
    columns: list[ColumnOut]


class DictionaryOut(BaseModel):
    """Every column of every dataset, and every code that a column can hold."""

    model_config = ConfigDict(json_schema_extra={"examples": [DICTIONARY]})

    datasets: list[DescribedOut]
    code_lists: list[CodeListOut]


class StandardOut(BaseModel):
    """The standard of data of Perpres 39/2019: what is told of, and how it is measured."""

    concept: TextOut
    definition: TextOut
    classification: list[str] = Field(
        description="The lists of codes that it is told apart by.", examples=[["region"]]
    )
    measure: TextOut
    unit: TextOut


class ReferenceCodeOut(BaseModel):
    """Codes that the state keeps, or that are missing for it."""

    name: TextOut
    source: TextOut
    address: str | None = Field(
        description="Where they are listed; null where this service has none."
    )
    is_used: bool = Field(description="False: a national list that Netra's codes do not match.")


class FormOut(BaseModel):
    address: str
    media_type: str
    conforms_to: str | None


class SnapshotsOut(BaseModel):
    """Of one election: what was frozen, from the first day on to the newest."""

    election: str = Field(description="Empty: of all; `none`: of no election.")
    name: TextOut
    first: date
    newest: date
    address: str = Field(
        description="Of the newest; with another day in its place it leads to that of that day."
    )


class DatasetOut(DescribedOut):
    """A dataset with its metadata as Satu Data Indonesia asks for them (Perpres 39/2019)."""

    model_config = ConfigDict(json_schema_extra={"examples": [DATASET]})

    description: TextOut
    keywords: list[TextOut]
    publisher: TextOut
    licence: Licence
    licence_address: str
    notice: TextOut | None = Field(description="What has to be passed on with codes of regions.")
    frequency: Frequency
    region_code: str = Field(description="`00` is the whole country.", examples=["00"])
    standard: StandardOut
    reference_codes: list[ReferenceCodeOut]
    forms: list[FormOut]
    snapshots: list[SnapshotsOut] = Field(description="None of what is a list that changes.")
    catalogue: str
