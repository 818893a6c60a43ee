"""What the contract promises of itself, before anybody calls it."""

import json
import re
from typing import Final

import jsonschema_rs
import pytest

from app.core.actors import Permission
from app.registry import LABELS
from app.web.door import PUBLIC_DOOR
from app.web.problems import MEDIA_TYPE
from tests.contract.document import (
    ANSWERED,
    DOCUMENT,
    OPERATIONS,
    SCHEMAS,
    SENT,
    Body,
    Operation,
    bodies,
    objects_in,
)

VERBS: Final = frozenset(
    [
        "accept",
        "acknowledge",
        "add",
        "adopt",
        "agree",
        "announce",
        "answer",
        "approve",
        "begin",
        "cancel",
        "carry",
        "change",
        "check",
        "classify",
        "close",
        "complete",
        "conclude",
        "confirm",
        "consult",
        "continue",
        "convert",
        "copy",
        "correct",
        "count",
        "deactivate",
        "decide",
        "declare",
        "delete",
        "deny",
        "draft",
        "end",
        "enrol",
        "enter",
        "erase",
        "export",
        "extend",
        "file",
        "forward",
        "grant",
        "hold",
        "import",
        "invite",
        "issue",
        "join",
        "list",
        "mark",
        "name",
        "offer",
        "open",
        "pair",
        "place",
        "plan",
        "preview",
        "print",
        "publish",
        "put",
        "rate",
        "read",
        "record",
        "refuse",
        "register",
        "reinstate",
        "relay",
        "reject",
        "reissue",
        "release",
        "remove",
        "renew",
        "replace",
        "report",
        "request",
        "reset",
        "resume",
        "retract",
        "return",
        "reverse",
        "revise",
        "revoke",
        "rotate",
        "save",
        "search",
        "separate",
        "sign",
        "submit",
        "summarise",
        "take",
        "turn",
        "watch",
        "withdraw",
        "write",
    ]
)
WORDS: Final = {"table", "day", "enumeration", "log", "path"}
"""What stands in a path and is no id: words that the contract itself lists, the place of a tile."""
SNAKE: Final = re.compile(r"[a-z]+(_[a-z]+)*")
CAMEL: Final = re.compile(r"([A-Z][a-z]+)+")

of_each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
of_each_schema = pytest.mark.parametrize("name", SCHEMAS)


def test_it_is_written_in_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")


def test_its_parts_are_found() -> None:
    assert len(OPERATIONS) >= 70
    assert len(SENT) >= 20
    assert len(ANSWERED) >= 500


@of_each_operation
def test_its_name_is_a_verb_phrase(operation: Operation) -> None:
    verb, *words = operation.name.split("_")

    assert verb in VERBS
    assert words


@of_each_operation
def test_it_says_what_it_is_for(operation: Operation) -> None:
    summary = operation.said["summary"]

    assert summary[0].isupper()
    assert len(summary.split()) >= 3
    assert operation.said["description"]


@of_each_operation
def test_it_names_its_door(operation: Operation) -> None:
    permission = operation.said["x-permission"]

    assert permission in {PUBLIC_DOOR, *Permission}
    assert bool(operation.said["security"]) is (permission != PUBLIC_DOOR)


@of_each_operation
def test_it_can_succeed(operation: Operation) -> None:
    good = {"200", "201"} if is_rehearsed(operation) else {"200", "201", "204"}

    assert good & operation.said["responses"].keys()


def is_rehearsed(operation: Operation) -> bool:
    """A rehearsal that succeeds says 204, which is no answer to the operation itself."""
    return any(each["name"] == "validate_only" for each in operation.parameters)


@of_each_operation
def test_it_refuses_in_problem_details(operation: Operation) -> None:
    refusals = {
        status: list(bodies(status, answer))
        for status, answer in operation.said["responses"].items()
        if status.startswith(("4", "5"))
    }

    assert {"401", "429", "503"} <= refusals.keys()
    if operation.method == "head":
        assert not any(refusals.values())
        return
    for status, [body] in refusals.items():
        assert body.kind == MEDIA_TYPE
        assert body.said["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert body.examples[0]["status"] == int(status)


@of_each_operation
def test_its_path_parameters_are_named_after_their_thing(operation: Operation) -> None:
    in_path = set(re.findall(r"{(\w+)}", operation.path))

    assert in_path == {each["name"] for each in operation.parameters if each["in"] == "path"}
    assert all(name.endswith(("_id", "_code")) or name in WORDS for name in in_path)


def test_a_change_has_to_name_its_version() -> None:
    demanded = {
        each.name: said["required"]
        for each in OPERATIONS
        for said in each.parameters
        if said["name"].lower() == "if-match"
    }

    assert "change_declaration" in demanded
    assert all(demanded.values())


@of_each_operation
def test_outside_of_bodies_there_is_no_null(operation: Operation) -> None:
    assert '"null"' not in json.dumps([each["schema"] for each in operation.parameters])


@pytest.mark.parametrize("body", SENT, ids=lambda each: each.where)
def test_what_is_sent_has_valid_examples(body: Body) -> None:
    assert body.faults() == []


@pytest.mark.parametrize(
    "body",
    [each for each in ANSWERED if each.kind.endswith("json")],
    ids=lambda each: each.where,
)
def test_what_is_answered_has_valid_examples_that_say_something(body: Body) -> None:
    assert body.faults() == []
    assert "…" not in json.dumps(body.examples, ensure_ascii=False)


@pytest.mark.parametrize(
    "body",
    # OAuth 2.0 demands that its forms ignore what they do not know (RFC 6749, 3.2).
    [each for each in SENT if each.kind.endswith("json")],
    ids=lambda each: each.where,
)
def test_what_is_sent_refuses_unknown_fields(body: Body) -> None:
    objects = list(objects_in(body.said["schema"]))

    assert objects
    assert all(each["additionalProperties"] is False for each in objects)


@of_each_schema
def test_a_component_has_a_readable_name(name: str) -> None:
    assert CAMEL.fullmatch(name)


@of_each_schema
def test_a_component_is_a_schema(name: str) -> None:
    jsonschema_rs.meta.validate(SCHEMAS[name])


def test_enumerations_are_named_alike() -> None:
    assert all(SNAKE.fullmatch(name) for name in LABELS)
