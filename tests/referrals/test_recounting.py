"""When the law of time changes, the escalation list sees the new dates."""

from app.core.actors import Role
from tests.people import officer
from tests.referrals.forwarding import Cast, decided, forwarded, read

LONGER = {
    "rules": [
        {
            "code": "regional-joint-verification",
            "amount": 30,
            "unit": "calendar_day",
            "source": "Contoh perubahan peraturan",
            "confidence": "unverified",
            "valid_from": "2020-10-01",
        }
    ]
}


async def test_a_referral_is_due_by_the_new_rule(cast: Cast) -> None:
    first, second = [
        await officer(cast.sessions, cast.keys, role=Role.ADMIN, office_code="bawaslu-00")
        for _ in range(2)
    ]
    referral = await forwarded(cast, await decided(cast))
    proposed = await cast.client.post("/clocks/preview", json=LONGER, headers=first)

    path = f"/clocks/previews/{proposed.json()['id']}/approval"
    approved = await cast.client.post(path, headers=second)

    assert approved.status_code == 200, approved.text
    now = await read(cast, referral, cast.member)
    [clock] = (await read(cast, referral, cast.member, "/deadlines"))["items"]
    assert now["next_due_on"] == clock["present"]["due_on"] > referral["next_due_on"]
