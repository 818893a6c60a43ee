"""How datasets are described on the wire."""

from collections.abc import Iterable, Mapping

from app.core.forms import TextOut
from app.core.texts import Text
from app.open_data.files.addresses import Addresses
from app.open_data.files.vocabulary import BAWASLU
from app.open_data.rules.datasets import (
    LICENCE_ADDRESSES,
    ODBL_NOTICE,
    Column,
    Dataset,
    Snapshots,
)
from app.open_data.rules.national_codes import REFERENCE_CODES
from app.open_data.schemas import (
    CodeLabelOut,
    CodeListOut,
    ColumnOut,
    DatasetOut,
    DescribedOut,
    FormOut,
    ReferenceCodeOut,
    SnapshotsOut,
    StandardOut,
)


def described_out(dataset: Dataset) -> DescribedOut:
    return DescribedOut(
        code=dataset.code,
        title=_text(dataset.title),
        definition=_text(dataset.meaning.definition),
        definition_version=dataset.meaning.version,
        columns=[_column(each) for each in dataset.columns],
    )


def dataset_out(dataset: Dataset, at: Addresses) -> DatasetOut:
    return DatasetOut(
        **dict(described_out(dataset)),
        description=_text(dataset.description),
        keywords=[_text(each) for each in dataset.keywords],
        publisher=_text(BAWASLU),
        licence=dataset.licence,
        licence_address=LICENCE_ADDRESSES[dataset.licence],
        notice=_text(ODBL_NOTICE) if dataset.names_regions else None,
        frequency=dataset.frequency,
        region_code=dataset.region_code,
        standard=_standard(dataset),
        reference_codes=_reference_codes(at),
        forms=[
            FormOut(
                address=at.as_file(at.of(each.path), each.named),
                media_type=each.media_type,
                conforms_to=each.conforms_to,
            )
            for each in dataset.distributions
        ],
        snapshots=[_snapshots(dataset, each, at) for each in dataset.snapshots],
        catalogue=at.catalogue,
    )


def code_lists_out(
    datasets: Iterable[Dataset], lists: Mapping[str, Mapping[str, Text]]
) -> list[CodeListOut]:
    """The lists of codes that a column of these datasets names, but for that of the regions."""
    named = {column.codes for each in datasets for column in each.columns if column.codes}
    return [
        CodeListOut(
            name=name,
            codes=[
                CodeLabelOut(code=code, label=_text(label)) for code, label in lists[name].items()
            ],
        )
        for name in sorted(named & lists.keys())
    ]


def _standard(dataset: Dataset) -> StandardOut:
    meaning = dataset.meaning
    return StandardOut(
        concept=_text(meaning.concept),
        definition=_text(meaning.definition),
        classification=sorted({each.codes for each in dataset.columns if each.codes}),
        measure=_text(meaning.measure),
        unit=_text(meaning.unit),
    )


def _reference_codes(at: Addresses) -> list[ReferenceCodeOut]:
    return [
        ReferenceCodeOut(
            name=_text(each.name),
            source=_text(each.source),
            address=at.of(each.path) if each.path else None,
            is_used=each.is_used,
        )
        for each in REFERENCE_CODES
    ]


def _snapshots(dataset: Dataset, frozen: Snapshots, at: Addresses) -> SnapshotsOut:
    return SnapshotsOut(
        election=frozen.election,
        name=_text(frozen.name),
        first=frozen.first,
        newest=frozen.newest,
        address=at.snapshot(dataset.code, frozen.newest, frozen.election, frozen.unit),
    )


def _column(column: Column) -> ColumnOut:
    return ColumnOut(
        name=column.name,
        kind=column.kind,
        unit=_text(column.unit) if column.unit else None,
        meaning=_text(column.meaning),
        codes=column.codes,
    )


def _text(text: Text) -> TextOut:
    return TextOut.model_validate(text)
