"""What is refused, who sees what, and what can be looked up."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.web.clock import present
from tests.cases import handling
from tests.referrals.forwarding import (
    Cast,
    answer,
    answered,
    decided,
    decree,
    forward,
    forwarded,
    listed,
    read,
    state_of,
)


@pytest.mark.parametrize(
    ("sanctions", "changes", "pointer"),
    [
        ([{"kind": "demotion", "months": 3}], {}, "/rulings/0/sanctions/0/months"),
        ([{"kind": "pppk-warning"}], {}, "/rulings/0/sanctions/0/kind"),
        ([{"kind": "rekaan"}], {}, "/rulings/0/sanctions/0/kind"),
        ([{"kind": "moral-open"}], {"decree_on": "2999-01-01"}, "/decree_on"),
        ([{"kind": "moral-open"}, {"kind": "moral-open"}], {}, "/rulings"),
    ],
)
async def test_a_decree_that_the_law_does_not_know_is_refused(
    cast: Cast, sanctions: list[dict[str, str]], changes: dict[str, str], pointer: str
) -> None:
    case = await decided(cast)
    to = {"authority": "staffing-authority", "office_id": cast.agency}
    referral = await forwarded(cast, case, **to)
    await answered(cast, referral, "acknowledgement", cast.ppk)

    refused = await answer(
        cast, referral, "decision", cast.ppk, **decree(case, sanctions, **changes)
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await read(cast, referral, cast.ppk))["standings"][0]["rulings"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"category": "criminal", "authority": "gakkumdu"}, "/category"),
        ({"letter_on": "2999-01-01"}, "/letter_on"),
        ({"letter_on": "2024-10-01"}, "/letter_on"),
        ({"person_ids": ["01932b5e-7c00-7000-8000-00000000dead"]}, "/person_ids"),
        ({"office_id": "01932b5e-7c00-7000-8000-00000000dead"}, "/office_id"),
    ],
)
async def test_a_letter_that_does_not_fit_the_decision_is_refused(
    cast: Cast, changes: dict[str, str], pointer: str
) -> None:
    case = await decided(cast)

    refused = await forward(cast, case, **changes)

    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert await state_of(cast, case) == "violation"


async def test_before_september_2024_it_is_kasn(cast: Cast) -> None:
    ago = present() - datetime(2024, 8, 28, 2, tzinfo=UTC)
    case = await decided(cast, ago=ago, held_on="2024-08-29")

    too_early = await forward(cast, case, letter_on="2024-08-31")
    too_late = await forward(cast, case, authority="kasn", letter_on="2024-09-01")
    in_time = await forwarded(cast, case, authority="kasn", letter_on="2024-08-31")

    for refused, competent in ((too_early, "kasn"), (too_late, "bkn")):
        [error] = refused.json()["errors"]
        assert (refused.status_code, error["code"]) == (422, "not-competent")
        assert competent in error["message"]
    assert (in_time["authority_code"], in_time["flow"]) == ("kasn", "asn_oversight")


async def test_an_office_of_another_authority_is_no_addressee(cast: Cast) -> None:
    case = await decided(cast)

    refused = await forward(cast, case, office_id=cast.agency)

    assert refused.json()["errors"][0]["code"] == "wrong-office"


async def test_only_a_member_of_the_holder_forwards(cast: Cast) -> None:
    case = await decided(cast)
    elsewhere = await handling.member(cast.sessions, cast.keys, "bawaslu-73")

    handler = await forward(Cast(**{**cast.__dict__, "member": cast.desk}), case)
    superior = await forward(Cast(**{**cast.__dict__, "member": elsewhere}), case)

    assert (handler.status_code, superior.status_code) == (403, 403)


async def test_an_officer_too_near_to_the_case_does_not_see_its_referral(cast: Cast) -> None:
    case = await decided(cast)
    referral = await forwarded(cast, case)
    path = f"/cases/{case['id']}/conflicts"
    declared = await cast.client.post(path, json={}, headers=dict(cast.desk))
    assert declared.status_code == 201, declared.text

    one = await cast.client.get(f"/referrals/{referral['id']}", headers=dict(cast.desk))

    assert one.status_code == 404
    assert await listed(cast, cast.desk) == []
    assert len(await listed(cast, cast.member)) == 1


async def test_the_dossier_takes_the_redacted_summary_and_never_the_reporters_words(
    cast: Cast,
) -> None:
    case = await decided(cast)
    referral = await forwarded(cast, case, event="Rekaan: kalimat surat.")

    said = await read(cast, referral, cast.member)

    assert said["dossier"]["event"]["what"] == "Rekaan: kalimat surat."
    assert "apel pagi" not in str(said["dossier"])
    assert UUID(said["dossier"]["persons"][0]["id"]) == UUID(case["person_ids"][0])
    assert said["dossier_sha256"] == said["dossier_sha256"].lower()


async def test_without_words_of_the_letter_it_is_the_summary_or_the_kind_of_violation(
    cast: Cast,
) -> None:
    named = await forwarded(cast, await decided(cast))
    case = await decided(cast)
    path, patch = f"/complaints/{case['complaint_id']}", {"summary": "Rekaan: ringkasan petugas."}
    now = await cast.client.get(path, headers=dict(cast.desk))
    headers = dict(cast.desk) | {
        "If-Match": now.headers["etag"],
        "Content-Type": "application/merge-patch+json",
    }
    assert (await cast.client.patch(path, json=patch, headers=headers)).status_code == 200
    summed = await forwarded(cast, case)

    first = (await read(cast, named, cast.member))["dossier"]
    second = (await read(cast, summed, cast.member))["dossier"]

    assert first["event"]["what"] == first["violations"][0]["name"]
    assert first["violations"][0]["legal_basis"]
    assert second["event"]["what"] == "Rekaan: ringkasan petugas."
    assert "apel pagi" not in str(first) + str(second)


async def test_authorities_and_sanctions_can_be_read(cast: Cast) -> None:
    asked = {"category": "other_law", "group": "pns", "on": "2024-08-31"}
    then = await cast.client.get("/authorities", params=asked, headers=dict(cast.ppk))
    kinds = await cast.client.get(
        "/sanction-kinds",
        params={"on": "2024-11-01", "count": "exact", "limit": 5},
        headers=dict(cast.ppk),
    )
    rest = await cast.client.get(
        "/sanction-kinds",
        params={"on": "2024-11-01", "cursor": kinds.json()["next_cursor"]},
        headers=dict(cast.ppk),
    )

    assert [each["code"] for each in then.json()["items"]] == ["kasn", "staffing-authority"]
    assert kinds.json()["total"] == 5 + len(rest.json()["items"])
