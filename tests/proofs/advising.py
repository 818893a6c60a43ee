"""Marks in what people write when they ask before acting, and when they answer a circular."""

from httpx import AsyncClient, Response

from app.core.ids import new_id
from tests.circulars import circulating
from tests.consultations import asking
from tests.consultations.asking import receipt
from tests.proofs.live import Live
from tests.proofs.marks import Marks
from tests.rakor.meeting import Desk, told

AGENCY = "Dinas Rekaan"


class Advice:
    """Somebody who asks and a desk that answers; an office that reports by its link."""

    def __init__(self, live: Live, client: AsyncClient, marks: Marks, desk: Desk) -> None:
        self.live = live
        self.client = client
        self.marks = marks
        self.desk = desk
        self.told: list[Response] = []
        self.read_back: list[Response] = []

    async def ask(self, other: dict[str, str]) -> None:
        """Ask with a name, write both ways, answer, draft a text, and let the other refuse it."""
        word = self.marks.word
        body = asking.question(region_code="13.03", question=word("question"), name=word("asker"))
        put = await asking.put(self.client, body)
        filed = told(put, 201)
        self.told.append(put)
        self.told.append(await asking.put(self.client, body | {"asker": word("kind")}))
        path = f"/consultations/{filed['id']}"
        mine = receipt(filed)
        said = {"text": word("message")}
        kept = await self.client.put(
            f"/receipt/consultation/messages/{new_id()}", json=said, headers=mine
        )
        told(kept, 201)
        told(await self.desk.post(f"{path}/messages", {"text": word("reply")}), 201)
        answer = dict(asking.ANSWER) | {"text": word("advice")}
        told(await self.desk.post(f"{path}/answers", answer), 201)
        draft = {"question": word("draft"), "answer": word("published")}
        drafted = told(await self.desk.post(f"{path}/publications", draft), 201)
        refused = await self.client.post(
            f"{path}/publications/{drafted['id']}/rejection",
            json={"reason": word("refusal")},
            headers=other,
        )
        told(refused, 200)
        self.read_back += [await self.desk.get(path), await self.desk.get(f"{path}/messages")]

    async def circulate(self) -> None:
        """Let an office answer a circular by its link, on its page, and wrongly."""
        to = {"category": "other", "region_code": "13.03", "names": [AGENCY]}
        issued = await circulating.issue(self.desk, addressees=[to])
        code = (await circulating.codes(self.desk, issued))[AGENCY]
        first, second = (each["id"] for each in issued["obligations"])
        report = {
            "code": code,
            "obligation_id": first,
            "done_on": issued["dated_on"],
            "note": self.marks.word("report"),
            "letter_number": self.marks.word("letter"),
        }
        kept = {"code": code, "email": self.marks.email()}
        self.told.append(await self.client.put("/circular-answers/contact", json=kept))
        for wrong in (
            report | {"obligation_id": self.marks.word("obligation")},
            report | {"done_on": "2999-01-01"},
            report | {self.marks.word("unknown"): self.marks.word("unknown")},
            report | {"code": self.marks.word("code")},
        ):
            self.told.append(await self.client.post("/circular-answers/reports", json=wrong))
        told(await self.client.post("/circular-answers/reports", json=report), 201)
        self.told.append(await self.client.post("/circular-answers/reports", json=report))
        page = f"{self.live.service.url}/circular-answers"
        typed = report | {"obligation_id": second, "step": "report"}
        assert (await self.client.post(page, data=typed)).status_code == 200
        # What was typed wrongly stands in the form again, and nowhere else.
        await self.client.post(page, data=typed | {"done_on": self.marks.word("day")})
        [addressee] = told(await self.desk.get(f"/circulars/{issued['id']}/addressees"), 200)[
            "items"
        ]
        path = f"/circulars/{issued['id']}/addressees/{addressee['id']}"
        self.read_back.append(await self.desk.get(path))
