"""Signatures by ticket and by the open link, and what the organiser finds, for the contract to be
tried on."""

from collections.abc import Mapping
from typing import Final

from tests.contract.crew import Crew, Prepare, Values
from tests.declarations import declaring, inviting
from tests.rakor.meeting import told

REASON: Final = {"reason": "Rekaan."}


async def invited(crew: Crew) -> Values:
    """Somebody on a roster, with the ticket that was made for him."""
    where = await declaring.opened(crew.client, crew.desk.headers)
    (target,) = await inviting.invite(crew.sessions, crew.keys, where, 1)
    return {"declaration_id": where["id"], "ticket": inviting.ticket(crew.keys, target)}


async def signed(crew: Crew) -> Values:
    thing = await invited(crew)
    told(await inviting.redeem(crew.client, thing["ticket"]), 201)
    return thing


async def waiting(crew: Crew) -> Values:
    """Somebody who signed by the open link beside a roster, and for whom it may stand."""
    where = await declaring.opened(crew.client, crew.desk.headers)
    (target,) = await inviting.invite(crew.sessions, crew.keys, where, 1)
    by_link = told(await declaring.sign(crew.client, where, declaring.signature(2)), 201)
    return {
        "declaration_id": where["id"],
        "signature_id": by_link["id"],
        "stands_for": str(target.id),
    }


async def rejected(crew: Crew) -> Values:
    thing = await waiting(crew)
    path = f"/declarations/{thing['declaration_id']}/signatures/{thing['signature_id']}/rejection"
    told(await crew.post(path, REASON, crew.desk.headers), 200)
    return thing


async def previewed(crew: Crew) -> Values:
    """What a rule found: somebody who signed in two regencies."""
    where = await declaring.opened(crew.client, crew.desk.headers)
    for region in ("13.03", "73.07"):
        body = declaring.signature(region_code=region)
        told(await declaring.sign(crew.client, where, body), 201)
    path = f"/declarations/{where['id']}/invalidations"
    body = {"rule": "same_person_elsewhere"}
    seen = told(await crew.post(path, body, crew.desk.headers), 201)
    return {"declaration_id": where["id"], "invalidation_id": seen["id"]}


async def applied(crew: Crew) -> Values:
    thing = await previewed(crew)
    path = f"/declarations/{thing['declaration_id']}/invalidations/{thing['invalidation_id']}"
    told(await crew.post(f"{path}/approval", {}, crew.desk.headers), 200)
    return thing


USED_UP: Final[Mapping[str, Prepare]] = {
    "sign_by_ticket": invited,
    "withdraw_signature": signed,
    "withdraw_for_signer": waiting,
    "confirm_signature": waiting,
    "reject_signature": waiting,
    "reinstate_signature": rejected,
    "approve_invalidation": previewed,
    "reverse_invalidation": applied,
}

LASTING: Final[Mapping[str, Prepare]] = {
    "read_own_signature": signed,
    "list_candidates": waiting,
    "list_signature_changes": rejected,
    "preview_invalidation": waiting,
    "list_invalidations": previewed,
    "list_found_signatures": previewed,
    "export_links": invited,
    "print_links": invited,
    "issue_link": waiting,
    "read_open_link": Crew.opened,
    "print_open_link": Crew.opened,
}
