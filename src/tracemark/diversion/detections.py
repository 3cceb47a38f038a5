import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracemark.kernel import Plain
from tracemark.weapons import WeaponId, weapon_text


class Stage(StrEnum):
    """Where in its life a weapon leaves lawful hands, as far as a pattern tells. Source: BMS7 DIV.1."""

    MANUFACTURE = "manufacture"
    TRANSFER = "transfer"
    STORAGE = "storage"
    END_USE = "end_use"
    DISPOSAL = "disposal"


class Strength(StrEnum):
    """How much a pattern says by itself: a weak signal alone is never called diversion."""

    WEAK = "weak"
    MEDIUM = "medium"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern found in the record: which rule, which weapons, and the events (their positions) it is seen in.

    `when` is the day, month or year of the last of it, as far as is known, `place` where; "" where nothing tells.
    `facts` are what the sentence of the rule says. It is a reason to look, never a finding of guilt.
    """

    rule: str
    stage: Stage
    strength: Strength
    weapons: tuple[WeaponId, ...]
    evidence: tuple[int, ...]
    when: str = ""
    place: str = ""
    facts: Mapping[str, Plain] | None = None

    @property
    def identity(self) -> str:
        """A name (24 hexadecimal digits) that the same rule gives to the same evidence for ever."""
        told = json.dumps([self.rule, sorted(self.evidence), sorted(self.weapons)], separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()[:_NAMED]

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON-ready values, weapons as `W-17`, evidence by its places in the record."""
        return {
            "id": self.identity,
            "rule": self.rule,
            "stage": self.stage.value,
            "strength": self.strength.value,
            "weapons": [weapon_text(each) for each in self.weapons],
            "evidence": list(self.evidence),
            "when": self.when,
            "place": self.place,
            "facts": dict(self.facts or {}),
        }


_NAMED = 24
