"""A cohort of fellows from States that never were, from its call to its certificates, and a call that is still open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tracemark import fellowship
from tracemark.authorities import AgencyKind, Role
from tracemark.demo.desk import REGISTRY, Desk
from tracemark.fellowship import Allocation, Call, CalledState, Cost, FundKind, Held, Identity, Module, Nominee, Source
from tracemark.kernel import cite
from tracemark.tracing import Sex

_STATES = (
    CalledState("XA", "Arlandia", "155"),
    CalledState("XB", "Borland", "011", frozenset({"least_developed"})),
    CalledState("XC", "Corvia", "011"),
    CalledState("XD", "Dorania", "029", frozenset({"small_island"})),
    CalledState("XF", "Fenwick Isles", "061", frozenset({"small_island", "least_developed"})),
    CalledState("XH", "Halmark", "155"),
    CalledState("XK", "Korvend", "035"),
)
_MODULES = (
    Module("M1", "Marking and record-keeping", (cite("ITI 8(a)"), cite("ITI 11")), 12),
    Module("M2", "Stockpile management", (cite("PoA II.17"), cite("PoA II.18")), 12),
    Module("M3", "Tracing across borders", (cite("ITI 17"), cite("ITI 18")), 10),
    Module("M4", "Gender and small arms control", (cite("BMS7 DEV.2"),), 4),
)
_NOMINATED = (
    ("XA", AgencyKind.POLICE, "male", "en"),
    ("XB", AgencyKind.ARMED_FORCES, "female", "fr"),
    ("XB", AgencyKind.CUSTOMS, "male", "en"),
    ("XC", AgencyKind.REGISTRY, "male", "fr"),
    ("XD", AgencyKind.POLICE, "female", "en"),
    ("XF", AgencyKind.CUSTOMS, "female", "en"),
    ("XH", AgencyKind.DEALER, "male", "en"),
    ("XH", AgencyKind.REGISTRY, "male", "en"),
    ("XK", AgencyKind.ARMED_FORCES, "male", "fr"),
)
_SOURCE = Source(
    "Voluntary contribution for fellowships", FundKind.VOLUNTARY, "XT", Decimal(160_000), "USD",
    date(2026, 1, 1), date(2027, 12, 31), "Parity of women and men.",
)  # fmt: skip


def train_fellows(desk: Desk) -> None:
    """Call, nominate, select, teach and certify a cohort of five, and call for the next."""
    _at(desk, desk.moment.date() + timedelta(days=1))
    fund = fellowship.open_fund(source=_SOURCE, **desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT))
    today = desk.moment.date()
    begins, ends = today + timedelta(days=4), today + timedelta(days=8)
    cohort = _called(desk, _call(fund, opens=today, closes=today, begins=begins, ends=ends), _NOMINATED)
    _at(desk, today + timedelta(days=1))
    contact = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    approver = desk.by("demo-approver", REGISTRY, Role.APPROVER)
    fellowship.propose_selection(cohort=cohort, **contact)
    fellowship.decide_selection(cohort=cohort, **approver)
    record = fellowship.cohort_record(cohort=cohort, actor=contact["actor"], stores=contact["stores"])
    fellows = tuple(each.name for each in record.fellows)
    _at(desk, ends)
    for number, module in enumerate(_MODULES):
        there = fellows[number == 1 :]
        held = Held(module.code, begins + timedelta(days=number), there, there[: len(there) - (number > 1)])
        fellowship.hold_module(cohort=cohort, held=held, **contact)
    for amount, what in ((18_000, "Rooms and trainers"), (21_500, "Travel and subsistence")):
        fellowship.book_cost(cohort=cohort, cost=Cost(ends, Decimal(amount), what), **contact)
    for name in fellows[1:]:
        fellowship.certify_fellow(nomination=name, **approver)
    fellowship.complete_cohort(cohort=cohort, **approver)
    further = _call(fund, opens=ends, closes=date(2027, 3, 31), begins=date(2027, 6, 7), ends=date(2027, 6, 25))
    _called(desk, replace(further, title="Small arms control, second cohort", seats=6), _NOMINATED[2:6])


def _called(desk: Desk, call: Call, nominated: tuple[tuple[str, AgencyKind, str, str], ...]) -> str:
    by = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    name = fellowship.call_cohort(call=call, **by)
    for told, who in _nominees(call, nominated):
        fellowship.nominate(cohort=name, nominee=told, identity=who, **by)
    return name


def _nominees(call: Call, rows: tuple[tuple[str, AgencyKind, str, str], ...]) -> Iterator[tuple[Nominee, Identity]]:
    seen = set[str]()
    for number, (state, agency, sex, language) in enumerate(rows, 1):
        first = state not in seen
        told = Nominee(state, agency, Sex(sex), "35-49", (language,), first_choice=first, earlier_fellow=False)
        seen.add(state)
        yield told, Identity(f"Invented Person {call.begins.year}/{number}", f"Officer of {state}")


def _call(fund: str, *, opens: date, closes: date, begins: date, ends: date) -> Call:
    return Call(
        title="Small arms control, first cohort",
        venue="Amberly, Taravia",
        host="XT",
        opens=opens,
        closes=closes,
        begins=begins,
        ends=ends,
        seats=5,
        languages=("en", "fr"),
        administrator=REGISTRY,
        currency="USD",
        fixed_cost=Decimal(20_000),
        seat_cost=Decimal(9_000),
        policy=fellowship.latest_policy().code,
        modules=_MODULES,
        allocations=(Allocation(fund, Decimal(80_000)),),
        arrangement="The registry runs the course; the army opens a depot for two days of practice.",
        states=_STATES,
    )


def _at(desk: Desk, day: date) -> None:
    """Let time pass until a day."""
    desk.moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
