"""The words of the catalogue: what each name in it means, and the terms that others fixed."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from app.core.texts import Text
from app.open_data.rules.datasets import Frequency

Node: TypeAlias = dict[str, object]

AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types"
FREQUENCIES: Final[Mapping[Frequency, str]] = {
    Frequency.DAILY: f"{AUTHORITY}/frequency/DAILY",
    Frequency.CONTINUOUS: f"{AUTHORITY}/frequency/UPDATE_CONT",
    Frequency.IRREGULAR: f"{AUTHORITY}/frequency/IRREG",
}
PUBLISHER: Final = "https://www.bawaslu.go.id/"
BAWASLU: Final = Text(
    "Badan Pengawas Pemilihan Umum (Bawaslu)", "General Election Supervisory Agency (Bawaslu)"
)


def _by_language(term: str) -> Node:
    return {"@id": term, "@container": "@language"}


def _to(term: str) -> Node:
    return {"@id": term, "@type": "@id"}


def _as(term: str, kind: str) -> Node:
    return {"@id": term, "@type": f"xsd:{kind}"}


CONTEXT: Final[Node] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": _by_language("dcterms:title"),
    "description": _by_language("dcterms:description"),
    "keyword": _by_language("dcat:keyword"),
    "label": _by_language("rdfs:label"),
    "preferred_label": _by_language("skos:prefLabel"),
    "name": _by_language("foaf:name"),
    "full_name": _by_language("vcard:fn"),
    "notation": "skos:notation",
    "identifier": "dcterms:identifier",
    "version": "dcat:version",
    "url": _to("vcard:hasURL"),
    "home_page": _to("foaf:homepage"),
    "publisher": _to("dcterms:publisher"),
    "contact": _to("dcat:contactPoint"),
    "licence": _to("dcterms:license"),
    "rights": _to("dcterms:rights"),
    "access_rights": _to("dcterms:accessRights"),
    "language": _to("dcterms:language"),
    "theme": _to("dcat:theme"),
    "frequency": _to("dcterms:accrualPeriodicity"),
    "spatial": _to("dcterms:spatial"),
    "temporal": _to("dcterms:temporal"),
    "conforms_to": _to("dcterms:conformsTo"),
    "landing_page": _to("dcat:landingPage"),
    "page": _to("foaf:page"),
    "distribution": _to("dcat:distribution"),
    "access_url": _to("dcat:accessURL"),
    "download_url": _to("dcat:downloadURL"),
    "access_service": _to("dcat:accessService"),
    "media_type": _to("dcat:mediaType"),
    "in_series": _to("dcat:inSeries"),
    "dataset": _to("dcat:dataset"),
    "service": _to("dcat:service"),
    "end_point": _to("dcat:endpointURL"),
    "end_point_description": _to("dcat:endpointDescription"),
    "start_date": _as("dcat:startDate", "date"),
    "end_date": _as("dcat:endDate", "date"),
    "issued": _as("dcterms:issued", "date"),
    "modified": _as("dcterms:modified", "dateTime"),
}


def words(text: Text) -> Node:
    return {"id": text.id, "en": text.en}


def document(address: str) -> Node:
    return {"@id": address, "@type": "foaf:Document"}


def standard(address: str) -> Node:
    return {"@id": address, "@type": "dcterms:Standard"}


def public() -> Node:
    return {"@id": f"{AUTHORITY}/access-right/PUBLIC", "@type": "dcterms:RightsStatement"}
