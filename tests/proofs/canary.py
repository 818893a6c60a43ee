"""Marked strings in every place where people write of persons, and where attackers write."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

from httpx import AsyncClient, Response

from app.core.ids import new_id
from app.web.clock import present
from tests.complaints.filing import Body, complaint, put, receipt
from tests.declarations.declaring import opened, sign, signature
from tests.people import office_id, officer
from tests.proofs.advising import Advice
from tests.proofs.live import Live
from tests.proofs.marks import Marks
from tests.proofs.questions import consult
from tests.rakor.meeting import NAGARI, WALK_IN, Desk, told

OFFICE = "bawaslu-13.03"
LARGEST_BODY = 2**20
PATIENCE = 60  # half seconds, until the worker must have marked what was filed


def marked_complaint(marks: Marks) -> Body:
    """A complaint with a mark in each place that may speak of a person."""
    return complaint(
        event={
            "what": marks.word("what"),
            "region_code": "13.03",
            "place": marks.word("place"),
            "account": f"Rekaan.\n{marks.word('account')}",
        },
        reporter={
            "name": marks.word("reporter"),
            "capacity": "voter",
            "birth_place": marks.word("birthplace"),
            "occupation": marks.word("occupation"),
            "nationality": marks.word("nationality"),
            "address": marks.word("address"),
            "phone": marks.phone(),
            "email": marks.email(),
            "population_number": marks.population_number(),
        },
        reported_persons=[
            {
                "name": marks.word("reported"),
                "position": marks.word("position"),
                "office": marks.word("office"),
                "address": marks.word("address"),
                "phone": marks.phone(),
                "employee_number": marks.employee_number(),
                "population_number": marks.population_number(),
            }
        ],
        witnesses=[
            {
                "name": marks.word("witness"),
                "address": marks.word("address"),
                "phone": marks.phone(),
            }
        ],
        evidence_notes=[marks.word("evidence")],
    )


@dataclass
class Canary:
    """Somebody who writes marks everywhere, and keeps what the sender and the officers are told."""

    live: Live
    client: AsyncClient
    marks: Marks = field(default_factory=Marks)
    public_title: str = field(default_factory=lambda: f"Ikrar {new_id().hex}")
    told: list[Response] = field(default_factory=list)
    read_back: list[Response] = field(default_factory=list)

    async def sing(self) -> None:
        await self._complain()
        await self._consult()
        await self._declare()
        await self._meet()
        await self._advise()
        await self._open_account()
        async for answer in self._trespass():
            self.told.append(answer)

    async def _desk(self, role: str) -> dict[str, str]:
        return await officer(self.live.sessions, self.live.keys, role=role, office_code=OFFICE)

    async def _complain(self) -> None:
        """File by both doors, repeat, contradict, and let the office read and begin its review."""
        id, body = new_id(), marked_complaint(self.marks)
        answers = [await put(self.client, body, id) for _ in range(2)]
        key = {"Idempotency-Key": self.marks.word("key")}
        for _ in range(2):
            answers.append(await self.client.post("/complaints", json=body, headers=key))
        assert [each.status_code for each in answers] == [201, 200, 201, 201]
        self.told.append(await put(self.client, body | {"channel": "web"}, id))
        desk = await self._desk("handler")
        self.read_back.append(await self.client.get(f"/complaints/{id}", headers=desk))
        await self.client.post(f"/complaints/{id}/review", headers=desk)
        await self._search(desk, str(id))
        await self._correspond(receipt(answers[0].json()), desk, f"/complaints/{id}")

    async def _search(self, desk: dict[str, str], id: str) -> None:
        """Look for what was written until the worker has marked it, and for what is no term."""
        word, path = self.marks.word, "/complaints/search"
        sought = {"words": word("account"), "person": {"name": word("reported")}}
        for _ in range(PATIENCE):
            answer = await self.client.post(path, json=sought, headers=desk)
            if id in answer.text:
                break
            await asyncio.sleep(0.5)
        assert id in answer.text
        self.told.append(answer)
        self.told.append(await self.client.post("/complaints/export", json=sought, headers=desk))
        assert id in self.told[-1].text
        for wrong in (
            {"person": {"phone": word("phone")}},
            {"social": word("social")},
            {"evidence_sha256": word("hash")},
            {word("unknown"): word("unknown")},
            sought | {"cursor": word("cursor")},
        ):
            self.told.append(await self.client.post(path, json=wrong, headers=desk))

    async def _correspond(self, mine: dict[str, str], desk: dict[str, str], path: str) -> None:
        """Leave an address, write both ways, add and take back; the mail server is away."""
        address = {"email": self.marks.email(), "language": "id"}
        told(await self.client.put("/receipt/contact", json=address, headers=mine), 200)
        text = {"text": self.marks.word("message")}
        for _ in range(2):
            message = f"/receipt/messages/{new_id()}"
            told(await self.client.put(message, json=text, headers=mine), 201)
        answer = {"text": self.marks.word("answer")}
        told(await self.client.post(f"{path}/messages", json=answer, headers=desk), 201)
        witness = {"name": self.marks.word("witness")}
        further = {"account": self.marks.word("account"), "witnesses": [witness]}
        supplement = f"/receipt/supplements/{new_id()}"
        told(await self.client.put(supplement, json=further, headers=mine), 201)
        reason = {"reason": self.marks.word("withdrawal")}
        told(await self.client.post("/receipt/withdrawal", json=reason, headers=mine), 200)
        for read in (path, f"{path}/messages", f"{path}/supplements"):
            self.read_back.append(await self.client.get(read, headers=desk))
        for body in ({"email": self.marks.word("email")}, address | {"language": "xx"}):
            self.told.append(await self.client.put("/receipt/contact", json=body, headers=mine))
        wrong = {"text": self.marks.word("long") * 1_000}
        self.told.append(await self.client.put(message, json=wrong, headers=mine))
        self.told.append(await self.client.get("/receipt/contact", headers=mine))

    async def _consult(self) -> None:
        said = await consult(self.client, await self._desk("prevention_staff"), self.marks)
        self.told += said.told
        self.read_back += said.read_back

    async def _declare(self) -> None:
        desk = await self._desk("prevention_staff")
        where = await opened(self.client, desk, title=self.public_title)
        signer = {name: self.marks.word(name) for name in ("name", "position", "office")}
        signer |= {"role": "representative", "represents": self.marks.word("represents")}
        number = self.marks.employee_number()
        answer = await sign(self.client, where, signature(1, employee_number=number, **signer))
        assert answer.status_code == 201, answer.text
        path = f"/declarations/{where['id']}/signatures"
        self.read_back.append(await self.client.get(path, headers=desk))

    async def _meet(self) -> None:
        office = await office_id(self.live.sessions, OFFICE)
        desk = Desk(self.client, await self._desk("prevention_staff"), str(office))
        # On its own days, because whoever is invited answers before they are over.
        now = present()
        days = {"starts_on": f"{now:%Y-%m-%d}", "ends_on": f"{now + timedelta(days=1):%Y-%m-%d}"}
        event = await desk.announce(**days)
        email = f"{self.marks.word('office_email')}@contoh.example"
        invited, other = await desk.invite(event, NAGARI, NAGARI | {"email": email})
        declined = {"answer": "declined", "reason": self.marks.word("reason")}
        deputy = {"answer": "sends_deputy", "deputy_post": "Sekretaris"}
        deputy["deputy_name"] = self.marks.word("deputy")
        for invitation, answer in ((invited, declined), (other, deputy)):
            body = answer | {"code": invitation["code"]}
            told(await self.client.post("/invitation-answers", json=body), 200)
        path = f"{event}/check-ins/{new_id()}"
        here = WALK_IN | {"name": self.marks.word("walk_in"), "captured_at": now.isoformat()}
        told(await desk.put(path, here), 201)
        self.read_back.append(await desk.get(path))
        label = {"label": self.marks.word("device")}
        self.read_back.append(await desk.post(f"{event}/devices", label))
        words = {"text": self.marks.word("minutes")}
        decisions = {"decisions": [{"text": self.marks.word("decision")}]}
        told(await desk.post(f"{event}/minutes", words | decisions), 201)
        self.read_back.append(await desk.get(f"{event}/minutes"))
        for invitation in (invited, other):
            self.read_back.append(await desk.get(f"{event}/invitations/{invitation['id']}"))

    async def _advise(self) -> None:
        office = str(await office_id(self.live.sessions, OFFICE))
        desk = Desk(self.client, await self._desk("prevention_staff"), office)
        advice = Advice(self.live, self.client, self.marks, desk)
        await advice.ask(await self._desk("prevention_staff"))
        await advice.circulate()
        self.told += advice.told
        self.read_back += advice.read_back

    async def _open_account(self) -> None:
        admin = await self._desk("admin")
        login = f"petugas.{new_id().hex[-8:]}"
        form = {"login": login, "name": self.marks.word("officer"), "role": "handler"}
        added = await self.client.post(
            "/officers", json=form | {"office_code": OFFICE}, headers=admin
        )
        id = told(added, 201)["officer"]["id"]
        self.read_back.append(await self.client.get(f"/officers/{id}", headers=admin))
        for name in (login, self.marks.word("login")):
            secret = {"username": name, "password": self.marks.word("password")}
            self.told.append(
                await self.client.post("/auth/token", data={"grant_type": "password", **secret})
            )

    async def _trespass(self) -> AsyncIterator[Response]:
        for body in self._wrong_bodies():
            yield await put(self.client, body)
        for content in self._broken_contents():
            yield await self.client.put(
                f"/complaints/{new_id()}",
                content=content,
                headers={"Content-Type": "application/json"},
            )
        mark = self.marks.word("path")
        for path in (f"/{mark}", f"/complaints/{mark}", f"/complaints?cursor={mark}&{mark}={mark}"):
            yield await self.client.get(path, headers=await self._desk("handler"))
        yield await self.client.get(f"/regions?level={mark}&parent={mark}")
        yield await self.client.request(self.marks.word("method"), "/complaints")
        for headers in self._wrong_headers():
            yield await self.client.get("/receipt", headers=headers)
            if "Authorization" not in headers:  # wrong ones cost more time with each repetition
                yield await self.client.post("/complaints", json=complaint(), headers=headers)

    def _wrong_bodies(self) -> list[Body]:
        word = self.marks.word
        good = marked_complaint(self.marks)
        return [
            good | {word("unknown"): word("unknown")},
            good | {"reporter": good["reporter"] | {word("unknown"): 1}},
            good | {"reporter": good["reporter"] | {"capacity": word("capacity")}},
            good | {"reporter": good["reporter"] | {"email": word("email")}},
            good | {"reporter": good["reporter"] | {"born_on": word("bornon")}},
            good | {"reported_persons": word("list")},
            good | {"reported_persons": [{"name": word("null") + "\x00"}]},
            good | {"reported_persons": [{"name": word("nip"), "employee_number": word("nip")}]},
            good | {"event": good["event"] | {"region_code": word("region")}},
            good | {"event": good["event"] | {"region_code": "99.99"}},
            good | {"event": good["event"] | {"known_on": "2999-01-01"}},
            good | {"election_code": word("election").lower()},
            good | {"channel": word("channel")},
            good | {"receipt_secret": word("secret")},
            good | {"statement_of_truth": word("truth")},
        ]

    def _broken_contents(self) -> list[bytes]:
        mark = self.marks.word("broken").encode()
        return [
            b'{"reporter": {"name": "' + mark,
            b'{"reporter": "' + mark + b'\xff"}',
            b'{"channel": "' + mark + b'\\ud800"}',
            b"nama=" + mark,
            b"[" * 5_000 + mark,
            b'"' + mark * (LARGEST_BODY // len(mark)) + b'"',
        ]

    def _wrong_headers(self) -> list[dict[str, str]]:
        word = self.marks.word
        ordinary = {name: word(name) for name in ("User-Agent", "Referer", "Cookie", "Origin")}
        return [
            ordinary | {"X-Forwarded-For": self.marks.address, "Forwarded": self.marks.address},
            {"Accept-Language": word("language"), "traceparent": word("trace")},
            {"Authorization": f"Receipt {word('receipt')}"},
            {"Authorization": f"Bearer {word('bearer')}"},
            {"Authorization": f"{word('scheme')} {word('credential')}"},
            {"Idempotency-Key": f"{word('key')} {word('key')}"},
            {"Content-Type": word("type"), "If-None-Match": word("tag")},
            {word("header"): word("header")},
        ]
