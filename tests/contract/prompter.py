"""Whispers what only the course of things can tell: credentials, ids that exist, ETags, codes."""

import secrets
from collections import Counter, defaultdict
from itertools import repeat
from typing import Any, Final, TypeAlias

from schemathesis import AuthContext, Case, Response
from schemathesis.core.parameters import ParameterLocation

from app.core.ids import new_id
from tests.contract.crew import Values
from tests.contract.stage import Stage

AnyCase: TypeAlias = Case[Any]

SILENT: Final = 4
"""Every fourth good request goes out as it was drawn: ids of nothing, keys used before."""


class Prompter:
    """Stands beside schemathesis with a stage full of real things.

    It touches only what is meant to be valid: what a case makes wrong on purpose stays wrong.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calls: Counter[str] = Counter()
        self.etags: defaultdict[str, str] = defaultdict(lambda: '"1"')

    def get(self, case: AnyCase, context: AuthContext) -> str | None:
        """The `Authorization` for the door of this operation, if it needs any."""
        raw = context.operation.definition.raw
        for name in (raw["operationId"], raw["x-permission"]):
            if name in self.stage.credentials:
                return next(self.stage.credentials[name])
        return None

    def set(self, case: AnyCase, credential: str, context: AuthContext) -> None:
        case.headers["Authorization"] = credential

    def prompt(self, case: AnyCase) -> None:
        name = case.operation.definition.raw["operationId"]
        self.calls[name] += 1
        is_good = case.meta is not None and case.meta.generation.mode.is_positive
        if is_good and self.calls[name] % SILENT == 0:
            return
        known = new_names() | self.stage.everywhere
        known |= next(self.stage.things.get(name, repeat({})))
        fill_all(case, known)
        if means_well(case, ParameterLocation.QUERY) and self.calls[name] % 2:
            case.query.pop("validate_only", None)
        if means_well(case, ParameterLocation.HEADER):
            self.fill_headers(case, known)

    def fill_headers(self, case: AnyCase, known: Values) -> None:
        for name in known.keys() & set(case.headers):
            case.headers[name] = known[name]
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = secrets.token_urlsafe(16)
        if any(each.name.lower() == "if-match" for each in case.operation.headers):
            case.headers["If-Match"] = self.etags[case.formatted_path]

    def listen(self, case: AnyCase, response: Response) -> None:
        for etag in response.headers.get("etag", ()):
            self.etags[case.formatted_path] = etag


def new_names() -> Values:
    """What the client makes, and nobody may have made before."""
    return {
        "complaint_id": str(new_id()),
        "consultation_id": str(new_id()),
        "message_id": str(new_id()),
        "supplement_id": str(new_id()),
        "signature_id": str(new_id()),
        "check_in_id": str(new_id()),
        "login": f"petugas.{secrets.token_hex(8)}",
        "suffix": secrets.token_hex(8),
    }


def fill_all(case: AnyCase, known: Values) -> None:
    for where, values in (
        (ParameterLocation.PATH, case.path_parameters),
        (ParameterLocation.QUERY, case.query),
        (ParameterLocation.BODY, case.body),
    ):
        if means_well(case, where):
            fill(values, known)
    if means_well(case, ParameterLocation.BODY) and isinstance(case.body, str):
        case.body = known.get("content", "")


def means_well(case: AnyCase, where: ParameterLocation) -> bool:
    return case.meta is not None and not case.meta.is_negative_at(where)


def fill(value: object, known: Values) -> None:
    """Put the real value wherever a field of this name has some text, or a list of ids."""
    if isinstance(value, dict):
        for name in value.keys() & known.keys():
            value[name] = filled(value[name], known[name])
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        fill(each, known)


def filled(value: object, real: str) -> object:
    """A text becomes the real value; so does each of a list of texts."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return [real for _ in value]
    return real if isinstance(value, str) else value
