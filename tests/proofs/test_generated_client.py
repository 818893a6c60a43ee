"""A client that a machine wrote, with nothing but the contract to go by."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from app.core.actors import Permission
from app.core.ids import new_id
from tests.complaints.filing import complaint
from tests.people import PASSWORD, add_officer, add_system
from tests.proofs.live import Live

PACKAGE = "netra_client"
OFFICE = "bawaslu-73.04"
DISTRICT = "73.04.02"
# It would run a linter over what it wrote, by way of the network where there is none. Formats that
# it does not know by name it can pass on as bytes.
CONFIGURATION = """\
post_hooks: []
content_type_overrides:
  application/pdf: application/octet-stream
  application/zip: application/octet-stream
  application/atom+xml: application/octet-stream
  application/offset+octet-stream: application/octet-stream
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
  application/x-ndjson: application/octet-stream
  text/csv: application/octet-stream
  text/plain: application/octet-stream
  "*/*": application/octet-stream
"""
METHODS = {"get", "put", "post", "patch", "delete"}


@dataclass(frozen=True)
class Generated:
    """The package that the generator wrote; its functions are named after the operations."""

    url: str

    def __getattr__(self, name: str) -> Any:
        """A class of the package: `Client`, or a schema of the contract by its name."""
        for module in ("client", "models"):
            if hasattr(found := import_module(f"{PACKAGE}.{module}"), name):
                return getattr(found, name)
        raise AttributeError(name)

    async def call(self, operation: str, token: str | None = None, **arguments: Any) -> Any:
        """Call an operation (its tag and its id) as nobody, or with a credential."""
        caller = self.Client(self.url)
        if token is not None:
            scheme, _, credential = token.partition(" ")
            caller = self.AuthenticatedClient(self.url, token=credential, prefix=scheme)
        module = import_module(f"{PACKAGE}.api.{operation}")
        async with caller:
            return await module.asyncio_detailed(client=caller, **arguments)


@pytest.fixture(scope="module")
def generated(live: Live, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generated]:
    folder = tmp_path_factory.mktemp("client")
    generate(live, folder)
    sys.path.insert(0, str(folder))
    yield Generated(live.service.url)
    sys.path.remove(str(folder))


def generate(live: Live, folder: Path) -> None:
    """Let the generator write the client; what it cannot express is a failure of the contract."""
    configuration = folder / "configuration.yml"
    configuration.write_text(CONFIGURATION)
    generator = (sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning")
    source = ("--url", f"{live.service.url}/openapi.json")
    target = ("--output-path", folder / PACKAGE, "--config", configuration, "--meta", "none")
    done = subprocess.run(  # noqa: S603  this very Python
        [*generator, *source, *target], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def filed(generated: Generated, **changes: Any) -> Any:
    return generated.PhoneComplaintIn.from_dict(complaint(**changes))


async def signed_in(generated: Generated, **form: str) -> str:
    """Sign in at the token end point, with the form that the contract has for this grant."""
    kinds = {"password": "GrantTokenPasswordGrant", "client_credentials": "GrantTokenClientGrant"}
    body = getattr(generated, kinds[form["grant_type"]]).from_dict(form)
    answer = await generated.call("accounts.grant_token", body=body)
    assert answer.status_code == 200, answer.content
    return f"{answer.parsed.token_type} {answer.parsed.access_token}"


async def test_every_operation_of_the_contract_has_its_function(
    generated: Generated, phone: AsyncClient, live: Live
) -> None:
    contract = (await phone.get(f"{live.service.url}/openapi.json")).json()

    operations = [
        (operation["tags"][0], operation["operationId"])
        for path in contract["paths"].values()
        for method, operation in path.items()
        if method in METHODS
    ]

    assert len(operations) > 50
    for tag, name in operations:
        module = import_module(f"{PACKAGE}.api.{tag}.{name}")
        assert isinstance(module.asyncio_detailed, Callable)  # type: ignore[arg-type]


async def test_a_generated_client_files_a_complaint_and_repeats_it(generated: Generated) -> None:
    id, body = new_id(), filed(generated)

    first = await generated.call("complaints.put_complaint", complaint_id=id, body=body)
    second = await generated.call("complaints.put_complaint", complaint_id=id, body=body)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.parsed == first.parsed
    assert second.parsed.receipt_code


async def test_a_generated_client_understands_a_refusal(generated: Generated) -> None:
    body = filed(generated, event={"region_code": "99.99"})

    answer = await generated.call("complaints.put_complaint", complaint_id=new_id(), body=body)

    assert answer.status_code == 422
    assert [each.code for each in answer.parsed.errors] == ["unknown-region"]


async def test_a_generated_client_follows_a_complaint_by_its_receipt(generated: Generated) -> None:
    id, body = new_id(), filed(generated)
    answer = await generated.call("complaints.put_complaint", complaint_id=id, body=body)

    followed = await generated.call("receipt.read_receipt", f"Receipt {answer.parsed.receipt_code}")

    assert followed.parsed.id == id
    assert followed.parsed.holder.name == "Bawaslu Kabupaten Jeneponto"
    assert [line.status for line in followed.parsed.timeline] == [followed.parsed.status]


async def test_a_generated_client_lists_complaints_page_by_page(
    generated: Generated, live: Live
) -> None:
    ids = {new_id() for _ in range(3)}
    for id in ids:
        body = filed(generated, event={"region_code": DISTRICT})
        await generated.call("complaints.put_complaint", complaint_id=id, body=body)
    account = await add_officer(live.sessions, live.keys, role="handler", office_code=OFFICE)
    token = await signed_in(
        generated, grant_type="password", username=account.login, password=PASSWORD
    )

    listed, cursor = set(), None
    while True:
        wanted = {"limit": 2, "region": DISTRICT} | ({"cursor": cursor} if cursor else {})
        page = (await generated.call("complaints.list_complaints", token, **wanted)).parsed
        listed |= {each.id for each in page.items}
        cursor = page.next_cursor
        if cursor is None:
            break

    assert ids <= listed


async def test_a_machine_client_pulls_statistics_and_nothing_else(
    generated: Generated, live: Live
) -> None:
    body = filed(generated)
    await generated.call("complaints.put_complaint", complaint_id=new_id(), body=body)
    client, secret = await add_system(live.sessions, scopes={Permission.READ_STATISTICS})
    token = await signed_in(
        generated,
        grant_type="client_credentials",
        client_id=str(client.id),
        client_secret=secret,
        scope="stats:read",
    )

    summary = await generated.call("statistics.read_summary", token, region="73.04")
    refused = await generated.call("complaints.list_complaints", token)

    counted = {each.unit: each.count for each in summary.parsed.figures}
    assert counted["complaint"] >= counted["report"] >= 1
    assert refused.status_code == 403
