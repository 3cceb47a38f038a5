from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracemark.assistance import NoSolution
from tracemark.authorities import Permission, require
from tracemark.fellowship.cohorts import Cohort, cohort_of
from tracemark.fellowship.eligibility import Ineligible, candidates, ineligible
from tracemark.fellowship.funds import Fund, fund_of
from tracemark.fellowship.nominations import FOLLOW_UPS, Identity, Nomination, nomination_of
from tracemark.fellowship.policies import fellowship_policies
from tracemark.fellowship.scenarios import Scenario, funding_scenarios
from tracemark.fellowship.scoring import Contest
from tracemark.fellowship.sent import SentNomination, sent_nomination_of
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite
from tracemark.recordkeeping import RecordkeepingStores, every_folded, open_person

FELLOWSHIP = cite("BMS7 ASSIST.4")
FELLOWS = frozenset({"selected", "certified"})
"""Where a nomination stands whose nominee has a seat."""

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class FundRecord:
    """A fund, and how much of its ceiling cohorts that were not cancelled may take."""

    fund: Fund
    allocated: Decimal

    @property
    def left(self) -> Decimal:
        """What is left below the ceiling."""
        return self.fund.source.ceiling - self.allocated


@dataclass(frozen=True, slots=True)
class CohortRecord:
    """A cohort with its nominations, in the order in which they came."""

    cohort: Cohort
    nominations: tuple[Nomination, ...]

    @property
    def fellows(self) -> list[Nomination]:
        """Those who have a seat."""
        return [each for each in self.nominations if each.standing in FELLOWS]

    @property
    def waiting(self) -> list[Nomination]:
        """Those who wait, in order."""
        proposal = self.cohort.proposal
        order = list(proposal.waiting) if proposal else []
        waits = [each for each in self.nominations if each.standing == "waiting"]
        return sorted(waits, key=lambda each: order.index(each.name) if each.name in order else len(order))

    @property
    def free_seats(self) -> int:
        """How many seats nobody has."""
        return max(0, self.cohort.call.seats - len(self.fellows))

    def nomination(self, name: str) -> Nomination:
        """Raise KeyError where none of this name came."""
        return {each.name: each for each in self.nominations}[name]


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """A fellow of whom nobody has told what became of the training after so many months."""

    nomination: str
    cohort: str
    state: str
    month: int
    due: date
    overdue: bool


class AlumniCount(NamedTuple):
    """How many fellows a cohort had, by sex, State and agency, and how many follow-ups were told of those due."""

    cohort: str
    fellows: int
    certified: int
    by_sex: Mapping[str, int]
    by_state: Mapping[str, int]
    by_agency: Mapping[str, int]
    told: int
    due: int


def fund_list(*, actor: Actor, stores: RecordkeepingStores) -> list[FundRecord]:
    """List the sources of money, newest first.

    Raises:
        NotPermitted: the actor may not see fellowships.
    """
    require(actor, Permission.FELLOWSHIP_READ)
    taken = allocated(stores)
    return [FundRecord(each, taken[each.name]) for each in every_folded("fund", fund_of, stores)]


def fund_record(*, fund: str, actor: Actor, stores: RecordkeepingStores) -> FundRecord:
    """Read a source of money, and how much of it cohorts may take.

    Raises:
        NotPermitted: the actor may not see fellowships.
        KeyError: there is none of this name.
    """
    require(actor, Permission.FELLOWSHIP_READ)
    return FundRecord(fund_of(fund, stores.dossiers.events(fund)), allocated(stores)[fund])


def allocated(stores: RecordkeepingStores) -> defaultdict[str, Decimal]:
    """Return by fund what cohorts that were not cancelled may take of it."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in _cohorts(stores):
        for one in each.call.allocations if each.standing != "cancelled" else ():
            found[one.fund] += one.amount
    return found


def cohort_list(*, actor: Actor, stores: RecordkeepingStores) -> list[Cohort]:
    """List the cohorts, newest first.

    Raises:
        NotPermitted: the actor may not see fellowships.
    """
    require(actor, Permission.FELLOWSHIP_READ)
    return list(_cohorts(stores))


def cohort_record(*, cohort: str, actor: Actor, stores: RecordkeepingStores) -> CohortRecord:
    """Read a cohort with its nominations; no name of a person is in it.

    Raises:
        NotPermitted: the actor may not see fellowships.
        KeyError: there is none of this name.
    """
    require(actor, Permission.FELLOWSHIP_READ)
    return with_nominations(cohort_of(cohort, stores.dossiers.events(cohort)), stores)


def with_nominations(known: Cohort, stores: RecordkeepingStores) -> CohortRecord:
    """Return a cohort with its nominations."""
    return CohortRecord(known, tuple(nomination_of(each, stores.dossiers.events(each)) for each in known.nominations))


def nomination_record(*, nomination: str, actor: Actor, stores: RecordkeepingStores) -> Nomination:
    """Read a nomination, without the nominee's name.

    Raises:
        NotPermitted: the actor may not see fellowships.
        KeyError: there is none of this name.
    """
    require(actor, Permission.FELLOWSHIP_READ)
    return nomination_of(nomination, stores.dossiers.events(nomination))


def nominee_identity(
    *, nomination: str, purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Identity | None:
    """Read who a nominee is, and note who reads it and for what; None where it was erased.

    Raises:
        NotPermitted: the actor may not write fellowships, or may not read personal data.
        KeyError: there is none of this name.
        Refused: the day has passed until which the State let the name be used.
        PersonDataChanged: the data are not those to which the record is committed.
    """
    require(actor, Permission.PERSON_READ)
    require(actor, Permission.FELLOWSHIP_WRITE)
    known = nomination_record(nomination=nomination, actor=actor, stores=stores)
    until = known.nominee.until
    if until is not None and clock.now().date() > until:
        facts: dict[str, Plain] = {"nomination": nomination, "until": until.isoformat()}
        raise Refused([Finding("fellowship.identity_past", FELLOWSHIP, facts)])
    try:
        return Identity.of(open_person(holder=known.person, purpose=purpose, actor=actor, stores=stores, clock=clock))
    except KeyError:
        return None


def sent_nominations(*, actor: Actor, stores: RecordkeepingStores) -> list[SentNomination]:
    """List the nominations of this State for cohorts of other nodes, newest first.

    Raises:
        NotPermitted: the actor may not see fellowships.
    """
    require(actor, Permission.FELLOWSHIP_READ)
    return list(every_folded("sent_nomination", sent_nomination_of, stores))


def sent_nomination(*, sent: str, actor: Actor, stores: RecordkeepingStores) -> SentNomination:
    """Read a nomination of this State for a cohort of another node, without the nominee's name.

    Raises:
        NotPermitted: the actor may not see fellowships.
        KeyError: there is none of this name.
    """
    require(actor, Permission.FELLOWSHIP_READ)
    if stores.dossiers.dossier(sent).kind != "sent_nomination":
        raise KeyError(sent)
    return sent_nomination_of(sent, stores.dossiers.events(sent))


def nominations_by_letter(stores: RecordkeepingStores) -> list[Nomination]:
    """Return the nominations that other nodes sent, newest first, for the node, which tells them how these stand."""
    return [each for each in every_folded("nomination", nomination_of, stores) if each.peer]


def nominations_withdrawn(stores: RecordkeepingStores) -> list[SentNomination]:
    """Return the nominations of this State that it took back at other nodes, for the node, which tells them so."""
    return list(every_folded("sent_nomination", sent_nomination_of, stores, {"withdrawn"}))


def rules_broken(record: CohortRecord) -> dict[str, list[Ineligible]]:
    """Return by nomination the rules of eligibility that it does not keep; none of those that keep all."""
    found = {each.name: ineligible(each.nominee, record.cohort.call) for each in record.nominations}
    return {name: broken for name, broken in found.items() if broken}


def contest_of(record: CohortRecord, stores: RecordkeepingStores) -> Contest:
    """Return who may be selected for a cohort: who keeps the rules and was not withdrawn, for all its seats."""
    barred, call = rules_broken(record), record.cohort.call
    able = [each for each in record.nominations if each.standing != "withdrawn" and each.name not in barred]
    policy = fellowship_policies()[call.policy]
    return Contest(candidates(able, call, past_fellows(stores, besides=record.cohort.name)), policy, call.seats)


def past_fellows(stores: RecordkeepingStores, *, besides: str = "") -> Counter[str]:
    """Return by State how many fellows it had in cohorts other than one."""
    found: Counter[str] = Counter()
    for known in every_folded("nomination", nomination_of, stores, FELLOWS):
        if known.cohort != besides:
            found[known.nominee.state] += 1
    return found


def cohort_scenarios(
    *, cohort: str, contributions: list[Decimal], anew: bool = False, actor: Actor, stores: RecordkeepingStores
) -> list[Scenario]:
    """Return what contributions on top of a cohort's budget would buy, the budget as it is first.

    Once a selection is decided its fellows keep their seats, unless the best selection is asked for `anew`.

    Raises:
        NotPermitted: the actor may not see fellowships.
        KeyError: there is none of this name.
    """
    record = cohort_record(cohort=cohort, actor=actor, stores=stores)
    contest = contest_of(record, stores)
    decided = () if anew else tuple(each.name for each in record.fellows)
    try:
        return list(funding_scenarios(record.cohort.call, contest, contributions, decided))
    except NoSolution:
        return []


def follow_ups_due(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[FollowUpDue]:
    """List what is still to be told of certified fellows, the first due first.

    Raises:
        NotPermitted: the actor may not see fellowships.
    """
    today, found = clock.now().date(), []
    for each in cohort_list(actor=actor, stores=stores):
        for fellow in with_nominations(each, stores).fellows:
            told = {one.month for one in fellow.follow_ups}
            for month in FOLLOW_UPS if fellow.standing == "certified" else ():
                due = after_months(each.call.ends, month)
                if month not in told:
                    found.append(
                        FollowUpDue(fellow.name, each.name, fellow.nominee.state, month, due, overdue=due < today)
                    )
    return sorted(found, key=lambda each: (each.due, each.nomination))


def alumni(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[AlumniCount]:
    """Count the fellows of each cohort that has some, the newest first.

    Raises:
        NotPermitted: the actor may not see fellowships.
    """
    today = clock.now().date()
    records = (with_nominations(each, stores) for each in cohort_list(actor=actor, stores=stores))
    return [_alumni(each, today) for each in records if each.fellows]


def after_months(day: date, count: int) -> date:
    """Return the same day so many months later, or the last before it that there is."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + count, _MONTHS)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def _alumni(record: CohortRecord, today: date) -> AlumniCount:
    fellows, ends = record.fellows, record.cohort.call.ends
    certified = [each for each in fellows if each.standing == "certified"]
    due = sum(after_months(ends, month) <= today for month in FOLLOW_UPS)
    return AlumniCount(
        cohort=record.cohort.name,
        fellows=len(fellows),
        certified=len(certified),
        by_sex=Counter(each.nominee.sex.value for each in fellows),
        by_state=Counter(each.nominee.state for each in fellows),
        by_agency=Counter(each.nominee.agency.value if each.nominee.agency else "" for each in fellows),
        told=sum(len(each.follow_ups) for each in certified),
        due=due * len(certified),
    )


def _cohorts(stores: RecordkeepingStores) -> Iterator[Cohort]:
    return every_folded("cohort", cohort_of, stores)
