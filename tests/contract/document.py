"""The contract, taken apart for the tests."""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeAlias

import jsonschema_rs

from app.main import create_app

Json: TypeAlias = dict[str, Any]

DOCUMENT: Final[Json] = create_app().openapi()
SCHEMAS: Final[Json] = DOCUMENT["components"]["schemas"]

# Read once: with all components beside each of 3,500 schemas, this took half a minute.
_HOME: Final = "urn:contract"
_KNOWN: Final = jsonschema_rs.Registry([(_HOME, DOCUMENT)], draft=jsonschema_rs.Draft202012)


class Operation(NamedTuple):
    path: str
    method: str
    said: Json

    @property
    def name(self) -> str:
        return str(self.said["operationId"])

    @property
    def parameters(self) -> list[Json]:
        return list(self.said.get("parameters", ()))


class Body(NamedTuple):
    """What is sent to an operation, or answered, in one format."""

    where: str
    kind: str
    said: Json

    @property
    def examples(self) -> list[Any]:
        if "examples" in self.said:
            return [each["value"] for each in self.said["examples"].values()]
        return [self.said["example"]]

    def faults(self) -> list[str]:
        """Where the examples do not keep to the schema."""
        schema = json.loads(json.dumps(self.said["schema"]).replace('"#/', f'"{_HOME}#/'))
        judge = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, registry=_KNOWN)
        return [
            f"{'/'.join(map(str, fault.instance_path))}: {fault.message}"
            for example in self.examples
            for fault in judge.iter_errors(example)
        ]


def bodies(where: str, said: Json) -> Iterator[Body]:
    for kind, content in said.get("content", {}).items():
        yield Body(where, kind, content)


def sent() -> Iterator[Body]:
    for each in OPERATIONS:
        yield from bodies(each.name, each.said.get("requestBody", {}))


def answered() -> Iterator[Body]:
    for each in OPERATIONS:
        for status, answer in each.said["responses"].items():
            yield from bodies(f"{each.name} {status}", answer)


OPERATIONS: Final = [
    Operation(path, method, said)
    for path, item in DOCUMENT["paths"].items()
    for method, said in item.items()
]
SENT: Final = list(sent())
ANSWERED: Final = list(answered())


def objects_in(schema: Json) -> Iterator[Json]:
    """Every kind of object that a body can be made of."""
    if "$ref" in schema:
        yield from objects_in(SCHEMAS[schema["$ref"].rsplit("/", 1)[-1]])
        return
    if "properties" in schema:
        yield schema
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    for part in (*parts, *([schema["items"]] if "items" in schema else [])):
        yield from objects_in(part)
