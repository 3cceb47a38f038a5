from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Mark
from tracemark.recordkeeping import Breach, EventKind, TakenFrom
from tracemark.weapons import Component, Description


class Ground(StrEnum):
    """Why a recovered weapon is held illicit; several may apply. Source: ITI 6."""

    LAW_OF_STATE = "law_of_state"
    EMBARGO = "embargo"
    UNMARKED = "unmarked"
    UNAUTHORISED_MANUFACTURE = "unauthorised_manufacture"
    UNAUTHORISED_TRANSFER = "unauthorised_transfer"


GROUND_PARAGRAPHS: Mapping[Ground, str] = {
    Ground.LAW_OF_STATE: "ITI 6(a)",
    Ground.EMBARGO: "ITI 6(b)",
    Ground.UNMARKED: "ITI 6(c)",
    Ground.UNAUTHORISED_MANUFACTURE: "ITI 6(d)",
    Ground.UNAUTHORISED_TRANSFER: "ITI 6(e)",
}


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


AGE_BANDS = ("0-14", "15-17", "18-24", "25-34", "35-49", "50-64", "65+", "unknown")


@dataclass(frozen=True, slots=True)
class PersonInvolved:
    """Sex and age band of a person involved, where the law lets them be recorded; never who they are.

    `role` is possessor, victim, witness or other. Source: BMS7 MEAS.3.
    """

    role: str
    sex: Sex = Sex.UNKNOWN
    age_band: str = "unknown"


@dataclass(frozen=True, slots=True)
class Recovery:
    """How a weapon came to hand: seized, found or surrendered. Source: ITI 6, ITI 9, ITI 17(a).

    `kind` is one of the three recovery kinds of event. `custodian` is the agency that holds it now. `photos` are
    SHA-256 fingerprints of the pictures, in hexadecimal. `unmarked` is the reason where no mark exists. A seizure may
    say for what `breach`, and a seizure or surrender from whose hands; None where nobody said.
    """

    kind: EventKind
    happened: PartialDate
    place: str
    custodian: str
    grounds: frozenset[Ground] = frozenset()
    legal_basis: str = ""
    circumstances: str = ""
    persons: tuple[PersonInvolved, ...] = ()
    photos: tuple[str, ...] = ()
    description: Description | None = None
    components: tuple[Component, ...] = ()
    marks: tuple[Mark, ...] = ()
    unmarked: str = ""
    document: str = ""
    breach: Breach | None = None
    taken_from: TakenFrom | None = None

    def details(self) -> dict[str, Plain]:
        """Return the details of the recovery's event; what is unknown is left out."""
        found: dict[str, Plain] = {"place": self.place, "custodian": self.custodian}
        optional: dict[str, Plain] = {
            "grounds": sorted(ground.value for ground in self.grounds),
            "legal_basis": self.legal_basis,
            "circumstances": self.circumstances,
            "persons": [
                {"role": person.role, "sex": person.sex.value, "age_band": person.age_band} for person in self.persons
            ],
            "photos": list(self.photos),
            "unmarked": self.unmarked,
            "breach": self.breach.value if self.breach else "",
            "taken_from": self.taken_from.value if self.taken_from else "",
        }
        return found | {name: value for name, value in optional.items() if value}
