"""What is told to whom, and when: slots, selection, composition, alerts. Pure."""

from comtoise.digests.alerts import (
    AlertDecision,
    HoldUntil,
    LeaveToDigest,
    SendNow,
    Why,
    alert_due,
    quiet_until,
)
from comtoise.digests.composition import compose
from comtoise.digests.edits import Edits
from comtoise.digests.selection import Limits, Selection, select
from comtoise.digests.slots import Schedule, due_slots, next_strike, sample_slot, slot_for, slot_named
from comtoise.digests.subscriptions import fits, personal, wanted
from comtoise.digests.weeks import week_of, week_slots

__all__ = [
    "AlertDecision",
    "Edits",
    "HoldUntil",
    "LeaveToDigest",
    "Limits",
    "Schedule",
    "Selection",
    "SendNow",
    "Why",
    "alert_due",
    "compose",
    "due_slots",
    "fits",
    "next_strike",
    "personal",
    "quiet_until",
    "sample_slot",
    "select",
    "slot_for",
    "slot_named",
    "wanted",
    "week_of",
    "week_slots",
]
