"""Accounts that the operator opens beside a running service."""

import subprocess
from pathlib import Path

import httpx
import pytest

from tests.cli.service import NETRA, Service

OFFICER = ("--name", "Andi Contoh", "--role", "admin", "--office", "bawaslu-00")
CLIENT = ("Dasbor Contoh", "--office", "bkn", "--area", "73")


def add(kind: str, home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  our own program
        [NETRA, kind, "add", *arguments, "--data", home],
        capture_output=True,
        text=True,
        check=False,
    )


def printed(added: "subprocess.CompletedProcess[str]") -> dict[str, str]:
    """The names and values below the sentence that says what was done."""
    assert added.returncode == 0, added.stderr
    return dict(line.split(" ") for line in added.stdout.splitlines()[1:])


def sign_in(service: Service, **form: str) -> httpx.Response:
    return httpx.post(f"{service.url}/api/v1/auth/token", data=form)


def test_a_new_officer_signs_in_and_must_change_the_password(lasting: Service) -> None:
    account = printed(add("officer", lasting.home, "admin.contoh", *OFFICER))

    tokens = sign_in(
        lasting,
        grant_type="password",
        username=account["login"],
        password=account["password"],
    )

    headers = {"Authorization": f"Bearer {tokens.json()['access_token']}"}
    me = httpx.get(f"{lasting.url}/api/v1/auth/me", headers=headers).json()
    assert (me["role"], me["must_change_password"]) == ("admin", True)


def test_a_new_system_gets_the_scopes_it_was_given(lasting: Service) -> None:
    scopes = ("--scope", "stats:read", "--scope", "events:read")
    account = printed(add("client", lasting.home, *CLIENT, *scopes))

    tokens = sign_in(lasting, grant_type="client_credentials", **account)

    assert tokens.json()["scope"] == "events:read stats:read"


@pytest.mark.parametrize(
    ("kind", "arguments", "reason"),
    [
        ("officer", ("x", *OFFICER), "login: It does not have the right form"),
        ("officer", ("contoh", *OFFICER[:-1], "bawaslu-99"), "There is no such office"),
        ("client", (*CLIENT, "--scope", "complaints:handle"), "can be given reading only"),
    ],
)
def test_what_the_domain_refuses_is_said_in_its_words(
    lasting: Service, kind: str, arguments: tuple[str, ...], reason: str
) -> None:
    refused = add(kind, lasting.home, *arguments)

    assert refused.returncode == 1
    assert reason in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_login_that_is_taken_is_refused(lasting: Service) -> None:
    printed(add("officer", lasting.home, "dua.kali", *OFFICER))

    refused = add("officer", lasting.home, "dua.kali", *OFFICER)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "This login is taken" in refused.stderr


def test_a_database_without_tables_asks_for_them(home: Path) -> None:
    refused = add("officer", home, "admin.contoh", *OFFICER)

    assert refused.returncode == 1
    assert "run: netra migrate" in refused.stderr
