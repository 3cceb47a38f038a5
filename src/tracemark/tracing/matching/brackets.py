from collections.abc import Mapping
from functools import lru_cache

BRACKETS = {"(": ")", "[": "]", "{": "}", "【": "】", "〔": "〕"}
QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "＂": "＂"}

_DEEPEST = 8
"""Nobody writes brackets within brackets any deeper."""


@lru_cache(maxsize=1)
def partners(flat: str) -> Mapping[int, int]:
    """Return where each bracket is closed. Those without a partner are left out, and those too deep within others."""
    opened: dict[str, list[int]] = {closing: [] for closing in BRACKETS.values()}
    closed: dict[int, int] = {}
    for place, sign in enumerate(flat):
        if sign in BRACKETS:
            opened[BRACKETS[sign]].append(place)
        elif opened.get(sign):
            closed[opened[sign].pop()] = place
    around: list[int] = []
    found: dict[int, int] = {}
    for place, partner in sorted(closed.items()):
        while around and around[-1] < place:
            around.pop()
        if len(around) < _DEEPEST:
            around.append(partner)
            found[place] = partner
    return found


@lru_cache(maxsize=16)
def last_of(flat: str, sign: str) -> int:
    """Return where a sign stands for the last time, -1 where it does not."""
    return flat.rfind(sign)
