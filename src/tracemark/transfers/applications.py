import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracemark.kernel import Plain

LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
"""A place as UN/LOCODE writes it: the State's two letters, then three of the place."""


class Authorises(StrEnum):
    """What a licence lets its holder do. Source: PoA II.2."""

    EXPORT = "export"
    IMPORT = "import"
    TRANSIT = "transit"
    BROKERING = "brokering"
    RETRANSFER = "retransfer"


class PartyRole(StrEnum):
    """What somebody does in a transfer. Source: PoA II.12, ATT 11(2)."""

    MAKER = "maker"
    CONSIGNEE = "consignee"
    END_USER = "end_user"
    BROKER = "broker"
    CARRIER = "carrier"
    FINANCIER = "financier"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that takes part. `state` is where it sits, "" where unknown. A natural person is never named."""

    role: PartyRole
    name: str
    state: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        return _told(role=self.role.value, name=self.name, state=self.state)

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Party":
        """Read it from the record."""
        return cls(PartyRole(plain["role"]), plain["name"], plain.get("state", ""))


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """Weapons of one sort: codes of the catalogue, how many, the worth of all as decimal text, the HS heading."""

    kind: str
    quantity: int
    model: str = ""
    calibre: str = ""
    value: str = ""
    currency: str = ""
    heading: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        worth = {name: getattr(self, name) for name in ("model", "calibre", "value", "currency", "heading")}
        return _told(kind=self.kind, quantity=self.quantity, **worth)

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "GoodsLine":
        """Read it from the record."""
        return cls(**plain)


@dataclass(frozen=True, slots=True)
class Application:
    """What is asked for: who transfers what to whom, on which way, for what use, within which days.

    `applicant` is a listed agency or an organisation; States are ISO 3166-1 alpha-2; `route` holds UN/LOCODE places in
    order. `origin_state` is the State that exported the goods first, where they are passed on, and `needs_consent` says
    whether the end-use undertaking given to it asks for its consent. Source: PoA II.11, PoA II.13, ATT 7(5).
    """

    authorises: Authorises
    applicant: str
    from_state: str
    to_state: str
    goods: tuple[GoodsLine, ...]
    valid_from: date
    valid_until: date
    parties: tuple[Party, ...] = ()
    route: tuple[str, ...] = ()
    end_use: str = ""
    origin_state: str = ""
    needs_consent: bool = False

    @property
    def crossing(self) -> list[str]:
        """The places of the route that lie in neither State: where goods in transit come in and go out again."""
        return [each for each in self.route if each[:2] not in (self.from_state, self.to_state)]

    @property
    def quantity(self) -> int:
        """How many weapons, over all lines."""
        return sum(each.quantity for each in self.goods)

    def named(self, role: PartyRole) -> list[Party]:
        """Return the parties of a role."""
        return [each for each in self.parties if each.role is role]

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record, detail by detail."""
        passed_on: dict[str, Plain] = {"origin_state": self.origin_state} if self.origin_state else {}
        passed_on |= {"needs_consent": True} if self.needs_consent else {}
        return {
            **passed_on,
            "authorises": self.authorises.value,
            "applicant": self.applicant,
            "from_state": self.from_state,
            "to_state": self.to_state,
            "goods": [each.plain() for each in self.goods],
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "parties": [each.plain() for each in self.parties],
            "route": list(self.route),
            "end_use": self.end_use,
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Application":
        """Read it from the details of an event."""
        return cls(
            Authorises(plain["authorises"]),
            plain["applicant"],
            plain["from_state"],
            plain["to_state"],
            tuple(map(GoodsLine.of_plain, plain["goods"])),
            date.fromisoformat(plain["valid_from"]),
            date.fromisoformat(plain["valid_until"]),
            tuple(map(Party.of_plain, plain.get("parties", ()))),
            tuple(plain.get("route", ())),
            plain.get("end_use", ""),
            plain.get("origin_state", ""),
            plain.get("needs_consent", False),
        )


def line_of(kind: str, model: str, calibre: str, goods: Sequence[GoodsLine]) -> int:
    """Return the number, from 1, of the first line that lets such a weapon through; 0 where none does.

    What a line leaves open any weapon of its kind fills.
    """
    for number, each in enumerate(goods, 1):
        asked = ((each.kind, kind), (each.model, model), (each.calibre, calibre))
        if all(not wanted or wanted == has for wanted, has in asked):
            return number
    return 0


def _told(**values: Plain) -> dict[str, Plain]:
    """Leave out what says nothing."""
    return {name: value for name, value in values.items() if value not in ("", None)}
