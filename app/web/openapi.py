"""The contract: what the framework knows of each operation, completed by what the kit adds."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.core.actors import SCOPES, Permission
from app.web import proof
from app.web.door import PUBLIC_DOOR
from app.web.examples import example_of, restore_nulls
from app.web.problems import CATALOGUE, MEDIA_TYPE, TITLES
from app.web.schema_names import name_schemas

_METHODS: Final = ("get", "put", "post", "patch", "delete", "head", "options")
_TAKES_BODY: Final = ("put", "post", "patch")
_FORM: Final = "application/x-www-form-urlencoded"
_STRICT: Final = {_FORM, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_NAMED: Final = "x-thing-named-in-body"
NAMED_IN_BODY: Final[dict[str, Any]] = {_NAMED: True}
"""For `openapi_extra=` of an operation that may not find what its body names."""
_OF_RECEIPTS: Final = {Permission.FOLLOW_COMPLAINT, Permission.FOLLOW_CONSULTATION}
"""What nobody but the holder of a receipt may do."""
_OF_REPORTERS: Final = _OF_RECEIPTS | {Permission.UPLOAD_EVIDENCE}

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
        "challenge": proof.SCHEMA,
        "error": {"type": "string", "description": "At the token end point: RFC 6749, 5.2."},
        "report": {"type": "object", "description": "Of an import: what a dry run answers."},
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
    document = name_schemas(
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
    for schema in schemas.values():
        restore_nulls(schema.get("examples"), {"items": schema}, schemas)
    components["securitySchemes"] = _SCHEMES
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                _complete_operation(path, method, item[method], schemas)
    return document


def _complete_operation(
    path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    operation["security"] = _security(operation["x-permission"])
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _as_sent(parameter["schema"])
        # Declared optional, so that a request without it is told to send it (428).
        parameter["required"] |= parameter["name"].lower() == "if-match"
    _complete_answers(path, method, operation)
    _show_examples(operation, schemas)


def _complete_answers(path: str, method: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    answers |= _all_refusals(path, method, operation)
    if proof.HEADER in _parameters(operation):
        _ask_for_proof(answers["429"])
    if "validate_only" in _parameters(operation) and "x-dry-run" not in operation:
        answers["204"] = {"description": "It would succeed; nothing was changed."}
    if "If-None-Match" in _parameters(operation):
        answers["304"] = {"description": "You have the present version."}
    if {"200", "201"} <= answers.keys():  # a repeat is told what the first was told
        answers["200"]["content"] = answers["201"]["content"]


def _all_refusals(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    named = {int(status) for status in operation["responses"] if status.startswith("4")}
    refusals = {
        str(status): _refusal(status)
        for status in sorted(named.union(_refusals(path, method, operation)))
    }
    if method == "head":  # an answer without a body, whatever it says
        for refusal in refusals.values():
            del refusal["content"]
    return refusals


def _show_examples(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    answers = operation["responses"].items()
    good = [answer for status, answer in answers if status.startswith("2")]
    for body in (operation.get("requestBody", {}), *good):
        for kind, content in body.get("content", {}).items():
            if kind.endswith("json"):
                _show_example(content, schemas)


def _show_example(content: dict[str, Any], schemas: dict[str, Any]) -> None:
    content.setdefault("example", example_of(content["schema"], schemas))
    restore_nulls(content["example"], content["schema"], schemas)


def _as_sent(schema: dict[str, Any]) -> dict[str, Any]:
    """What is not in the body is sent or left out: null cannot be written there."""
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(choices) != 1:
        return schema
    rest = {name: each for name, each in schema.items() if name != "anyOf"}
    return {**rest, **choices[0]}


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
    statuses += [404] if "{" in path or operation.get(_NAMED) else []
    statuses += [422] if operation.get("parameters") or "requestBody" in operation else []
    statuses += [400, 409, 413] if method in _TAKES_BODY else []
    statuses += (
        [415] if _STRICT & operation.get("requestBody", {}).get("content", {}).keys() else []
    )
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
    if status in (423, 429, 503):
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return answer


def _ask_for_proof(answer: dict[str, Any]) -> None:
    kind = proof.ProofRequired
    answer["description"] += "; with a `challenge`, a proof of work takes the place of waiting"
    answer["content"][MEDIA_TYPE]["example"] |= {
        "type": f"{CATALOGUE}#{kind.code}",
        "detail": kind.text.id,
        "code": kind.code,
        "challenge": proof.EXAMPLE,
    }


def _security(permission: str) -> list[dict[str, list[str]]]:
    if permission == PUBLIC_DOOR:
        return []
    schemes = {
        "receipt": permission in _OF_REPORTERS,
        "officer": permission not in _OF_RECEIPTS,
        "machine": permission in SCOPES,
    }
    scope = {"machine": [permission]}
    return [{name: scope.get(name, [])} for name, opens in schemes.items() if opens]
