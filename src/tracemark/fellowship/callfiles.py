"""A call for nominations as somebody writes it: TOML with dates, seats, money, modules, and States of its own."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tracemark.fellowship.calls import Allocation, Call, CalledState, Module
from tracemark.fellowship.policies import latest_policy
from tracemark.kernel import Finding, NotToml, Refused, cite, toml_tables
from tracemark.targets import Row

_FIELDS = (
    *("title", "venue", "host", "opens", "closes", "begins", "ends", "seats", "languages", "administrator"),
    *("arrangement", "currency", "fixed_cost", "seat_cost", "policy", "most_nominations", "attendance_percent"),
    "regions",
)
_TABLES = ("module", "fund", "state")
_GROUPS = ("least_developed", "small_island")
_MOST = 400


class CallUnreadable(Refused):
    """A call cannot be taken as it was written; each finding names the file, the row and the field."""


def read_call(text: str, file: str) -> Call:
    """Read a call from TOML.

    Raises:
        CallUnreadable: it is no TOML, lacks what is needed, or says something that cannot be.
    """
    try:
        told = toml_tables(text)
    except NotToml as error:
        facts = {"file": file, **error.facts}
        raise CallUnreadable([Finding("targets.not_toml", cite("BMS7 ASSIST.4"), facts)]) from None
    faults: list[Finding] = []
    top = Row({name: value for name, value in told.items() if name not in _TABLES}, file, "call", faults)
    top.allow(_FIELDS)
    read: dict[str, Any] = {
        name: top.text(name, needed=True) for name in ("title", "venue", "host", "administrator", "currency")
    }
    read |= {name: top.day(name) for name in ("opens", "closes", "begins", "ends")}
    found = Call(
        **read,
        seats=_whole(top, "seats", 0),
        languages=_needed(top, "languages"),
        fixed_cost=top.amount("fixed_cost") or Decimal(0),
        seat_cost=top.amount("seat_cost") or Decimal(0),
        policy=top.text("policy") or latest_policy().code,
        modules=tuple(_module(each) for each in _rows(told, "module", file, faults)),
        allocations=tuple(_allocation(each) for each in _rows(told, "fund", file, faults)),
        arrangement=top.text("arrangement"),
        most_nominations=_whole(top, "most_nominations", 2),
        attendance_percent=_whole(top, "attendance_percent", 80),
        regions=top.words("regions"),
        states=tuple(_state(each) for each in _rows(told, "state", file, faults)),
    )
    if faults:
        raise CallUnreadable(faults)
    return found


def _rows(told: Mapping[str, Any], table: str, file: str, faults: list[Finding]) -> Iterator[Row]:
    found = told.get(table, [])
    for number, each in enumerate(found[:_MOST] if isinstance(found, list) else [], 1):
        yield Row(each if isinstance(each, dict) else {}, file, f"{table} {number}", faults)


def _module(row: Row) -> Module:
    row.allow(("code", "title", "commitments", "hours"))
    _needed(row, "commitments")
    title = row.text("title", needed=True)
    return Module(row.text("code", needed=True), title, row.citations("commitments"), _whole(row, "hours", 0))


def _allocation(row: Row) -> Allocation:
    row.allow(("fund", "amount"))
    if not row.tells("amount"):
        row.fault("targets.field_missing", "amount")
    return Allocation(row.text("fund", needed=True), row.amount("amount") or Decimal(0))


def _state(row: Row) -> CalledState:
    row.allow(("code", "name", "region", "groups"))
    groups = row.words("groups")
    for each in groups:
        if each not in _GROUPS:
            row.fault("targets.field_unfit", "groups", value=each[:60], like=", ".join(_GROUPS))
    return CalledState(row.text("code", needed=True), row.text("name"), row.text("region"), frozenset(groups))


def _needed(row: Row, field: str) -> tuple[str, ...]:
    found = row.words(field)
    if not found:
        row.fault("targets.field_missing", field)
    return found


def _whole(row: Row, field: str, default: int) -> int:
    found = row.amount(field)
    if found is None:
        return default
    if found != found.to_integral_value():
        row.fault("targets.field_unfit", field, value=str(found), like=str(default or 8))
    return int(found)
