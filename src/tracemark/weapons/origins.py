from enum import StrEnum

from tracemark.weapons.descriptions import Origin

UNREGULATED_ORIGINS = frozenset({Origin.CRAFT, Origin.HOME_MADE, Origin.PRINTED})
"""Origins of weapons that often never bore a mark. Source: FP 3(d)."""


class UnmarkedReason(StrEnum):
    """Why a weapon bears no mark: the closed list for `Description.unmarked_because`. Source: FP 3(d), ITI 9."""

    NEVER_MARKED = "never_marked"
    REMOVED = "removed"
    WORN = "worn"
    MARKED_PART_MISSING = "marked_part_missing"
    BEFORE_DUTY = "before_duty"
    MARKING_DUE = "marking_due"
    NOT_EXAMINED = "not_examined"
