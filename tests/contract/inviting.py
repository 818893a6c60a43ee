"""What the answers of the invited leave, for the operations that read it."""

from collections.abc import Mapping
from typing import Final

from tests.contract.crew import Crew, Prepare, Values
from tests.evidence.samples import photograph
from tests.evidence.sending import Sender
from tests.rakor.meeting import answer, told


async def represented(crew: Crew) -> Values:
    """An invitation to which a deputy comes, and his letter of duty."""
    event = await crew.invited()
    said = await answer(crew.client, event["code"], answer="sends_deputy", deputy_post="Sekretaris")
    told(said, 200)
    sender = Sender(
        crew.client, crew.desk.headers, said={"invitation_id": str(event["invitation_id"])}
    )
    place = await sender.sent(photograph())
    return event | {"evidence_id": place.rpartition("/")[2]}


LASTING: Final[Mapping[str, Prepare]] = {
    "list_invitation_mails": Crew.invited,
    "open_duty_letter": represented,
}
