"""What the operations of events have in common: who may, and how they are asked for."""

from fastapi import Body

from app.core.actors import Permission
from app.web.door import needs
from app.web.idempotency import idempotent
from app.web.rehearsal import can_be_rehearsed

may_read = needs(Permission.READ_EVENTS)
may_manage = needs(Permission.MANAGE_EVENTS)
acts = [may_manage, idempotent, can_be_rehearsed]
changes = [may_manage, can_be_rehearsed]
# Only a member of the organising office presides.
presides = [needs(Permission.APPROVE_MINUTES), idempotent, can_be_rehearsed]

MERGE_PATCH = Body(media_type="application/merge-patch+json")
