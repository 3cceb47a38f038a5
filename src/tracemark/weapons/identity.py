import re
from typing import NewType

WeaponId = NewType("WeaponId", int)
"""Our own identity of a weapon, from 1. A serial is never identity."""

NO_WEAPON = WeaponId(0)
"""Stands in an event that concerns no single weapon."""

_WRITTEN = re.compile(r"(?:W-)?([1-9][0-9]{0,14})", re.IGNORECASE)


def weapon_text(weapon: WeaponId) -> str:
    """Write an identity as people see it: `W-123`."""
    return f"W-{weapon}"


def parse_weapon(text: str) -> WeaponId:
    """Read `W-123` or `123`.

    Raises:
        ValueError: the text is no weapon identity.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a weapon identity, such as W-123: {text!r}")
    return WeaponId(int(found[1]))
