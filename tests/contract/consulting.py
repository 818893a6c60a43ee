"""Questions, answers and what is published of them, for the contract to be tried on."""

from collections.abc import Mapping
from typing import Final

from app.core.ids import new_id
from tests.consultations.asking import ANSWER, TEXT, ask, receipt
from tests.contract.crew import Crew, Prepare, Values
from tests.people import officer
from tests.rakor.meeting import told


async def asked(crew: Crew) -> Values:
    filed = await ask(crew.client, region_code=crew.region)
    return {"consultation_id": filed["id"], "receipt": receipt(filed)["Authorization"]}


async def answered(crew: Crew) -> Values:
    return await _answered(crew, await _staff(crew))


async def drafted(crew: Crew) -> Values:
    """A text of somebody who is not asked to approve it."""
    staff = await _staff(crew)
    thing = await _answered(crew, staff)
    path = f"/consultations/{thing['consultation_id']}/publications"
    publication = told(await crew.post(path, TEXT, staff), 201)
    return thing | {"publication_id": publication["id"]}


async def published(crew: Crew) -> Values:
    thing = await drafted(crew)
    path = f"/consultations/{thing['consultation_id']}/publications/{thing['publication_id']}"
    told(await crew.post(f"{path}/approval", {}, await _staff(crew)), 200)
    return thing


async def written(crew: Crew) -> Values:
    """A question whose author wrote to the office."""
    thing = await asked(crew)
    id, headers = str(new_id()), {"Authorization": thing["receipt"]}
    path = f"/receipt/consultation/messages/{id}"
    told(await crew.client.put(path, json={"text": "Rekaan."}, headers=headers), 201)
    return thing | {"up_to": id}


async def _answered(crew: Crew, staff: Values) -> Values:
    thing = await asked(crew)
    path = f"/consultations/{thing['consultation_id']}/answers"
    told(await crew.post(path, ANSWER, staff), 201)
    return thing


async def _staff(crew: Crew) -> Values:
    return await officer(
        crew.sessions, crew.keys, role="prevention_staff", office_code=f"bawaslu-{crew.region}"
    )


USED_UP: Final[Mapping[str, Prepare]] = {
    "answer_consultation": asked,
    "draft_publication": answered,
    "approve_publication": drafted,
    "reject_publication": drafted,
    "withdraw_publication": published,
    "mark_consultation_messages_read": written,
}
LASTING: Final[Mapping[str, Prepare]] = {
    "read_consultation": answered,
    "read_consultation_history": answered,
    "list_consultation_messages": written,
    "write_consultation_message": asked,
    "read_published_answer": published,
    "rate_published_answer": published,
}
