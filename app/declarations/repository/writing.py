from collections.abc import Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Uuid,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import bound, given, insert_each
from app.declarations.models.declarations import Signature, Signer, Target
from app.declarations.rules.wishes import Recorded, Wish, frees

# Of the tables: what the toolkit does for objects costs a batch a fiftieth, and none are made here.
_SIGNATURE: Final = Signature.__table__.c
_TARGET: Final = Target.__table__.c
RECORDED: Final = tuple(
    _SIGNATURE[name]
    for name in (
        "id",
        "region_id",
        "region_code",
        "declaration_id",
        "group",
        "role",
        "method",
        "captured_at",
        "recorded_at",
        "leaf_index",
        "state",
        "check",
        "stands_for",
    )
)
_WRITTEN: Final = tuple(
    each.key for each in Signature.__table__.columns if each.key != "stands_for"
)
# In words: a parameter would keep PostgreSQL from using the index of those that were not rejected.
IS_NOT_REJECTED: Final[ColumnElement[bool]] = _SIGNATURE.check != literal_column("'rejected'")
_VALID: Final[ColumnElement[str]] = literal_column("'valid'")
_SIGNERS: Final = (
    "region_id",
    "signature_id",
    "region_code",
    "salt",
    "sealed",
    "secret_hash",
    "for_target",
)


class WritingRepository:
    """Writes signatures by the batch; the caller holds the log, so that nobody writes beside it."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def earlier(self, wishes: Sequence[Wish]) -> dict[int, list[Recorded]]:
        """By the place of the wish: the signatures with its id in its region, of its person in this
        declaration and region, and of its target, by that id or standing for it."""
        found: dict[int, list[Recorded]] = {}
        for place, *columns in await self.session.execute(_earlier(), _sought(wishes)):
            recorded = Recorded(*columns)
            if not frees(recorded, wishes[place]):
                found.setdefault(place, []).append(recorded)
        return found

    async def under_targets(self, wishes: Sequence[Wish]) -> set[tuple[int, UUID]]:
        """Where among these the id is that of a target of any declaration, by region and id."""
        if not wishes:
            return set()
        values = bound(
            "wish",
            region_id=(each.region_id for each in wishes),
            id=(each.id for each in wishes),
        )
        return {(region_id, id) for region_id, id in await self.session.execute(_targets(), values)}

    async def add(self, wishes: Sequence[Wish], recorded: Sequence[Recorded]) -> None:
        """Insert what was decided, with the signers that no roster holds."""
        rows = [_row(*each) for each in zip(wishes, recorded, strict=True)]
        await insert_each(self.session, Signature, _WRITTEN, rows)
        signers = [
            (
                each.region_id,
                each.id,
                each.region_code,
                each.salt,
                each.sealed,
                each.secret_hash,
                each.for_target,
            )
            for each in wishes
            if each.sealed is not None
        ]
        await insert_each(self.session, Signer, _SIGNERS, signers)


def _sought(wishes: Sequence[Wish]) -> dict[str, list[object]]:
    """The ids of wishes and of their targets, and the persons; each with the place of its wish."""
    ids = [(place, each.id) for place, each in enumerate(wishes)]
    ids += [(place, each.stands_for) for place, each in enumerate(wishes) if each.stands_for]
    marked = [
        (place, mark)
        for place, each in enumerate(wishes)
        for mark in {each.person_key, *each.marks}
    ]
    return bound(
        "wish",
        place=(place for place, _ in ids),
        region_id=(wishes[place].region_id for place, _ in ids),
        id=(id for _, id in ids),
    ) | bound(
        "person",
        place=(place for place, _ in marked),
        region_id=(wishes[place].region_id for place, _ in marked),
        declaration_id=(wishes[place].declaration_id for place, _ in marked),
        person_key=(mark for _, mark in marked),
    )


def _one(*conditions: ColumnElement[bool]) -> Any:
    return select(*RECORDED).where(*conditions).limit(1).lateral()


@cache
def _targets() -> Any:
    wish = given("wish", region_id=Integer(), id=Uuid())
    same = (_TARGET.region_id == wish.c.region_id) & (_TARGET.id == wish.c.id)
    return select(_TARGET.region_id, _TARGET.id).join(wish, same)


@cache
def _earlier() -> Any:
    by_id = given("wish", place=Integer(), region_id=Integer(), id=Uuid())
    # Row by row, whatever the planner thinks of a table that grows by thousands a second: it would
    # read all of it, as it does with a small one.
    same_id = _one(_SIGNATURE.region_id == by_id.c.region_id, _SIGNATURE.id == by_id.c.id)
    stands_for = _one(
        _SIGNATURE.region_id == by_id.c.region_id,
        _SIGNATURE.stands_for == by_id.c.id,
        _SIGNATURE.state == _VALID,
    )
    return union_all(
        select(by_id.c.place, same_id).join(same_id, true()),
        _same_person(),
        select(by_id.c.place, stands_for).join(stands_for, true()),
    )


def _same_person() -> Any:
    by_person = given(
        "person",
        place=Integer(),
        region_id=Integer(),
        declaration_id=Uuid(),
        person_key=LargeBinary(),
    )
    # As bounds and in this order, so that only the index of persons serves: of an empty table the
    # planner believes any other as good, and keeps to it while the table grows.
    person = (_SIGNATURE.declaration_id, _SIGNATURE.person_key)
    wanted = tuple_(by_person.c.declaration_id, by_person.c.person_key)
    same = (
        select(*RECORDED)
        .where(_SIGNATURE.region_id == by_person.c.region_id, IS_NOT_REJECTED)
        .where(tuple_(*person) >= wanted, tuple_(*person) <= wanted)
        .order_by(*person)
        .limit(1)
        .lateral()
    )
    return select(by_person.c.place, same).join(same, true())


def _row(wish: Wish, recorded: Recorded) -> tuple[object, ...]:
    """In the order of the columns of the table."""
    return (
        wish.region_id,
        wish.id,
        wish.declaration_id,
        wish.region_code,
        wish.group,
        wish.role,
        wish.method,
        wish.key_id,
        wish.person_key,
        wish.captured_at,
        recorded.recorded_at,
        recorded.leaf_index,
        recorded.state,
        recorded.check,
    )
