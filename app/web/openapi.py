"""The contract: what the framework knows of each operation, completed by what the kit adds."""

import json
import re
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.core.actors import SCOPES, Permission
from app.web.door import PUBLIC_DOOR
from app.web.examples import example_of
from app.web.problems import CATALOGUE, MEDIA_TYPE, TITLES

_JSON: Final = "application/json"
_QUALIFIED: Final = re.compile(r"app__([a-z]+)__(?:[a-z_]+?__)?([A-Z]\w*)")
_METHODS: Final = ("get", "put", "post", "patch", "delete")
_TAKES_BODY: Final = ("put", "post", "patch")

_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "Problem details (RFC 9457), in Indonesian or English by Accept-Language.",
    "required": ["type", "title", "status", "detail", "code", "trace_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Stable; programs decide by it."},
        "trace_id": {"type": "string", "description": "Name it when you ask us for help."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer (RFC 6901)."},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}

_SCHEMES: Final[dict[str, Any]] = {
    "officer": {"type": "http", "scheme": "bearer", "description": "POST /api/v1/auth/token"},
    "machine": {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/api/v1/auth/token",
                "scopes": {scope.value: scope.value for scope in sorted(SCOPES)},
            }
        },
    },
    "receipt": {
        "type": "http",
        "scheme": "Receipt",
        "description": "The receipt code, all that we know a reporter by.",
    },
}


def install(app: FastAPI) -> None:
    """Serve the completed document at /openapi.json, built once."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _complete(app: FastAPI) -> dict[str, Any]:
    document = _named_by_domain(
        get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            # One name for one thing, whether it is sent or answered.
            separate_input_output_schemas=False,
        )
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = _PROBLEM
    components["securitySchemes"] = _SCHEMES
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                _complete_operation(path, method, item[method], schemas)
    return document


def _named_by_domain(document: dict[str, Any]) -> dict[str, Any]:
    """Two domains may both have a `Status`: call them ComplaintsStatus and RakorStatus."""

    def named(found: re.Match[str]) -> str:
        return found[1].capitalize() + found[2]

    renamed: dict[str, Any] = json.loads(_QUALIFIED.sub(named, json.dumps(document)))
    for name, schema in renamed["components"]["schemas"].items():
        schema["title"] = name  # by which generators of clients name their classes
    return renamed


def _complete_operation(
    path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    operation["security"] = _security(operation["x-permission"])
    answers = operation["responses"]
    for status in _refusals(path, method, operation):
        answers[str(status)] = _refusal(status)
    if "validate_only" in _parameters(operation):
        answers["204"] = {"description": "It would succeed; nothing was changed."}
    if "If-None-Match" in _parameters(operation):
        answers["304"] = {"description": "You have the present version."}
    if {"200", "201"} <= answers.keys():  # a repeat is told what the first was told
        answers["200"]["content"] = answers["201"]["content"]
    _show_examples(answers, schemas)


def _show_examples(answers: dict[str, Any], schemas: dict[str, Any]) -> None:
    for status, answer in answers.items():
        content = answer.get("content", {}).get(_JSON)
        if content is not None and status.startswith("2"):
            content.setdefault("example", example_of(content["schema"], schemas))


def _parameters(operation: dict[str, Any]) -> set[str]:
    return {
        "-".join(part.capitalize() for part in each["name"].split("-"))
        if each["in"] == "header"
        else each["name"]
        for each in operation.get("parameters", ())
    }


def _refusals(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    statuses = [401, 429, 503]
    statuses += [403] if operation["x-permission"] != PUBLIC_DOOR else []
    statuses += [404] if "{" in path else []
    statuses += [422] if operation.get("parameters") or "requestBody" in operation else []
    statuses += [400, 409, 413] if method in _TAKES_BODY else []
    statuses += [412, 428] if "If-Match" in _parameters(operation) else []
    return sorted(statuses)


def _refusal(status: int) -> dict[str, Any]:
    title = TITLES[status]
    code = title.en.lower().replace(" ", "-")
    example = {
        "type": f"{CATALOGUE}#{code}",
        "title": title.id,
        "status": status,
        "detail": title.id,
        "code": code,
        "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    }
    answer: dict[str, Any] = {
        "description": f"{title.id} ({title.en})",
        "content": {
            MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
        },
    }
    if status in (429, 503):
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return answer


def _security(permission: str) -> list[dict[str, list[str]]]:
    if permission == PUBLIC_DOOR:
        return []
    if permission == Permission.FOLLOW_COMPLAINT:
        return [{"receipt": []}]
    machine = [{"machine": [permission]}] if permission in SCOPES else []
    return [{"officer": []}, *machine]
