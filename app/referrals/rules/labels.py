"""The words for every code of this domain, as /reference serves them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text
from app.referrals.rules.authorities import FLOWS, INSTRUMENTS
from app.referrals.rules.control import CONTROLS
from app.referrals.rules.sanctions import LADDERS
from app.referrals.rules.stages import STAGES
from app.referrals.rules.states import STATES, STATUSES
from app.referrals.rules.steps import OBJECTIONS, SIDES, STEPS

LABELS: Final[dict[str, Mapping[StrEnum, Text]]] = {
    "referral_flow": FLOWS,
    "referral_instrument": INSTRUMENTS,
    "control_kind": CONTROLS,
    "sanction_ladder": LADDERS,
    "referral_stage": STAGES,
    "referral_state": STATES,
    "follow_up_status": STATUSES,
    "referral_step": STEPS,
    "referral_objection": OBJECTIONS,
    "referral_side": SIDES,
}
