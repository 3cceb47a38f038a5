"""A fictional State with a seeded history: its agencies, its weapons' lives, and one half-erased number to trace.

Nothing in it is real but the names of makers and models; the same seed tells the same history, byte for byte.
"""

from tracemark.demo.accounts import DemoAccount, open_accounts
from tracemark.demo.building import Built, Paper, build_state, is_fictional, is_untouched
from tracemark.demo.plants import Plant
from tracemark.demo.region import MEMBERS, Hand, Hop, Member, RegionTold, configured, is_told, open_region, tell_region
from tracemark.demo.shipments import sign_certificate
from tracemark.demo.stories import Story, damaged_serial, story

__all__ = [
    "MEMBERS",
    "Built",
    "DemoAccount",
    "Hand",
    "Hop",
    "Member",
    "Paper",
    "Plant",
    "RegionTold",
    "Story",
    "build_state",
    "configured",
    "damaged_serial",
    "is_fictional",
    "is_told",
    "is_untouched",
    "open_accounts",
    "open_region",
    "sign_certificate",
    "story",
    "tell_region",
]
