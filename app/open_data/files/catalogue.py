"""The catalogue as W3C DCAT 3 in JSON-LD, with a context of its own: nothing has to be fetched."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from app.core.texts import Text
from app.open_data.files.addresses import Addresses
from app.open_data.files.vocabulary import (
    AUTHORITY,
    BAWASLU,
    CONTEXT,
    FREQUENCIES,
    MEDIA_TYPES,
    PUBLISHER,
    Node,
    document,
    public,
    standard,
    words,
)
from app.open_data.rules.datasets import (
    LABELS,
    LICENCE_ADDRESSES,
    ODBL_NOTICE,
    Dataset,
    Distribution,
    Frequency,
    Snapshots,
)

A_DAY: Final = timedelta(days=1)


def write_catalogue(datasets: Sequence[Dataset], at: Addresses, as_of: datetime) -> Node:
    """Write the catalogue, its publisher and licences once, and each dataset with its newest
    snapshot."""
    licences = {each.licence: None for each in datasets}
    return {
        "@context": CONTEXT,
        "@graph": [
            _catalogue(datasets, at, as_of),
            _service(at),
            *_common(at),
            *(
                {
                    "@id": LICENCE_ADDRESSES[each],
                    "@type": "dcterms:LicenseDocument",
                    "label": words(LABELS["open_data_licence"][each]),
                    "identifier": each,
                }
                for each in licences
            ),
            *(node for dataset in datasets for node in _entries(dataset, at)),
        ],
    }


def _catalogue(datasets: Sequence[Dataset], at: Addresses, as_of: datetime) -> Node:
    return {
        "@id": at.catalogue,
        "@type": "dcat:Catalog",
        "title": words(Text("Data terbuka Netra", "Open data of Netra")),
        "description": words(
            Text(
                "Semua yang diterbitkan Netra tentang netralitas ASN dalam pemilihan. Kamus datanya"
                f" di {at.dictionary}; koreksi atas angka yang sudah terbit di {at.corrections}.",
                "All that Netra publishes on the neutrality of civil servants in elections. The"
                f" data dictionary is at {at.dictionary}; corrections of published figures are at"
                f" {at.corrections}.",
            )
        ),
        **_of_all(at),
        "licence": LICENCE_ADDRESSES[datasets[0].licence],
        "home_page": at.home,
        "modified": as_of.isoformat(),
        "conforms_to": standard("https://www.w3.org/TR/vocab-dcat-3/"),
        "page": [document(at.dictionary), document(at.corrections)],
        "service": at.service,
        "dataset": [at.dataset(each.code) for each in datasets],
    }


def _service(at: Addresses) -> Node:
    return {
        "@id": at.service,
        "@type": "dcat:DataService",
        "title": words(Text("Antarmuka Netra, versi 1", "Interface of Netra, version 1")),
        "publisher": PUBLISHER,
        "access_rights": public(),
        "end_point": at.service,
        "end_point_description": at.contract,
    }


def _common(at: Addresses) -> Iterable[Node]:
    yield {"@id": PUBLISHER, "@type": "foaf:Agent", "name": words(BAWASLU)}
    yield {
        "@id": at.contact,
        "@type": ["vcard:Organization", "vcard:Kind"],
        "full_name": words(BAWASLU),
        "url": PUBLISHER,
    }
    yield {
        "@id": at.region("00"),
        "@type": "dcterms:Location",
        "preferred_label": words(Text("Indonesia", "Indonesia")),
        "notation": "00",
    }
    yield {"@id": at.notice, "@type": "dcterms:RightsStatement", "label": words(ODBL_NOTICE)}


def _entries(dataset: Dataset, at: Addresses) -> Iterable[Node]:
    """A dataset; or, of a table that is frozen daily, the series and its newest snapshots."""
    described = _described(dataset, at)
    if not dataset.snapshots:
        # What is frozen daily and never was until now has no file to point to.
        is_awaited = dataset.frequency is Frequency.DAILY
        yield described | ({} if is_awaited else {"distribution": _distributions(dataset, at)})
        return
    yield {
        **described,
        "@type": "dcat:DatasetSeries",
        "issued": min(each.first for each in dataset.snapshots).isoformat(),
        "temporal": _until(max(each.newest for each in dataset.snapshots)),
    }
    for each in dataset.snapshots:
        yield {**described, **_newest(dataset, each, at)}


def _newest(dataset: Dataset, frozen: Snapshots, at: Addresses) -> Node:
    title, name, day = dataset.title, frozen.name, frozen.newest
    where = at.snapshot(dataset.code, day, frozen.election, frozen.unit)
    of = "/".join(each for each in (frozen.election or "all", frozen.unit) if each)
    return {
        "@id": where,
        "identifier": f"{dataset.code}/{of}/{day}",
        "title": words(Text(f"{title.id}: {name.id}, {day}", f"{title.en}: {name.en}, {day}")),
        "frequency": f"{AUTHORITY}/frequency/NEVER",
        "in_series": at.dataset(dataset.code),
        "issued": day.isoformat(),
        "temporal": _until(day),
        "distribution": [_distribution(dataset, each, at, where) for each in dataset.distributions],
    }


def _described(dataset: Dataset, at: Addresses) -> Node:
    known_by = dataset.keywords
    return {
        "@id": at.dataset(dataset.code),
        "@type": "dcat:Dataset",
        "identifier": dataset.code,
        "title": words(dataset.title),
        "description": words(dataset.description),
        "keyword": {"id": [each.id for each in known_by], "en": [each.en for each in known_by]},
        "version": str(dataset.meaning.version),
        **_of_all(at),
        "access_rights": public(),
        "contact": at.contact,
        "frequency": FREQUENCIES[dataset.frequency],
        "spatial": at.region(dataset.region_code),
        "theme": f"{AUTHORITY}/data-theme/GOVE",
        "landing_page": at.home,
        "page": document(at.dictionary),
    }


def _distributions(dataset: Dataset, at: Addresses) -> list[Node]:
    return [_distribution(dataset, each, at, at.of(each.path)) for each in dataset.distributions]


def _distribution(dataset: Dataset, form: Distribution, at: Addresses, where: str) -> Node:
    node: Node = {
        "@id": f"{where}#{form.media_type}",
        "@type": "dcat:Distribution",
        "access_url": where,
        "access_service": at.service,
        "media_type": {"@id": f"{MEDIA_TYPES}/{form.media_type}", "@type": "dcterms:MediaType"},
        "licence": LICENCE_ADDRESSES[dataset.licence],
    }
    if form.is_file:
        node["download_url"] = at.as_file(where, form.named)
    if dataset.names_regions:
        node["rights"] = at.notice
    if form.conforms_to:
        node["conforms_to"] = standard(form.conforms_to)
    return node


def _until(day: date) -> Node:
    """The table of a day covers the days before it, from the first entry on."""
    return {"@type": "dcterms:PeriodOfTime", "end_date": (day - A_DAY).isoformat()}


def _of_all(at: Addresses) -> Node:
    return {
        "publisher": PUBLISHER,
        "language": [f"{AUTHORITY}/language/IND", f"{AUTHORITY}/language/ENG"],
        "spatial": at.region("00"),
    }
