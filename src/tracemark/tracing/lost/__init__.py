"""Weapons that are lost or stolen: lists of them shared to chosen nodes or kept of others, and what fits.

Source: PoA II.37, ITI 14.
"""

from tracemark.tracing.lost.actions import (
    LOST_HIT,
    LOST_INCOMING,
    LOST_LIST,
    LookedThrough,
    keep_lost_list,
    look_for_lost,
    lost_entries,
    receive_lost,
    share_lost_list,
)
from tracemark.tracing.lost.comparing import Fit, LostFit, Where
from tracemark.tracing.lost.entries import (
    SALT_BYTES,
    ListForm,
    ListPart,
    LostListRefused,
    LostWeapon,
    list_parts,
    read_part,
    refuse_list,
    tag_of,
)
from tracemark.tracing.lost.lists import LostHit, LostList, lost_list_named, lost_list_plain, lost_lists
from tracemark.tracing.lost.tables import RowFault, knows_lost_list, read_lost_rows

__all__ = [
    "LOST_HIT",
    "LOST_INCOMING",
    "LOST_LIST",
    "SALT_BYTES",
    "Fit",
    "ListForm",
    "ListPart",
    "LookedThrough",
    "LostFit",
    "LostHit",
    "LostList",
    "LostListRefused",
    "LostWeapon",
    "RowFault",
    "Where",
    "keep_lost_list",
    "knows_lost_list",
    "list_parts",
    "look_for_lost",
    "lost_entries",
    "lost_list_named",
    "lost_list_plain",
    "lost_lists",
    "read_lost_rows",
    "read_part",
    "receive_lost",
    "refuse_list",
    "share_lost_list",
    "tag_of",
]
