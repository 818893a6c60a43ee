"""One run of schemathesis over the whole contract, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import schemathesis
from fastapi import FastAPI
from schemathesis import BaseSchema, HookContext, Response, engine
from schemathesis.engine import StopReason, events
from schemathesis.engine.recorder import ScenarioRecorder

from tests.contract.prompter import AnyCase, Prompter

CONFIGURATION: Final = Path(__file__).with_name("schemathesis.toml")


@dataclass
class Trial:
    """What every operation answered, and which checks it failed, each with one way to see it."""

    statuses: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    failures: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    errors: list[str] = field(default_factory=list)
    ended: StopReason | None = None

    def hear(self, event: events.EngineEvent) -> None:
        match event:
            case events.ScenarioFinished():
                self.add(event.recorder)
            case events.NonFatalError():
                self.errors.append(f"{event.label}: {event.info.format()}")
            case events.FatalError():
                raise event.exception
            case events.EngineFinished():
                self.ended = event.stop_reason

    def add(self, recorder: ScenarioRecorder) -> None:
        for id, node in recorder.cases.items():
            name = node.value.operation.definition.raw["operationId"]
            answer = recorder.find_response(case_id=id)
            if answer is not None:
                self.statuses[name].add(answer.status_code)
            for check in recorder.checks.get(id, ()):
                if check.failure_info is not None:
                    failure = check.failure_info.failure
                    said = f"{failure.title}: {failure.message}"
                    self.failures[name].setdefault(said, check.failure_info.code_sample)


@schemathesis.serializer(
    "application/offset+octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
def send_bytes(_: object, value: Any) -> Any:
    """Pieces of a file go out as they are."""
    return value if isinstance(value, bytes) else str(value).encode()


def hold_trial(app: FastAPI) -> Trial:
    """Let schemathesis call the application in process, as its configuration says."""
    config = schemathesis.Config.from_path(CONFIGURATION)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=config)
    let_whisper(Prompter(app.state.stage), schema)
    trial = Trial()
    for event in engine.from_schema(schema).execute():
        trial.hear(event)
    return trial


def let_whisper(prompter: Prompter, schema: BaseSchema) -> None:
    schema.auth.providers.append(prompter)

    # Functions, for schemathesis writes upon its hooks, which a method does not allow.
    @schemathesis.hook
    def before_call(context: HookContext, case: AnyCase, kwargs: dict[str, object]) -> None:
        prompter.prompt(case)

    @schema.hook
    def after_call(context: HookContext, case: AnyCase, response: Response) -> None:
        prompter.listen(case, response)
