"""Examples of answers, put together from the examples that each field gives of itself."""

from typing import Any, Final

_BY_FORMAT: Final = {
    "uuid": "01932b5e-7c00-7000-8000-000000000001",
    "date-time": "2024-09-30T03:00:00Z",
    "date": "2024-09-30",
    "uri": "https://netra.example/",
}
_NOTHING: Final = "…"
_NULL: Final = {"type": "null"}
_BY_TYPE: Final[dict[str, Any]] = {
    "string": _NOTHING,
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "null": None,
    "object": {},
}


def example_of(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Return a value of this schema that reads like a real answer."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    for given in (schema.get("examples", [])[:1], _one(schema, "const"), _one(schema, "example")):
        if given:
            return given[0]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        example = example_of(choice, schemas)
        # Rather nothing than a word that says nothing, wherever nothing may stand.
        return None if example == _NOTHING and _NULL in schema.get("anyOf", ()) else example
    return _built(schema, schemas)


def restore_nulls(example: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Put null back where the schema demands it: the framework leaves it out of every example."""
    schema = _found(schema, schemas)
    if isinstance(example, list):
        for each in example:
            restore_nulls(each, schema.get("items", {}), schemas)
    if isinstance(example, dict):
        for name in schema.get("required", ()):
            example.setdefault(name, None)
        for name, each in schema.get("properties", {}).items():
            restore_nulls(example.get(name), each, schemas)


def _found(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of what is there, behind a reference and beside null."""
    if "$ref" in schema:
        return _found(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return _found(choices[0], schemas) if choices else schema


def _one(schema: dict[str, Any], name: str) -> list[Any]:
    return [schema[name]] if name in schema else []


def _built(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    if "properties" in schema:
        properties = schema["properties"]
        return {name: example_of(each, schemas) for name, each in properties.items()}
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)] if "items" in schema else []
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    return _BY_TYPE.get(schema.get("type", "object"), {})
