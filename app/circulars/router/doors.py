"""What the operations of circulars have in common: who may, and how they are asked for."""

from fastapi import Body

from app.core.actors import Permission
from app.web.door import anyone, needs
from app.web.idempotency import idempotent
from app.web.rehearsal import can_be_rehearsed

may_read = needs(Permission.READ_CIRCULARS)
may_manage = needs(Permission.MANAGE_CIRCULARS)
acts = [may_manage, idempotent, can_be_rehearsed]
answers = [may_read, idempotent, can_be_rehearsed]
steps = [anyone, idempotent, can_be_rehearsed]
changes = [may_manage, can_be_rehearsed]

MERGE_PATCH = Body(media_type="application/merge-patch+json")
