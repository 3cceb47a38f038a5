from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracemark.kernel import Citation, Plain, cite
from tracemark.reporting import m49_regions
from tracemark.targets import amount_text


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the curriculum, and the commitments that it teaches. Source: PoA III.7."""

    code: str
    title: str
    commitments: tuple[Citation, ...]
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a cohort may take of a fund."""

    fund: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class CalledState:
    """What those who call say of a State, in the place of the lists: its name, M49 region and groups."""

    code: str
    name: str = ""
    region: str = ""
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Call:
    """A call for nominations, open from `opens` to `closes`, both included, for a course from `begins` to `ends`.

    `administrator` is an agency's code or an organisation that runs it under the `arrangement`. A course costs
    `fixed_cost` and `seat_cost` for each fellow. `languages` (ISO 639) are those it is taught in; `regions` the M49
    codes it is for, none for all. `policy` names the dated policy that selects. A fellow is certified who was at
    `attendance_percent` of the modules held, or more. Source: BMS7 ASSIST.4.
    """

    title: str
    venue: str
    host: str
    opens: date
    closes: date
    begins: date
    ends: date
    seats: int
    languages: tuple[str, ...]
    administrator: str
    currency: str
    fixed_cost: Decimal
    seat_cost: Decimal
    policy: str
    modules: tuple[Module, ...]
    allocations: tuple[Allocation, ...]
    arrangement: str = ""
    most_nominations: int = 2
    attendance_percent: int = 80
    regions: tuple[str, ...] = ()
    states: tuple[CalledState, ...] = ()

    @property
    def cost(self) -> Decimal:
        """What the course costs with every seat taken."""
        return self.fixed_cost + self.seats * self.seat_cost

    @property
    def budget(self) -> Decimal:
        """What it may cost: all that funds give to it."""
        return sum((each.amount for each in self.allocations), Decimal(0))

    def said_of(self, state: str) -> CalledState | None:
        """Return what the call itself says of a State."""
        return next((each for each in self.states if each.code == state), None)

    def region_of(self, state: str) -> str:
        """Return the M49 region by which equity is reckoned: that of the call, or the one right above the State."""
        if (said := self.said_of(state)) and said.region:
            return said.region
        holding = [each for each in m49_regions().values() if state in each.states]
        return min(holding, key=lambda each: len(each.states)).code if holding else ""

    def is_for(self, state: str) -> bool:
        """Whether a State is of the regions that the call is for."""
        above, known = self.region_of(state), m49_regions()
        while above and above not in self.regions:
            above = known[above].parent if above in known else ""
        return not self.regions or bool(above)

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in (*_TEXTS, *_NUMBERS)}
        told |= {name: getattr(self, name).isoformat() for name in _DAYS}
        told |= {name: amount_text(getattr(self, name)) for name in _AMOUNTS}
        return told | {
            "languages": list(self.languages),
            "regions": list(self.regions),
            "modules": [_module_plain(each) for each in self.modules],
            "allocations": [{"fund": each.fund, "amount": amount_text(each.amount)} for each in self.allocations],
            "states": [
                {"code": each.code, "name": each.name, "region": each.region, "groups": sorted(each.groups)}
                for each in self.states
            ],
        }

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> "Call":
        """Read it from the record."""
        read: dict[str, Any] = {name: told[name] for name in (*_TEXTS, *_NUMBERS)}
        read |= {name: date.fromisoformat(told[name]) for name in _DAYS}
        read |= {name: Decimal(told[name]) for name in _AMOUNTS}
        return cls(
            **read,
            languages=tuple(told["languages"]),
            regions=tuple(told["regions"]),
            modules=tuple(_module(each) for each in told["modules"]),
            allocations=tuple(Allocation(each["fund"], Decimal(each["amount"])) for each in told["allocations"]),
            states=tuple(
                CalledState(each["code"], each["name"], each["region"], frozenset(each["groups"]))
                for each in told["states"]
            ),
        )


_TEXTS = ("title", "venue", "host", "administrator", "arrangement", "currency", "policy")
_NUMBERS = ("seats", "most_nominations", "attendance_percent")
_DAYS = ("opens", "closes", "begins", "ends")
_AMOUNTS = ("fixed_cost", "seat_cost")


def _module_plain(each: Module) -> dict[str, Plain]:
    return {
        "code": each.code,
        "title": each.title,
        "commitments": [str(commitment) for commitment in each.commitments],
        "hours": each.hours,
    }


def _module(told: Mapping[str, Any]) -> Module:
    return Module(told["code"], told["title"], tuple(map(cite, told["commitments"])), told["hours"])
