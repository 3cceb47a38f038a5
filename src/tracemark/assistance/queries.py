from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracemark.assistance.alarms import award_alarms, fund_alarms, request_alarms
from tracemark.assistance.asks import Request, request_of
from tracemark.assistance.awards import Award, award_of
from tracemark.assistance.offers import Fund, fund_of
from tracemark.assistance.timelimits import time_limits
from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Citation, Clock, Finding
from tracemark.recordkeeping import RecordkeepingStores, every_folded


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A request with the grants it got or waits for, and what is to be said of it today."""

    request: Request
    awards: tuple[Award, ...] = ()
    alarms: tuple[Finding, ...] = ()

    @property
    def state(self) -> str:
        """Whose it is, ISO 3166-1 alpha-2."""
        return self.request.state

    @property
    def themes(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(self.request.asks.themes)

    @property
    def amount(self) -> int:
        """What it takes in all."""
        return self.request.asks.amount

    @property
    def currency(self) -> str:
        return self.request.asks.currency

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The commitments it serves."""
        return (self.request.asks.commitment,)

    @property
    def granted(self) -> int:
        """What was decided for it."""
        return sum(each.terms.amount for each in self.awards if each.binding)

    @property
    def lacking(self) -> int:
        """What nobody has given or proposed yet."""
        return max(0, self.amount - sum(each.committed for each in self.awards))

    @property
    def status(self) -> str:
        """Where it stands; an open one is matched where a grant is proposed, and granted where one is decided."""
        if self.request.is_open and any(each.binding for each in self.awards):
            return "granted"
        if self.request.is_open and any(each.standing == "proposed" for each in self.awards):
            return "matched"
        return self.request.standing


@dataclass(frozen=True, slots=True)
class FundRecord:
    """A programme with the grants it gave or would give, and what is to be said of it today."""

    fund: Fund
    awards: tuple[Award, ...] = ()
    alarms: tuple[Finding, ...] = ()

    @property
    def themes(self) -> frozenset[str]:
        """What it helps with."""
        return frozenset(self.fund.offers.themes)

    @property
    def amount(self) -> int:
        """What it has to give in all."""
        return self.fund.offers.budget

    @property
    def status(self) -> str:
        """Where it stands."""
        return self.fund.standing

    @property
    def given(self) -> int:
        """What was decided."""
        return sum(each.terms.amount for each in self.awards if each.binding)

    @property
    def left(self) -> int:
        """What nobody was given, and for nobody is proposed."""
        return max(0, self.amount - sum(each.committed for each in self.awards))

    def left_on(self, on: date) -> int:
        """Return what may be given under the call that is open on a day: no more than that call has; 0 without one."""
        call = self.fund.offers.call_on(on)
        if call is None:
            return 0
        of_call = sum(each.committed for each in self.awards if call.is_open(each.proposed_on))
        return min(self.left, self.left if call.budget is None else max(0, call.budget - of_call))


@dataclass(frozen=True, slots=True)
class AwardRecord:
    """A grant with its request and its programme, and what is to be said of it today."""

    award: Award
    request: Request
    fund: Fund
    alarms: tuple[Finding, ...] = ()

    @property
    def state(self) -> str:
        """Who receives it."""
        return self.request.state

    @property
    def themes(self) -> frozenset[str]:
        """What it is for: the themes of the request that the programme serves."""
        return frozenset(self.request.asks.themes) & frozenset(self.fund.offers.themes)

    @property
    def amount(self) -> int:
        return self.award.terms.amount

    @property
    def currency(self) -> str:
        return self.award.terms.currency

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The commitments it serves."""
        return (self.request.asks.commitment,)

    @property
    def status(self) -> str:
        """Where it stands."""
        return self.award.standing


def request_list(stores: RecordkeepingStores, on: date | None = None) -> tuple[RequestRecord, ...]:
    """Return every request, newest first, for rooms above, which ask who may see it; alarms are those of a day."""
    awards = list(_awards(stores))
    return tuple(_request_record(each, awards, on) for each in _requests(stores))


def programme_list(stores: RecordkeepingStores, on: date | None = None) -> tuple[FundRecord, ...]:
    """Return every programme, newest first, for rooms above, which ask who may see it; alarms are those of a day."""
    awards = list(_awards(stores))
    return tuple(_fund_record(each, awards, on) for each in _funds(stores))


def grant_list(stores: RecordkeepingStores, on: date | None = None) -> tuple[AwardRecord, ...]:
    """Return every grant, newest first, for rooms above, which ask who may see it; alarms are those of a day."""
    requests = {each.name: each for each in _requests(stores)}
    funds = {each.name: each for each in _funds(stores)}
    return tuple(
        _award_record(each, requests[each.terms.request], funds[each.terms.programme], on) for each in _awards(stores)
    )


def requests_shown(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[RequestRecord]:
    """List requests, those with alarms first, then newest first.

    A request is the State's own policy: who may see assistance sees all of it.

    Raises:
        NotPermitted: the actor may not see assistance.
    """
    require(actor, Permission.ASSISTANCE_READ)
    return sorted(request_list(stores, clock.now().date()), key=lambda each: not each.alarms)


def programmes_shown(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[FundRecord]:
    """List programmes, those with alarms first, then newest first.

    Raises:
        NotPermitted: the actor may not see assistance.
    """
    require(actor, Permission.ASSISTANCE_READ)
    return sorted(programme_list(stores, clock.now().date()), key=lambda each: not each.alarms)


def grants_shown(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[AwardRecord]:
    """List grants, those with alarms first, then newest first.

    Raises:
        NotPermitted: the actor may not see assistance.
    """
    require(actor, Permission.ASSISTANCE_READ)
    return sorted(grant_list(stores, clock.now().date()), key=lambda each: not each.alarms)


def request_record(*, request: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> RequestRecord:
    """Read a request with its grants.

    Raises:
        NotPermitted: the actor may not see assistance.
        KeyError: there is none of this name.
    """
    require(actor, Permission.ASSISTANCE_READ)
    known = request_of(request, stores.dossiers.events(request))
    return _request_record(known, list(_awards(stores)), clock.now().date())


def programme_record(*, programme: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> FundRecord:
    """Read a programme with its grants.

    Raises:
        NotPermitted: the actor may not see assistance.
        KeyError: there is none of this name.
    """
    require(actor, Permission.ASSISTANCE_READ)
    known = fund_of(programme, stores.dossiers.events(programme))
    return _fund_record(known, list(_awards(stores)), clock.now().date())


def grant_record(*, grant: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> AwardRecord:
    """Read a grant with its request and its programme.

    Raises:
        NotPermitted: the actor may not see assistance.
        KeyError: there is none of this name.
    """
    require(actor, Permission.ASSISTANCE_READ)
    known = award_of(grant, stores.dossiers.events(grant))
    request = request_of(known.terms.request, stores.dossiers.events(known.terms.request))
    fund = fund_of(known.terms.programme, stores.dossiers.events(known.terms.programme))
    return _award_record(known, request, fund, clock.now().date())


def _request_record(request: Request, awards: Iterable[Award], on: date | None) -> RequestRecord:
    own = tuple(each for each in awards if each.terms.request == request.name)
    return RequestRecord(request, own, request_alarms(request, on, time_limits(on)) if on else ())


def _fund_record(fund: Fund, awards: Iterable[Award], on: date | None) -> FundRecord:
    found = FundRecord(fund, tuple(each for each in awards if each.terms.programme == fund.name))
    return FundRecord(fund, found.awards, fund_alarms(fund, found.left_on(on), on, time_limits(on)) if on else ())


def _award_record(award: Award, request: Request, fund: Fund, on: date | None) -> AwardRecord:
    return AwardRecord(award, request, fund, award_alarms(award, on, time_limits(on)) if on else ())


def _requests(stores: RecordkeepingStores) -> Iterator[Request]:
    return every_folded("assistance", request_of, stores)


def _funds(stores: RecordkeepingStores) -> Iterator[Fund]:
    return every_folded("programme", fund_of, stores)


def _awards(stores: RecordkeepingStores) -> Iterator[Award]:
    return every_folded("grant", award_of, stores)
