"""Witnesses are offices outside that cosign what is consistent with what they saw before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import Conflict, Fault, Invalid, NotAllowed, NotFound
from app.core.paging import Found, Slice
from app.core.places import NATIONAL, Subject
from app.core.texts import Text
from app.ledger.models import LedgerCheckpoint, LedgerCosignature, LedgerWitness
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.repository.witnesses import CosignatureRepository, WitnessRepository
from app.ledger.rules.checkpoints import Checkpoint, NotACheckpoint
from app.ledger.rules.cosigning import CosignatureVerifier
from app.ledger.rules.logs import LogName
from app.ledger.rules.notes import NoteSignature, NoteWrong, OpenedNote, open_note
from app.ledger.schemas import LogWitnessIn


class NationalOnly(NotAllowed):
    """Witnesses watch over the whole country's logs."""

    code = "national-only"
    text = Text("Hanya admin pusat yang dapat.", "Only an admin of the head office can.")


class WitnessKnown(Conflict):
    """Two witnesses under one name could not be told apart."""

    code = "witness-known"
    text = Text("Saksi dengan nama ini sudah terdaftar.", "A witness of this name is registered.")


class WitnessKeyKnown(Conflict):
    """A cosignature names no witness: one key under two names would look like two."""

    code = "witness-key-known"
    text = Text("Saksi dengan kunci ini sudah terdaftar.", "A witness with this key is registered.")


class CosignatureRefused(Invalid):
    """It is no checkpoint with a valid cosignature of somebody whom we know."""

    code = "cosignature-refused"
    text = Text(
        "Bukan titik periksa dengan tanda tangan sah dari saksi terdaftar.",
        "This is no checkpoint with a valid cosignature of a registered witness.",
    )


class NotOurCheckpoint(Conflict):
    """Whoever has seen it should raise the alarm: we have not published it."""

    code = "not-our-checkpoint"
    text = Text(
        "Titik periksa ini tidak pernah kami terbitkan: simpan dan laporkan.",
        "We never published this checkpoint: keep it, and raise the alarm.",
    )


WRONG_KEY = Fault(
    "/verifier_key",
    "verifier-key-wrong",
    Text("Bukan kunci saksi C2SP (jenis 0x04).", "This is no key of a C2SP witness (kind 0x04)."),
)


class WitnessService:
    """Who may cosign, and what they said."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.witnesses = WitnessRepository(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def find(self, wanted: Slice) -> Found[LedgerWitness]:
        return await self.witnesses.find(wanted)

    async def register(self, form: LogWitnessIn) -> LedgerWitness:
        self._refuse_local()
        try:
            key = CosignatureVerifier.parse(form.verifier_key)
        except NoteWrong as wrong:
            raise Invalid(WRONG_KEY) from wrong
        await self._refuse_known(key)
        witness = LedgerWitness(
            name=key.name, operator=form.operator, verifier_key=form.verifier_key, since=self.now
        )
        self.witnesses.add(witness)
        await self.journal.record("witness.registered", _subject(witness))
        return witness

    async def end(self, witness_id: UUID) -> LedgerWitness:
        """What it cosigned stays; from now on it cosigns no more."""
        witness = await self.witnesses.get(witness_id, lock=True)
        if witness is None:
            raise NotFound
        self._refuse_local()
        if witness.until is None:
            witness.until = self.now
            await self.journal.record("witness.ended", _subject(witness))
        return witness

    async def cosign(self, log: LogName, note: str) -> str:
        """Keep what registered witnesses say of a checkpoint of ours; repeats change nothing.

        Returns the checkpoint with all that is known to be said of it.
        """
        witnesses = {each.name: each for each in await self.witnesses.in_office()}
        keys = [CosignatureVerifier.parse(each.verifier_key) for each in witnesses.values()]
        opened = _opened(note, keys)
        ours = await self._ours(log, opened.text)
        for said in opened.signatures:
            await self._keep(ours, witnesses[said.name], said)
        lines = await CosignatureRepository(self.session, log).lines(ours.size)
        return ours.note + "".join(lines)

    async def _keep(
        self, ours: LedgerCheckpoint, witness: LedgerWitness, said: NoteSignature
    ) -> None:
        kept = LedgerCosignature(
            log=ours.log, size=ours.size, witness_id=witness.id, line=said.line(), at=self.now
        )
        if await CosignatureRepository(self.session, ours.log).add(kept):
            of = {"log": ours.log.value, "size": ours.size}
            await self.journal.record("witness.cosigned", _subject(witness), **of)

    async def _ours(self, log: LogName, text: str) -> LedgerCheckpoint:
        try:
            said = Checkpoint.read(text)
        except NotACheckpoint as wrong:
            raise CosignatureRefused from wrong
        ours = await CheckpointRepository(self.session, log).of_size(said.size)
        if ours is None or not ours.note.startswith(f"{text}\n"):
            raise NotOurCheckpoint
        return ours

    async def _refuse_known(self, key: CosignatureVerifier) -> None:
        for each in await self.witnesses.in_office():
            if each.name == key.name:
                raise WitnessKnown
            if CosignatureVerifier.parse(each.verifier_key).public_key == key.public_key:
                raise WitnessKeyKnown

    def _refuse_local(self) -> None:
        if self.actor.kind is not ActorKind.SYSTEM and self.actor.area != "":
            raise NationalOnly


def _opened(note: str, witnesses: Sequence[CosignatureVerifier]) -> OpenedNote:
    try:
        return open_note(note, witnesses)
    except NoteWrong as wrong:
        raise CosignatureRefused from wrong


def _subject(witness: LedgerWitness) -> Subject:
    return Subject(witness.id, NATIONAL.region_id, NATIONAL.region_code)
