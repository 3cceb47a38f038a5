from pydantic import BaseModel

from tracemark.api.schemas.fields import (
    FindingOut,
)
from tracemark.recordkeeping import (
    Examination,
)
from tracemark.weapons import (
    WeaponId,
    weapon_text,
)


class TangleOut(BaseModel):
    """A component that ties the weapon to others: it bears `serials` of theirs, or, with none, is claimed by them."""

    component: int
    part: str
    serials: list[str]
    weapons: list[str]


class InspectionOut(BaseModel):
    """How much of a mark could be read on a day, in per cent."""

    event: int
    happened: str
    mark: int
    legible_percent: int
    method: str
    note: str


class ExaminationOut(BaseModel):
    """What is to be said of a weapon's components and marks over time."""

    weapon: str
    findings: list[FindingOut]
    tangles: list[TangleOut]
    inspections: list[InspectionOut]

    @classmethod
    def of(cls, weapon: WeaponId, found: Examination, to: str) -> "ExaminationOut":
        """Return it as it goes out."""
        return cls(
            weapon=weapon_text(weapon),
            findings=[FindingOut.of(each, to) for each in found.findings],
            tangles=[
                TangleOut(
                    component=each.component,
                    part=each.part,
                    serials=list(each.serials),
                    weapons=[weapon_text(other) for other in each.weapons],
                )
                for each in found.tangles
            ],
            inspections=[
                InspectionOut(
                    event=each.position,
                    happened=str(each.happened),
                    mark=each.mark,
                    legible_percent=each.legible_percent,
                    method=each.method,
                    note=each.note,
                )
                for each in found.inspections
            ],
        )
