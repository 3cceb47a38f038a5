"""A call of five States that never were, and officers at work on it; days pass as a test asks."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.rooms import officer
from tracemark.authorities import AgencyKind, Role
from tracemark.fellowship import (
    Allocation,
    Call,
    CalledState,
    Cohort,
    FundKind,
    Held,
    Identity,
    Module,
    Nominee,
    Source,
    call_cohort,
    certify_fellow,
    decide_selection,
    hold_module,
    latest_policy,
    nominate,
    open_fund,
    propose_selection,
)
from tracemark.kernel import Actor, cite
from tracemark.recordkeeping import RecordkeepingStores
from tracemark.tracing import Sex

CONTACT = officer(Role.POINT_OF_CONTACT, "contact")
APPROVER = officer(Role.APPROVER, "second")
AUDITOR = officer(Role.AUDITOR, "auditor")

SOURCE = Source(
    "Voluntary contribution", FundKind.VOLUNTARY, "XT", Decimal(60_000), "USD", date(2026, 1, 1), date(2026, 12, 31)
)
STATES = (
    CalledState("XA", "Arlandia", "155"),
    CalledState("XB", "Borland", "011", frozenset({"least_developed"})),
    CalledState("XC", "Corvia", "029", frozenset({"small_island"})),
    CalledState("XD", "Dorania", "011"),
    CalledState("XF", "Fennia", "155"),
)
OPEN_CALL = """
title = "A course"
venue = "Port Estov"
host = "XE"
opens = 2026-01-01
closes = 2098-01-01
begins = 2099-01-01
ends = 2099-01-09
seats = 1
languages = ["en"]
administrator = "organisation:Centre"
currency = "USD"
seat_cost = 100
[[fund]]
fund = "FUND"
amount = 200
[[module]]
code = "M1"
title = "Marking"
commitments = ["ITI 8(a)"]
"""
"""The file of a call that is open for long, of a fund yet to be named."""


@dataclass
class Days:
    """A clock that a test sets."""

    today: date = field(default_factory=lambda: date(2026, 3, 1))

    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=UTC)


def call(fund: str, **changes: Any) -> Call:
    """A call for two seats that a fund pays whole."""
    return replace(
        Call(
            title="Small arms control",
            venue="Port Estov",
            host="XE",
            opens=date(2026, 2, 1),
            closes=date(2026, 3, 31),
            begins=date(2026, 5, 4),
            ends=date(2026, 5, 22),
            seats=2,
            languages=("en", "fr"),
            administrator="organisation:Regional centre",
            currency="USD",
            fixed_cost=Decimal(20_000),
            seat_cost=Decimal(10_000),
            policy=latest_policy().code,
            modules=(
                Module("M1", "Marking", (cite("ITI 8(a)"),), 20),
                Module("M2", "Stockpiles", (cite("PoA II.17"),), 20),
            ),
            allocations=(Allocation(fund, Decimal(40_000)),),
            states=STATES,
        ),
        **changes,
    )


def nominee(state: str, sex: str = "female", **changes: Any) -> Nominee:
    """A police officer who speaks English and was no fellow."""
    told = Nominee(state, AgencyKind.POLICE, Sex(sex), "35-49", ("en",), first_choice=False, earlier_fellow=False)
    return replace(told, **changes)


@dataclass
class Course:
    """A cohort that a test takes from day to day."""

    stores: RecordkeepingStores
    clock: Days = field(default_factory=Days)
    fund: str = ""
    name: str = ""

    @classmethod
    def called(cls, stores: RecordkeepingStores, **changes: Any) -> "Course":
        course = cls(stores)
        course.fund = open_fund(source=SOURCE, **course.by())
        course.name = call_cohort(call=call(course.fund, **changes), **course.by())
        return course

    def by(self, actor: Actor = CONTACT) -> dict[str, Any]:
        return {"actor": actor, "stores": self.stores, "clock": self.clock}

    def nominate(self, told: Nominee, name: str = "") -> str:
        identity = Identity(name or f"Nobody {told.state} {told.sex} {len(self.stores.dossiers.events(self.name))}")
        return nominate(cohort=self.name, nominee=told, identity=identity, **self.by())

    def decided(self, **how: Any) -> Cohort:
        """Close the call, propose and decide."""
        self.clock.today = date(2026, 4, 1)
        propose_selection(cohort=self.name, **self.by())
        return decide_selection(cohort=self.name, **how, **self.by(APPROVER))

    def held(self, module: str, present: tuple[str, ...], passed: tuple[str, ...]) -> None:
        self.clock.today = date(2026, 5, 22)
        hold_module(cohort=self.name, held=Held(module, date(2026, 5, 8), present, passed), **self.by())

    def certified(self, *fellows: str) -> None:
        """Hold both modules with everybody there, and certify."""
        for module in ("M1", "M2"):
            self.held(module, fellows, fellows)
        for each in fellows:
            certify_fellow(nomination=each, **self.by(APPROVER))
