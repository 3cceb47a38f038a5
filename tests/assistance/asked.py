"""A request, a programme and a grant, and who keeps them, for the tests of this room."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.rooms import NOW, officer
from tracemark.assistance import (
    Ask,
    AwardTerms,
    Beneficiaries,
    BudgetLine,
    FundingCall,
    Help,
    Offer,
    draft_request,
    open_programme,
    open_request,
    propose_grant,
    sign_request,
)
from tracemark.authorities import Role
from tracemark.kernel import Clock, cite
from tracemark.recordkeeping import RecordkeepingStores

CONTACT = officer(Role.POINT_OF_CONTACT, "contact")
APPROVER = officer(Role.APPROVER, "approver")
AUDITOR = officer(Role.AUDITOR)
TODAY = date(2026, 5, 6)

ASK = Ask(
    title="Marking machines for three depots",
    commitment=cite("PoA II.7"),
    themes=("marking", "stockpiles"),
    helps=(Help.EQUIPMENT, Help.TRAINING),
    need="Two of three depots cannot mark what they hold.",
    lines=(BudgetLine("Three machines", 90_000), BudgetLine("Training of twelve officers", 30_000)),
    currency="EUR",
    stage="stockpile",
    beneficiaries=Beneficiaries(women=5, men=7),
)
OFFER = Offer(
    title="Marking and stockpiles",
    donor="Organisation of Fictional States",
    themes=("marking", "stockpiles"),
    helps=(Help.EQUIPMENT, Help.TRAINING, Help.FINANCE),
    budget=300_000,
    currency="EUR",
    calls=(FundingCall("2026", date(2026, 1, 1), date(2026, 12, 31)),),
    least=10_000,
    most=100_000,
)


class LaterClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def go(self, days: int) -> None:
        self.moment += timedelta(days=days)

    def on(self, year: int, month: int, day: int) -> None:
        self.moment = datetime(year, month, day, 9, tzinfo=UTC)


def by(stores: RecordkeepingStores, clock: Clock) -> dict[str, Any]:
    return {"actor": CONTACT, "stores": stores, "clock": clock}


def asked(stores: RecordkeepingStores, clock: Clock, ask: Ask = ASK, state: str = "XT") -> str:
    """Draft a request, have it signed off and publish it."""
    name = draft_request(ask=ask, state=state, **by(stores, clock))
    sign_request(request=name, note="", **{**by(stores, clock), "actor": APPROVER})
    open_request(request=name, access="published", **by(stores, clock))
    return name


def offered(stores: RecordkeepingStores, clock: Clock, **told: Any) -> str:
    return open_programme(offer=replace(OFFER, **told), **by(stores, clock))


def terms(request: str, programme: str, amount: int = 90_000, **told: Any) -> AwardTerms:
    days = {"starts": date(2026, 6, 1), "ends": date(2027, 5, 31)}
    return AwardTerms(request, programme, amount, "EUR", **{**days, "expects": "All is marked.", **told})


def proposed(stores: RecordkeepingStores, clock: Clock, amount: int = 90_000) -> str:
    request, programme = asked(stores, clock), offered(stores, clock)
    return propose_grant(terms=terms(request, programme, amount), **by(stores, clock))
