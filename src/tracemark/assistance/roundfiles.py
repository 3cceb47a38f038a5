"""A round of matching as somebody writes it: TOML with a policy, needs, programmes and what goes on already."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from tracemark.assistance.matching import Policy, Round
from tracemark.assistance.needs import Help, Merit, Need, Programme, Running
from tracemark.kernel import Finding, NotToml, Refused, cite, toml_tables
from tracemark.targets import Row

_NEED = ("request", "state", "region", "themes", "helps", "amount", "merits", "partner")
_PROGRAMME = (
    *("name", "donor", "themes", "helps", "budget", "opens", "closes", "least", "most", "states", "regions"),
    *("state_share", "whole_only", "needs_partner", "needs_report"),
)
_RUNNING = ("state", "theme", "help")
_POLICY = ("merits", "most_programmes", "region_most", "region_least")
_TABLES = ("need", "programme", "running")
_MOST = 5_000

Word = TypeVar("Word", bound=StrEnum)


class RoundUnreadable(Refused):
    """A round cannot be taken as it was written; each finding names the file, the row and the field."""


def read_round(text: str, file: str) -> Round:
    """Read a round from TOML.

    Raises:
        RoundUnreadable: it is no TOML, lacks what is needed, or says something that cannot be.
    """
    try:
        told = toml_tables(text)
    except NotToml as error:
        facts = {"file": file, **error.facts}
        raise RoundUnreadable([Finding("targets.not_toml", cite("PoA III.3"), facts)]) from None
    faults: list[Finding] = []
    top = Row({name: value for name, value in told.items() if name not in (*_TABLES, "policy")}, file, "round", faults)
    top.allow(("on",))
    on, policy = top.day("on"), _policy(told.get("policy", {}), file, faults)
    needs = [(row, _need(row)) for row in _rows(told, "need", file, faults)]
    programmes = [(row, _programme(row)) for row in _rows(told, "programme", file, faults)]
    running = [_running(row) for row in _rows(told, "running", file, faults)]
    _once(needs, "request")
    _once(programmes, "name")
    if faults:
        raise RoundUnreadable(faults)
    return Round([each for _, each in needs if each], [each for _, each in programmes if each], policy, on, running)


def _rows(told: Mapping[str, Any], table: str, file: str, faults: list[Finding]) -> Iterator[Row]:
    found = told.get(table, [])
    for number, each in enumerate(found[:_MOST] if isinstance(found, list) else [], 1):
        yield Row(each if isinstance(each, dict) else {}, file, f"{table} {number}", faults)


def _policy(told: object, file: str, faults: list[Finding]) -> Policy:
    row = Row(told if isinstance(told, dict) else {}, file, "policy", faults)
    row.allow(_POLICY)
    points = told.get("merits", {}) if isinstance(told, dict) else {}
    listed = Row(points if isinstance(points, dict) else {}, file, "policy.merits", faults)
    listed.allow([each.value for each in Merit])
    return Policy(
        merits={each: Fraction(amount) for each in Merit if (amount := listed.amount(each.value)) is not None},
        most_programmes=_whole(row, "most_programmes", 2),
        region_most=_share(row, "region_most", Fraction(1)),
        region_least=_share(row, "region_least", Fraction(0)),
    )


def _need(row: Row) -> Need | None:
    row.allow(_NEED)
    told = {name: row.text(name, needed=name != "partner") for name in ("request", "state", "region", "partner")}
    themes, helps = themes_in(row), words_in(row, "helps", Help)
    merits, amount = words_in(row, "merits", Merit, needed=False), money_in(row, "amount")
    if not (themes and helps and amount):
        return None
    return Need(**told, themes=themes, helps=helps, merits=merits, amount=amount)


def _programme(row: Row) -> Programme | None:
    row.allow(_PROGRAMME)
    name, donor = row.text("name", needed=True), row.text("donor", needed=True)
    themes, helps, budget = themes_in(row), words_in(row, "helps", Help), money_in(row, "budget")
    opens, closes = row.day("opens"), row.day("closes")
    most = money_in(row, "most", budget)
    try:
        return Programme(
            name=name,
            donor=donor,
            themes=themes,
            helps=helps,
            budget=budget,
            opens=opens,
            closes=closes,
            least=money_in(row, "least", 0),
            most=most,
            states=frozenset(row.words("states")),
            regions=frozenset(row.words("regions")),
            state_share=_share(row, "state_share", Fraction(1)),
            whole_only=row.flag("whole_only"),
            needs_partner=row.flag("needs_partner"),
            needs_report=row.flag("needs_report"),
        )
    except ValueError:
        row.fault("assistance.programme_unfit", "budget", budget=budget, most=most)
        return None


def _running(row: Row) -> Running:
    row.allow(_RUNNING)
    state, theme = row.text("state", needed=True), row.text("theme", needed=True)
    return Running(state, theme, row.word("help", Help) or Help.TRAINING)


def themes_in(row: Row) -> frozenset[str]:
    """Return the themes of a row, of which there is at least one."""
    found = frozenset(row.words("themes"))
    if not found:
        row.fault("targets.field_missing", "themes")
    return found


def words_in(row: Row, field: str, words: type[Word], *, needed: bool = True) -> frozenset[Word]:
    """Return some of a list of words."""
    told = row.words(field)
    known = {each.value for each in words}
    for each in sorted(set(told) - known):
        row.fault("targets.field_unfit", field, value=each[:60], like=", ".join(sorted(known)))
    if needed and not told:
        row.fault("targets.field_missing", field)
    return frozenset(words(each) for each in told if each in known)


def money_in(row: Row, field: str, default: int | None = None) -> int:
    """Return whole units of money."""
    found = row.amount(field)
    if found is None:
        if default is None and not row.tells(field):
            row.fault("targets.field_missing", field)
        return default or 0
    if found != found.to_integral_value():
        row.fault("targets.field_unfit", field, value=str(found), like="150000")
    return int(found)


def _whole(row: Row, field: str, default: int) -> int:
    found = row.amount(field)
    if found is not None and (found < 1 or found != found.to_integral_value()):
        row.fault("targets.field_unfit", field, value=str(found), like=str(default))
        return default
    return default if found is None else int(found)


def _share(row: Row, field: str, default: Fraction) -> Fraction:
    found = row.amount(field)
    if found is not None and not 0 <= found <= 1:
        row.fault("targets.field_unfit", field, value=str(found), like="0.25")
        return default
    return default if found is None else Fraction(found)


def _once(rows: Sequence[tuple[Row, Need | Programme | None]], field: str) -> None:
    """A request, or a programme, stands once: the same request twice is not two needs."""
    seen: dict[str, str] = {}
    for row, _ in rows:
        name = row.text(field)
        if name and name in seen:
            row.fault("assistance.named_twice", field, name=name, first=seen[name])
        seen.setdefault(name, row.place)
