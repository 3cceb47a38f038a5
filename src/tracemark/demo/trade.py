"""Licences and consignments of the fictional State, step by step, through the rooms' own actions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tracemark import exchange, node, transfers
from tracemark.authorities import Role
from tracemark.demo.desk import ARMY, REGISTRY, Desk, Pool
from tracemark.demo.nation import PARTNERS, STATE
from tracemark.recordkeeping import VerifierKey, WeaponState
from tracemark.transfers import (
    Answer,
    Application,
    Assessment,
    Authorises,
    Certificate,
    GoodsLine,
    Item,
    Journey,
    Party,
    PartyRole,
    Presented,
    Reply,
    Risk,
    embargoes_on,
)
from tracemark.weapons import catalogue

HARBOUR = f"{STATE}KES"
_VALID = timedelta(days=300)
_END_USERS = ("Ministry of the Interior", "Border Guard", "Prison Administration", "Rangers of the National Parks")
_CARRIERS = ("Blue Sea Lines", "Grey Heron Air Cargo", "Ridge Road Haulage")


@dataclass(slots=True)
class Trade:
    """Who applies, advises, decides and moves, and the weapons that are at hand."""

    desk: Desk
    random: Random
    pool: Pool
    certificates: int = 0
    states: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        on = self.desk.today.first
        self.states = tuple(
            state for state, _ in PARTNERS if state in catalogue().states and not embargoes_on(state, on)
        )

    @property
    def drafter(self) -> Any:  # noqa: ANN401 - arguments of an action
        return self.desk.by("licensing-clerk", ARMY, Role.LICENSING_OFFICER)

    @property
    def adviser(self) -> Any:  # noqa: ANN401 - arguments of an action
        return self.desk.by("licensing-adviser", ARMY, Role.LICENSING_OFFICER)

    @property
    def decider(self) -> Any:  # noqa: ANN401 - arguments of an action
        return self.desk.by("licensing-approver", REGISTRY, Role.APPROVER)

    def draft(self, to_state: str, goods: Sequence[GoodsLine], **changes: Any) -> str:
        """Draft a licence to export, or as `changes` have it."""
        today, user = self.desk.today.first, self.random.choice(_END_USERS)
        told: dict[str, Any] = {
            "authorises": Authorises.EXPORT,
            "applicant": ARMY,
            "from_state": STATE,
            "to_state": to_state,
            "goods": tuple(goods),
            "valid_from": today - timedelta(days=10),
            "valid_until": today + _VALID,
            "parties": (
                Party(PartyRole.END_USER, user, to_state),
                Party(PartyRole.CARRIER, self.random.choice(_CARRIERS), STATE),
            ),
            "route": (HARBOUR, f"{to_state}GTE"),
            "end_use": "Arms of the service",
        }
        application = Application(**(told | changes))
        return transfers.draft_licence(application=application, due=_text(today + timedelta(days=45)), **self.drafter)

    def advised(self, licence: str, *, grant: bool = True) -> str:
        """Assess a licence and advise on it."""
        asked = sorted(transfers.asked(Authorises.EXPORT))
        found = Assessment(tuple(Answer(code, Reply.NO) for code in asked), Risk.LOW, "Nothing was found.")
        transfers.assess_licence(licence=licence, assessment=found, **self.drafter)
        reason = "It is in order." if grant else "The end user could not be confirmed by its embassy."
        transfers.advise_licence(licence=licence, grant=grant, reason=reason, **self.adviser)
        return licence

    def approved(self, licence: str) -> str:
        """Assess, advise on and approve a licence."""
        self.advised(licence)
        transfers.approve_licence(licence=licence, reason="Granted as advised.", **self.decider)
        return licence

    def certificate(self, to_state: str, goods: Sequence[GoodsLine]) -> Presented:
        """Let another State sign an end-user certificate, with a key that is the same in each run."""
        contents = self.contents(to_state, goods, "Army of Taravia")
        name = f"{to_state.lower()}.example/certificates"
        signer = exchange.FileSigner(hashlib.sha256(f"fictional key of {to_state}".encode()).digest(), name)
        key = str(VerifierKey(signer.name, signer.public_key))
        return node.presented(transfers.sign_certificate(contents, signer), key)

    def contents(self, issuer: str, goods: Sequence[GoodsLine], exporter: str) -> Certificate:
        """Fill in an end-user certificate of the State that is to receive the goods."""
        self.certificates += 1
        today = self.desk.today.first
        return Certificate(
            number=f"{issuer}-EUC-{self.certificates:04}",
            issuer=issuer,
            goods=tuple(goods),
            contract=f"K-{self.certificates:04}",
            contract_on=_text(today - timedelta(days=60)),
            destination=issuer,
            end_use="Arms of the service",
            exporter=exporter,
            end_user=_END_USERS[0],
            parties=(),
            office="Head of the export control office",
            office_from=today - timedelta(days=700),
            office_until=today + timedelta(days=700),
            issued_on=today,
            valid_until=today + _VALID,
            no_retransfer=True,
        )

    def issued(self, to_state: str, goods: Sequence[GoodsLine]) -> str:
        """Grant a licence to export, on a certificate of the other State."""
        licence = self.approved(self.draft(to_state, goods))
        transfers.issue_licence(licence=licence, presented=self.certificate(to_state, goods), **self.drafter)
        return licence

    def opened(self, sender: str, receiver: str, licence: str, due_in: int) -> str:
        """Open a consignment that ought to come within so many days."""
        due = _text(self.desk.today.first + timedelta(days=due_in))
        way = Journey(sender, receiver, licence, self.random.choice(_CARRIERS), due=due)
        return transfers.open_consignment(journey=way, **self.drafter)

    def shipped(self, consignment: str, items: Sequence[Item]) -> str:
        """Pack a consignment and send it off."""
        transfers.pack_consignment(consignment=consignment, items=items, **self.drafter)
        transfers.ship_consignment(consignment=consignment, on=self.desk.today, place=HARBOUR, **self.drafter)
        return consignment

    def exported(self, sender: str, to_state: str, weapons: Sequence[WeaponState], due_in: int, spare: int = 0) -> (
        tuple[str, str]
    ):  # fmt: skip
        """Send weapons abroad under a licence of their own, for so many more; return licence and consignment."""
        licence = self.issued(to_state, goods_of(weapons, spare))
        receiver = f"organisation:{_END_USERS[0]} ({to_state})"
        consignment = self.opened(sender, receiver, licence, due_in)
        return licence, self.shipped(consignment, items_of(weapons))

    def mirrored(self, consignment: str, to_state: str, items: Sequence[Item]) -> None:
        """Let the other side say what came."""
        transfers.mirror_consignment(
            consignment=consignment, items=items, reported_by=to_state, on=self.desk.today, **self.drafter
        )

    def passed(self, consignment: str, place: str, note: str = "") -> None:
        """Report that a consignment passed a place."""
        transfers.report_passage(consignment=consignment, place=place, on=self.desk.today, note=note, **self.drafter)

    def received(self, consignment: str, items: Sequence[Item]) -> None:
        """Receive what came."""
        transfers.receive_consignment(
            consignment=consignment, items=items, on=self.desk.today, place=HARBOUR, **self.drafter
        )


def goods_of(weapons: Sequence[WeaponState], spare: int = 0) -> tuple[GoodsLine, ...]:
    """Return the line of goods for weapons of one kind, and for so many more."""
    return (GoodsLine(weapons[0].description.kind, len(weapons) + spare),)


def items_of(weapons: Sequence[WeaponState]) -> list[Item]:
    """Return weapons as the lines of a packing list."""
    return [Item(each.weapon) for each in weapons]


def _text(day: date) -> str:
    return day.isoformat()
